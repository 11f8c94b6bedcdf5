"""SPSS syntax that reads the CSV files of an export: labels, codes, missing values, levels, multiple responses."""

from collections.abc import Iterator

from admin_scripts.codebooks.book import Codebook, is_several, is_text
from admin_scripts.exporting.cut import cut_bytes
from admin_scripts.exporting.layout import Field, Table, said
from admin_scripts.exporting.legal_names import SPSS_LENGTH, free_name, spss_names
from admin_scripts.microdata.variables import Measure, Variable
from admin_scripts.synthetic import WARNING

LABEL, VALUE_LABEL = 255, 120
TEXT = "A2000"
MOST_MISSING = 3
LEVELS = {Measure.ORDINAL: "ORDINAL", Measure.RANK: "ORDINAL", Measure.SCALE: "SCALE", Measure.DATE: "SCALE"}


def syntax_of(book: Codebook, table: Table) -> str:
    """For the CSV file of one table, as it is exported without --labels. Run it in the folder of that file.

    PSPP ends a row at a line break inside a text, SPSS does not.
    """
    names = _names(table)
    language = next(iter(book.languages), "")
    lines = [
        f"* {_one_line(book.export.title)}: {table.title}.",
        f"* Only for a {book.export.stem}.{table.title}.csv of {len(table.fields)} columns in the same folder.",
        "* When a question is coded or the form changes, export anew and write this anew with colloquio codebook.",
        *([f"* {WARNING}"] if book.is_synthetic else []),
        *_reading(book, table, names),
        *_recoding(table, names),
        *_uncounted(table, names),
        *_labels(table, names, language),
        *_values(table, names, language),
        *_missing(table, names),
        *_levels(table, names),
        *_sets(table, names, language),
        "EXECUTE.",
    ]
    return "\n".join(lines) + "\n"


def _names(table: Table) -> dict[str, str]:
    """Every column of the CSV; several answers as one text are called after their question too."""
    return spss_names(one.header for one in table.fields)


def _reading(book: Codebook, table: Table, names: dict[str, str]) -> Iterator[str]:
    yield "GET DATA /TYPE=TXT"
    yield f"  /FILE={quoted(f'{book.export.stem}.{table.title}.csv')}"
    yield "  /ENCODING='UTF8'"
    yield "  /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /DELIMITERS=',' /QUALIFIER='\"'"
    yield "  /VARIABLES="
    for one in table.fields:
        yield f"    {names[one.header]} {_format(table, one)}"
    yield "  ."


def _format(table: Table, one: Field) -> str:
    kind = str(table.schema.field(one.header).type)
    if kind.startswith("date"):
        return "SDATE10"
    if kind.startswith(("int", "bool")):
        return "F12.0"
    return "F16.4" if kind.startswith(("double", "float")) else TEXT


def is_coded(one: Field) -> bool:
    """Whether it is one of several choices, which SPSS has as numbers."""
    variable = one.variable
    return variable is not None and one.choice is None and bool(variable.choices) and not is_several(variable)


def _recoding(table: Table, names: dict[str, str]) -> Iterator[str]:
    """Names of choices -> their codes, as in the .sav export. Texts that are numbers already are read as numbers."""
    for one in table.fields:
        if not is_coded(one) or one.variable is None:
            continue
        name = names[one.header]
        own = free_name(f"{name[:50]}_code", SPSS_LENGTH, {other.lower() for other in names.values()})
        if is_text(table, one):
            cases = " ".join(f"({quoted(choice.name)}={choice.code})" for choice in one.variable.choices)
            yield from (f"RECODE {name} {cases} INTO {own}.", "EXECUTE.")
            yield from (f"DELETE VARIABLES {name}.", f"RENAME VARIABLES ({own}={name}).")
        yield f"FORMATS {name} (F8.0)."


def _uncounted(table: Table, names: dict[str, str]) -> Iterator[str]:
    """Whoever chose nothing but "I don't know" has given no answer to a question with several, as in the .sav."""
    for variable in _several(table):
        columns = [names[variable.column_of(choice)] for choice in variable.choices]
        counting = [name for choice, name in zip(variable.choices, columns, strict=True) if choice.missing is None]
        if len(counting) not in (0, len(columns)):
            yield from ("DO IF SUM(", ",\n".join(f"    {name}" for name in counting), "  ) = 0.")
            yield from ("RECODE", *(f"    {name}" for name in columns), "  (ELSE = SYSMIS).", "END IF.")


def _several(table: Table) -> list[Variable]:
    """Questions with several answers."""
    several = {one.variable.name: one.variable for one in table.fields if one.variable and one.choice}
    return [variable for variable in several.values() if variable.is_multiple]


def _labels(table: Table, names: dict[str, str], language: str) -> Iterator[str]:
    for one in table.fields:
        if label := _one_line(one.label(language)):
            yield f"VARIABLE LABELS {names[one.header]} {quoted(cut_bytes(label, LABEL))}."


def _values(table: Table, names: dict[str, str], language: str) -> Iterator[str]:
    for one in table.fields:
        if is_coded(one) and one.variable:
            labels = [_one_line(said(choice.labels, language)) for choice in one.variable.choices]
            pairs = [
                f"  {choice.code} {quoted(cut_bytes(label or choice.name, VALUE_LABEL))}"
                for choice, label in zip(one.variable.choices, labels, strict=True)
            ]
            yield from (f"VALUE LABELS {names[one.header]}", *pairs, "  .")


def _missing(table: Table, names: dict[str, str]) -> Iterator[str]:
    for one in table.fields:
        if is_coded(one) and one.variable:
            codes = [str(choice.code) for choice in one.variable.choices if choice.missing is not None]
            if codes:
                yield f"MISSING VALUES {names[one.header]} ({', '.join(codes[:MOST_MISSING])})."


def _levels(table: Table, names: dict[str, str]) -> Iterator[str]:
    for one in table.fields:
        if one.variable:
            level = (
                "NOMINAL" if one.choice and one.variable.is_multiple else LEVELS.get(one.variable.measure, "NOMINAL")
            )
            yield f"VARIABLE LEVEL {names[one.header]} ({level})."


def _sets(table: Table, names: dict[str, str], language: str) -> Iterator[str]:
    """As sets, in which 1 is chosen."""
    for variable in _several(table):
        yield from _set(variable, names, language)


def _set(variable: Variable, names: dict[str, str], language: str) -> Iterator[str]:
    yield f"MRSETS /MDGROUP NAME=${names[variable.name][: SPSS_LENGTH - 1]}"
    yield f"  LABEL={quoted(cut_bytes(_one_line(said(variable.wording, language)) or variable.name, LABEL))}"
    yield "  VARIABLES="
    for choice in variable.choices:
        yield f"    {names[variable.column_of(choice)]}"
    yield "  VALUE=1."


def _one_line(text: str) -> str:
    return " ".join(text.split())


def quoted(text: str) -> str:
    """A literal of SPSS."""
    return "'" + text.replace("'", "''") + "'"

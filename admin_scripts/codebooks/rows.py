"""The codebook as a table, one row for each column of the data: what exports, XLSX and Markdown are made from."""

from collections.abc import Iterator, Mapping

from admin_scripts.codebooks.book import Codebook, is_asked, is_spread
from admin_scripts.exporting.layout import Field, Table
from admin_scripts.microdata.variables import Missing, Variable
from conversations.answers.sent import SENT
from conversations.forms import ControlKind

Row = dict[str, str | int | None]
SPREAD_TYPES: Mapping[str, str] = {ControlKind.RANK: "place, 1 is first"}
CHOSEN = "1 chosen, 0 not chosen"


def codebook_rows(book: Codebook) -> list[Row]:
    """Every column of every table with everything that explains it. The rows have the same keys."""
    return [row for table in book.tables for row in _of_table(book, table)]


def _of_table(book: Codebook, table: Table) -> Iterator[Row]:
    for one, spss, stata in book.names(table):
        names = {"spss_name": spss, "stata_name": stata}
        told = _of_column(book, one.variable, one) if one.variable else {"note": one.note}
        yield {**_blank(book), "table": table.title, "variable": one.header, **told, **names}


def _blank(book: Codebook) -> Row:
    """Every heading in its order."""
    texts = [f"{what}{in_language(tag)}" for what in ("question", "choices", "asked of") for tag in book.languages]
    reasons = [reason.name.lower() for reason in sorted(Missing)]
    blank = dict.fromkeys(("table", "variable", "type", "measure", *texts, "relevant", "versions"), "")
    counted: dict[str, None] = dict.fromkeys(("rows", "answered", *reasons))
    return {**blank, **counted, "spss_name": "", "stata_name": "", "note": ""}


def _of_column(book: Codebook, variable: Variable, one: Field) -> Row:
    row: Row = {"type": str(variable.kind), "measure": variable.measure.value}
    wording, choices = variable.wording, {tag: _listed(variable, tag) for tag in book.languages}
    if one.choice is not None:
        row = {"type": SPREAD_TYPES.get(variable.kind, CHOSEN), "measure": ""}
        wording, choices = one.choice.labels, {}
    for tag in book.languages:
        row[f"question{in_language(tag)}"] = wording.get(tag, "")
        row[f"choices{in_language(tag)}"] = choices.get(tag, "")
        row[f"asked of{in_language(tag)}"] = book.asked[variable.relevant, tag] if is_asked(variable) else ""
    row |= {"relevant": variable.relevant, "versions": " ".join(variable.versions)}
    return row | _counted(book, variable) | {"note": _note(book, variable, one)}


def _counted(book: Codebook, variable: Variable) -> Row:
    counts = book.counts.of(variable)
    found: Row = {"rows": book.counts.rows[variable.table], "answered": counts[0]}
    return found | {reason.name.lower(): counts[reason] for reason in sorted(Missing)}


def _note(book: Codebook, variable: Variable, one: Field) -> str:
    if book.media_folder and variable.kind in SENT:
        return f"name of a file in the folder {book.media_folder}"
    if variable.calculation and one.choice is None:
        return f"calculated: {variable.calculation}"
    return "names of the choices, in the columns that follow each for itself" if _is_whole(variable, one) else ""


def _is_whole(variable: Variable, one: Field) -> bool:
    return one.choice is None and is_spread(variable) and bool(variable.choices)


def in_language(tag: str) -> str:
    """The end of a heading: " (it)"."""
    return f" ({tag})" if tag else ""


def _listed(variable: Variable, tag: str) -> str:
    """A choice a line, its name and label, with its code in SPSS and Stata files where that is another."""
    lines = []
    for choice in variable.choices:
        has_code = variable.kind == ControlKind.SELECT_ONE and str(choice.code) != choice.name
        code = f" [{choice.code}]" if has_code else ""
        lines.append(f"{choice.name}{code}={choice.labels.get(tag, '')}")
    return "\n".join(lines)

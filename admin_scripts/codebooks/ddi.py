"""The codebook as DDI-Codebook 2.5: what data archives and their catalogues read."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree

from admin_scripts.codebooks.book import Codebook, is_asked, is_several, is_text, missing_of, spss_columns
from admin_scripts.exporting.layout import Field, Table
from admin_scripts.microdata.variables import Measure, Missing, Texts, Variable
from admin_scripts.synthetic import SYNTHETIC, WARNING
from conversations.forms import ControlKind

NAMESPACE = "ddi:codebook:2_5"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
"""A code of a language; questionnaires may also have names of languages, which are none."""
ENGLISH = {LANGUAGE: "en"}
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NATURES: Mapping[Measure, str] = {
    Measure.NOMINAL: "nominal",
    Measure.ORDINAL: "ordinal",
    Measure.SCALE: "ratio",
    Measure.RANK: "ordinal",
    Measure.DATE: "interval",
    Measure.TEXT: "other",
}
ABOUT_MISSING: Mapping[Missing, str] = {
    Missing.NOT_ASKED: "not asked",
    Missing.SKIPPED: "asked and left blank",
    Missing.PREFER_NOT: "preferred not to answer",
    Missing.BROKE_OFF: "stopped before",
    Missing.DONT_KNOW: "did not know",
    Missing.WITHHELD: "answered, and not let out",
}
BLANKS = (
    f"Codes from {min(Missing):d} to {max(Missing):d} are in SPSS files only; elsewhere the cell is blank. Why: see"
)


def ddi_of(book: Codebook) -> bytes:
    """The XML; the same codebook gives the same bytes."""
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap={None: NAMESPACE}, version="2.5")
    title = book.export.title
    if book.is_synthetic and SYNTHETIC.upper() not in title:
        title = f"[{SYNTHETIC.upper()}] {title}"
    _cite(_add(root, "docDscr"), f"Codebook: {title}", book)
    study = _add(root, "stdyDscr")
    _cite(study, title, book)
    if book.is_synthetic:
        _add(_add(study, "stdyInfo"), "abstract", WARNING, **ENGLISH)
    for number, table in enumerate(book.export.tables, start=1):
        _describe_file(root, f"F{number}", table, book)
    _describe_data(_add(root, "dataDscr"), book)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _cite(parent: etree._Element, title: str, book: Codebook) -> None:
    citation = _add(parent, "citation")
    statement = _add(citation, "titlStmt")
    _add(statement, "titl", title)
    _add(statement, "IDNo", book.export.stem)
    if book.version:
        _add(_add(citation, "verStmt"), "version", book.version)


def _describe_file(root: etree._Element, key: str, table: Table, book: Codebook) -> None:
    text = _add(_add(root, "fileDscr", ID=key), "fileTxt")
    _add(text, "fileName", f"{book.export.stem}.{table.title}")
    size = _add(text, "dimensns")
    _add(size, "caseQnty", str(book.rows_of(table)))
    _add(size, "varQnty", str(len(table.fields)))
    _add(text, "dataMsng", f"{BLANKS} {book.export.stem}.{table.title}.missing.", **ENGLISH)


def _describe_data(parent: etree._Element, book: Codebook) -> None:
    numbers = count(1)
    columns = {(table.key, one.header): f"V{next(numbers)}" for table in book.export.tables for one in table.fields}
    for number, (table, variable) in enumerate(_several(book), start=1):
        members = " ".join(columns[table.key, variable.column_of(choice)] for choice in variable.choices)
        kind = "multipleResp" if variable.is_multiple else "other"
        group = _add(parent, "varGrp", ID=f"G{number}", type=kind, var=members, name=variable.name)
        if kind == "other":
            group.set("otherType", "ranking")
        _in_languages(group, "labl", variable.wording)
    for number, table in enumerate(book.export.tables, start=1):
        for one, spss in spss_columns(table):
            key = columns[table.key, one.header]
            _describe(_add(parent, "var", ID=key, name=one.header, files=f"F{number}"), book, table, one, spss)


def _several(book: Codebook) -> Iterator[tuple[Table, Variable]]:
    for table in book.export.tables:
        for variable in book.variables_of(table):
            if is_several(variable):
                yield table, variable


def _describe(var: etree._Element, book: Codebook, table: Table, one: Field, spss: str) -> None:
    """The children in the order of the schema."""
    variable = one.variable
    if variable is None:
        _add(var, "labl", one.note or one.header, **(ENGLISH if one.note else {}))
        _format(var, table, one)
        return
    var.set("intrvl", "contin" if variable.measure in (Measure.SCALE, Measure.DATE) else "discrete")
    var.set("nature", "nominal" if one.choice and variable.is_multiple else NATURES[variable.measure])
    _ask(var, book, variable, one, is_character=_is_character(table, one))
    counts = book.counts_of(variable)
    missing = missing_of(counts)
    _add(var, "sumStat", str(counts[0]), type="vald")
    _add(var, "sumStat", str(sum(missing.values())), type="invd")
    _categories(var, variable, one, missing)
    _reasons(var, variable, missing, has_codes=not _is_character(table, one))
    if variable.calculation:
        _add(_add(var, "derivation"), "drvcmd", variable.calculation)
    _format(var, table, one)
    _note(var, variable, "" if spss == one.header else spss)


def _ask(var: etree._Element, book: Codebook, variable: Variable, one: Field, *, is_character: bool) -> None:
    """The label, the question, the values that are no answer (texts have none) and who was asked."""
    labels = {tag: one.label(tag) for tag in book.languages}
    _in_languages(var, "labl", {tag: " ".join(text.split()) for tag, text in labels.items()})
    if is_asked(variable) and any(variable.wording.values()):
        _in_languages(_add(var, "qstn"), "qstnLit", variable.wording)
    if not is_character:
        _invalid(var, variable, one)
    if is_asked(variable):
        _in_languages(var, "universe", {tag: book.asked[variable.relevant, tag] for tag in book.languages})


def _note(var: etree._Element, variable: Variable, spss: str) -> None:
    if variable.relevant:
        _add(var, "notes", variable.relevant, type="relevant", subject="the condition as the author wrote it")
    if spss:
        _add(var, "notes", spss, type="name", subject="in SPSS files")
    _add(var, "notes", " ".join(variable.versions), type="versions", subject="of the questionnaire")


def _is_character(table: Table, one: Field) -> bool:
    """Whether the values are texts; the names of choices have codes."""
    variable = one.variable
    has_codes = variable is not None and variable.kind == ControlKind.SELECT_ONE and bool(variable.choices)
    return is_text(table, one) and not has_codes


def _format(var: etree._Element, table: Table, one: Field) -> None:
    is_date = str(table.schema.field(one.header).type).startswith(("date", "timestamp"))
    said = {"category": "date"} if is_date else {}
    _add(var, "varFormat", type="character" if _is_character(table, one) else "numeric", **said)


def _invalid(var: etree._Element, variable: Variable, one: Field) -> None:
    """The codes of the kinds of missing, and the choices that say as much."""
    invalid = _add(var, "invalrng")
    _add(invalid, "range", UNITS="INT", min=str(int(min(Missing))), max=str(int(max(Missing))))
    for choice in variable.choices if one.choice is None else ():
        if choice.missing is not None:
            _add(invalid, "item", UNITS="INT", VALUE=str(choice.code))


def _of_one_choice(variable: Variable) -> set[Missing]:
    """The kinds of missing that are one choice and nothing else."""
    times = Counter(choice.missing for choice in variable.choices if choice.missing)
    return set() if is_several(variable) else {reason for reason, number in times.items() if number == 1}


def _categories(var: etree._Element, variable: Variable, one: Field, missing: Mapping[Missing, int]) -> None:
    """The choices without counts, which could tell of people, but of the choice that is a kind of missing."""
    if one.choice is None and not is_several(variable):
        counted = {reason: missing[reason] for reason in _of_one_choice(variable) & missing.keys()}
        for choice in variable.choices:
            said = {"missing": "Y", "missType": choice.missing.name.lower()} if choice.missing else {}
            category = _add(var, "catgry", **said)
            _add(category, "catValu", str(choice.code))
            _in_languages(category, "labl", choice.labels, choice.name)
            _add(category, "txt", choice.name)
            if choice.missing in counted:
                _add(category, "catStat", str(counted[choice.missing]), type="freq")
    elif one.choice is not None and variable.is_multiple:
        for value, label in (("0", "not chosen"), ("1", "chosen")):
            category = _add(var, "catgry")
            _add(category, "catValu", value)
            _add(category, "labl", label, **ENGLISH)


def _reasons(var: etree._Element, variable: Variable, missing: Mapping[Missing, int], *, has_codes: bool) -> None:
    """The other kinds of missing, with their counts."""
    for reason in sorted(missing.keys() - _of_one_choice(variable)):
        category = _add(var, "catgry", missing="Y", missType=reason.name.lower())
        if has_codes:
            _add(category, "catValu", str(int(reason)))
        _add(category, "labl", ABOUT_MISSING[reason], **ENGLISH)
        _add(category, "catStat", str(missing[reason]), type="freq")


def _in_languages(parent: etree._Element, name: str, texts: Texts, instead: str = "") -> None:
    """One element a language; `instead` where there is no text at all."""
    said = {tag: text for tag, text in texts.items() if text} or ({"": instead} if instead else {})
    for tag, text in said.items():
        element = _add(parent, name, text)
        if TAG.fullmatch(tag):
            element.set(LANGUAGE, tag)


def _add(parent: etree._Element, element: str, text: str = "", /, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{element}", attributes)
    if text:
        made.text = ILLEGAL.sub("", text)
    return made

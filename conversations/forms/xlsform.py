"""XLSForm workbook to XForm. The only file that knows pyxform; what it complains of is told with its cell."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pyxform.errors import PyXFormError
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT
from pyxform.xls2xform import convert

from conversations.forms.author_checks import check_sheets
from conversations.forms.cell_checks import check_cells
from conversations.forms.other_files import told_by_content
from conversations.forms.problems import Problem, Severity
from conversations.forms.remarks import in_own_words, is_left_out
from conversations.forms.type_checks import check_known
from conversations.forms.untranslated import without_dashes
from conversations.forms.workbook import Sheet, column_name, read_workbook
from conversations.forms.workbook_size import UnreadableWorkbook

_ROW = re.compile(r"\[?row\s*:?\s*(\d+)\]?:?\s*", re.IGNORECASE)
_SHEET = re.compile(r"'(survey|choices|settings|entities)' sheet", re.IGNORECASE)
_COLUMN = re.compile(r"the '([^']+)' value")
_QUOTED = re.compile(r"'([^']+)'")
_REMEDY = re.compile(r"\s(?=(?:Please|Try|Either|Learn more)\b)")

_SURPRISES = (AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError)
"""How pyxform ends on workbooks it was not made for; for the author this is one more mistake in the workbook."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a workbook. `xform` is None when it could not be compiled; `sheets` are for finding cells."""

    xform: str | None
    problems: tuple[Problem, ...]
    sheets: Mapping[str, Sheet] = field(default_factory=lambda: MappingProxyType({}))


def read_xlsform(workbook: bytes) -> Compiled:
    """Compile an XLSX workbook. An author's mistake never raises: it is a problem, and all are told at once."""
    try:
        sheets = read_workbook(workbook)
    except UnreadableWorkbook as error:
        return Compiled(None, (_unreadable(error, told_by_content(workbook)),))
    found = [*check_sheets(sheets), *check_cells(workbook, sheets)]
    remarks: list[str] = []
    try:
        xform = without_dashes(_convert(workbook, remarks), sheets)
    except PyXFormError as error:
        return _failed(sheets, found, _told(sheets, str(error), "error"))
    except _SURPRISES as error:
        return _failed(sheets, found, _surprise(error))
    said = dict.fromkeys(" ".join(remark.split()) for remark in remarks)
    told = (in_own_words(one, sheets) or _told(sheets, one, "warning") for one in said if not is_left_out(one))
    return Compiled(xform, (*found, *told), sheets)


def _failed(sheets: Mapping[str, Sheet], found: list[Problem], last: Problem) -> Compiled:
    """Types are looked at now only: what compiles is known."""
    unknown = check_known(sheets["survey"], QUESTION_TYPE_DICT) if "survey" in sheets else ()
    all_found = [*found, *unknown]
    return Compiled(None, (*all_found, *_unless_known(last, all_found)), sheets)


_NESTING = frozenset({"crossed", "not-begun", "not-ended"})


def _convert(workbook: bytes, remarks: list[str]) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles and drop-downs are not for authors
        return str(convert(workbook, warnings=remarks, form_name="data", file_type=".xlsx").xform)


def _told(sheets: Mapping[str, Sheet], message: str, severity: Severity) -> Problem:
    """A message of pyxform as a problem."""
    text = " ".join(message.split())
    said = _ROW.sub("", text, count=1)
    what, *remedy = _REMEDY.split(said, maxsplit=1)
    return Problem(
        code="xlsform",
        cell=_cell(sheets, text),
        what=what,
        remedy=remedy[0] if remedy else "Correct this in the workbook and check it again.",
        severity=severity,
    )


def _cell(sheets: Mapping[str, Sheet], message: str) -> str:
    """The row that the message gives by its number, or by the name of its question."""
    named = _SHEET.search(message)
    sheet = sheets.get(named[1].lower() if named else "survey")
    if sheet is None:
        return ""
    number = _ROW.search(message)
    names = set(_QUOTED.findall(message))
    rows = (row for row in sheet.rows if (row.number == int(number[1]) if number else row.get("name") in names))
    column = _COLUMN.search(message)
    return next((sheet.cell(row, column_name(column[1]) if column else "type") for row in rows), "")


def _unless_known(problem: Problem, found: list[Problem]) -> Iterator[Problem]:
    """Leave out what our own checks have said of the same row, or what may well follow from them."""
    place = re.sub(r"![A-Z]+", "!", problem.cell)
    errors = [known for known in found if known.severity == "error"]
    if problem.what.startswith("Unmatched ") and any(known.code in _NESTING for known in errors):
        return
    if not any(not place or re.sub(r"![A-Z]+", "!", known.cell) == place for known in errors):
        yield problem


def _unreadable(error: UnreadableWorkbook, other: tuple[str, str] | None) -> Problem:
    if other:
        return Problem(code="workbook", cell="", what=f"This is {other[0]} and no XLSX workbook.", remedy=other[1])
    return Problem(
        code="workbook",
        cell="",
        what=f"This is not an XLSX workbook that can be read: {error}.",
        remedy=error.remedy,
    )


def _surprise(error: Exception) -> Problem:
    if isinstance(error, RecursionError):
        return Problem("too-deep", "", "Groups stand in groups, too many levels deep.", "A few levels are enough.")
    return Problem(
        code="xlsform",
        cell="",
        what=f"The workbook cannot be compiled ({type(error).__name__}: {error}).",
        remedy="Look for cells in columns without a header, merged cells and formulas, and take them out.",
    )

"""Cells that hold something else than the author sees: dates, percentages, formulas that were never worked out."""

import re
import warnings
from collections.abc import Iterator, Mapping
from datetime import date, time
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from conversations.forms.problems import Problem
from conversations.forms.workbook import Row, Sheet
from conversations.forms.workbook_size import MAX_ROWS

_READ = ("survey", "choices")
_WORDS = re.compile(r"(name|label|hint|list_name|constraint_message|required_message)(::.*)?")
_SHOWN_OTHERWISE = re.compile(r".*%|0{2,}$")
_MOST_COLUMNS = 500
_BROKEN = re.compile(r"#(REF|NAME|VALUE|DIV/0|N/A|NULL|NUM)[!?]?")


def check_cells(content: bytes, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """The problems of a workbook that has been read into `sheets`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's remarks on styles and drop-downs are not for authors
        book = load_workbook(BytesIO(content), read_only=True)
    for worksheet in book.worksheets:
        sheet = sheets.get(worksheet.title.strip().lower())
        if sheet and sheet.name.strip().lower() in _READ:
            yield from _check_sheet(worksheet, sheet)


def _check_sheet(worksheet: Any, sheet: Sheet) -> Iterator[Problem]:  # noqa: ANN401 - openpyxl has no types
    columns = {letter: column for column, letter in sheet.letters.items()}
    rows = {row.number: row for row in sheet.rows}
    for number, cells in enumerate(islice(worksheet.iter_rows(), 1, MAX_ROWS), start=2):
        for place, cell in enumerate(cells[:_MOST_COLUMNS], start=1):
            letter = get_column_letter(place)
            if cell.value is not None and letter in columns:
                yield from _check_cell(f"{sheet.name}!{letter}{number}", cell, columns[letter], rows.get(number))


def _check_cell(place: str, cell: Any, column: str, row: Row | None) -> Iterator[Problem]:  # noqa: ANN401
    read = row.get(column) if row else ""
    if cell.data_type == "f" and not read:
        yield _never_worked_out(place, str(cell.value))
    elif _BROKEN.fullmatch(read):
        yield _broken(place, read)
    elif isinstance(cell.value, date | time):
        yield _otherwise(place, "a date or a time", read)
    elif isinstance(cell.value, bool) and _WORDS.fullmatch(column):
        yield _otherwise(place, "a truth value", read)
    elif isinstance(cell.value, int | float) and _SHOWN_OTHERWISE.fullmatch(cell.number_format):
        yield _otherwise(place, f"a number shown as {cell.number_format}", read)


def _never_worked_out(place: str, formula: str) -> Problem:
    return Problem(
        code="formula",
        cell=place,
        what=f"This is a formula ({formula[:40]}) that was never worked out, so the cell is blank for every program "
        "but the spreadsheet.",
        remedy="If text is meant, begin it with an apostrophe ('); otherwise copy the cell and paste its value.",
    )


def _broken(place: str, read: str) -> Problem:
    return Problem(
        code="formula",
        cell=place,
        what=f"The formula here has no result: {read}.",
        remedy="Correct it in the spreadsheet, or write the text itself.",
    )


def _otherwise(place: str, what: str, read: str) -> Problem:
    return Problem(
        code="cell-type",
        cell=place,
        what=f"The spreadsheet has made {what} of this cell; respondents and expressions get '{read}'.",
        remedy="Format the cell as text and write it again.",
        severity="warning",
    )

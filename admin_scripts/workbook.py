"""Frames -> files: one XLSX workbook, or one CSV file for each frame. Text stays text in both."""

import io
from collections.abc import Container, Mapping
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from admin_scripts.formulas import harmless, is_dangerous
from admin_scripts.sheet_titles import sheet_titles

WIDEST = 60
HEADING = Font(name="Calibri", size=11, bold=True)
PROSE = Alignment(wrap_text=True, vertical="top")
LINE_HEIGHT, TALLEST = 15, 12
SAMPLE = 50
"""Rows that are looked at to find how wide a column should be."""


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """UTF-8 with a mark, so that Excel shows accents; what could be a formula gets an apostrophe."""
    disarmed = frame.map(lambda cell: harmless(cell) if isinstance(cell, str) else cell)
    disarmed.columns = [harmless(header) for header in frame.columns]
    disarmed.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def write_workbook(path: Path, frames: Mapping[str, pd.DataFrame], prose: Container[str] = ()) -> None:
    """One sheet for each frame, under its name as far as Excel allows; only in those of `prose` are lines broken."""
    book = openpyxl.Workbook(write_only=True)
    for title, (name, frame) in zip(sheet_titles(frames), frames.items(), strict=True):
        _write_sheet(book.create_sheet(title), frame, is_prose=name in prose)
    content = io.BytesIO()  # a zip file that meets a full disk complains once more, in a traceback of its own
    book.save(content)
    path.write_bytes(content.getvalue())


def _write_sheet(sheet: WriteOnlyWorksheet, frame: pd.DataFrame, *, is_prose: bool) -> None:
    style = {"alignment": PROSE} if is_prose else {}
    sheet.freeze_panes = "A2"
    for place, header in enumerate(frame.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(header, frame.iloc[:SAMPLE, place - 1])
    sheet.append([_cell(sheet, header, font=HEADING) for header in frame.columns])
    plain = frame.astype(object).where(frame.notna(), None)
    for number, row in enumerate(plain.itertuples(index=False, name=None), start=2):
        if is_prose:
            sheet.row_dimensions[number].height = LINE_HEIGHT * min(TALLEST, max(map(_lines, row)))
        sheet.append([_cell(sheet, value, **style) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(frame.columns))}{len(frame) + 1}"


def _width(header: str, values: pd.Series) -> int:
    lengths = (max(map(len, str(value).splitlines()), default=0) for value in values.dropna())
    return min(WIDEST, max(len(header) + 4, *lengths, 8) + 2)


def _lines(value: object) -> int:
    return sum(1 + len(line) // WIDEST for line in str(value).splitlines())


def _cell(sheet: WriteOnlyWorksheet, value: object, **style: object) -> object:
    """A cell that is text if it was text, whatever it looks like; a value that needs no care is its own cell."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    careful = isinstance(value, str) and (is_dangerous(value) or value in ERROR_CODES)
    if not careful and not style:
        return value
    cell = WriteOnlyCell(sheet, value)
    if careful:
        cell.data_type = "s"
        cell.quotePrefix = True
    for name, given in style.items():
        setattr(cell, name, given)
    return cell

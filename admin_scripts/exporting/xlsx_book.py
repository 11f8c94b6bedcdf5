"""Pages -> one workbook, a sheet for each; rows are written as they come, and text stays text."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from admin_scripts.exporting.cut import cut_letters
from admin_scripts.exporting.layout import CODEBOOK, Export
from admin_scripts.exporting.pages import Pages, page_titles
from admin_scripts.exporting.sheet_rows import LONGEST, StyleNumbers, heading_xml, rows_xml, too_long
from admin_scripts.exporting.sink import Row, Sink
from admin_scripts.formulas import is_dangerous
from admin_scripts.refusal import Refused
from admin_scripts.sheet_titles import sheet_titles

MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - of a file that should not say when it was made
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
WIDEST, NARROWEST = 60, 10
LINE_HEIGHT, TALLEST = 15, 12
SAMPLE = 50
"""Rows that are looked at to find how wide a column should be."""


class XlsxBook(Sink):
    """`NAME.xlsx`: the tables, the tables of reasons, the codebook last."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        self.pages = Pages(export)
        _refuse_size(export)
        path = paths[f"{export.stem}.xlsx"]
        folder = self.opened.enter_context(tempfile.TemporaryDirectory(prefix=".", dir=path.parent))
        self.book = xlsxwriter.Workbook(path, {**OPTIONS, "tmpdir": folder})
        self.book.set_properties({"created": EPOCH, "title": export.title})
        styles = Styles(self.book)
        titles = page_titles(export)
        names = dict(zip((*titles, CODEBOOK), sheet_titles((*titles, CODEBOOK)), strict=True))
        own = {title: self.book.add_worksheet(name) for title, name in names.items()}
        for sheet in own.values():
            self.opened.callback(sheet._opt_close)  # noqa: SLF001 - it closes only what has not failed
        self.sheets = {title: Sheet(own[title], styles) for title in titles}
        self.codebook = Prose(own[CODEBOOK], styles)
        for title, schema in self.pages.schemas.items():
            self.sheets[title].head(schema.names)

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return (f"{export.stem}.xlsx",)

    @classmethod
    def too_long(cls, texts: Any) -> int:  # noqa: ANN401 - pyarrow has no types
        """A cell holds 32,767 characters."""
        return too_long(texts)

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Append a chunk."""
        for title, page in self.pages.of(tables, missing):
            self.sheets[title].write(page)

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        self.codebook.write(list(codebook[0]), [tuple(row.values()) for row in codebook])
        for one in self.sheets.values():
            one.end()
        try:
            self.book.close()
        except FileCreateError as error:  # a full disk
            raise OSError(str(error)) from error


class Styles:
    """How cells are shown."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self.heading = book.add_format({"bold": True})
        self.armed = book.add_format({"quote_prefix": True})
        self.prose = book.add_format({"text_wrap": True, "valign": "top"})
        self.armed_prose = book.add_format({"quote_prefix": True, "text_wrap": True, "valign": "top"})
        self.armed_heading = book.add_format({"bold": True, "quote_prefix": True})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        used = (self.heading, self.armed_heading, self.armed, self.day, self.moment)
        self.numbers = StyleNumbers(*(style._get_xf_index() for style in used))  # noqa: SLF001 - as its own writer does


class Sheet:
    """One sheet, written from above into the file in which the book gathers its rows."""

    def __init__(self, sheet: Any, styles: Styles) -> None:  # noqa: ANN401
        self._sheet, self._styles = sheet, styles
        self._rows, self._widths = 0, [0]

    def head(self, headers: Sequence[str]) -> None:
        """The headings; they stay in sight."""
        self._write(heading_xml(headers, self._styles.numbers))
        self._widths = [min(WIDEST, max(NARROWEST, len(header) + 4)) for header in headers]
        self._sheet.freeze_panes(1, 0)

    def write(self, page: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        """Append the rows of a page; blank cells are left out."""
        if self._rows + page.num_rows > MOST_ROWS:
            raise Refused(_too_many("rows in a table", MOST_ROWS))
        if not self._rows:
            self._widths = [max(*both) for both in zip(self._widths, _widths(page), strict=True)]
        self._write(rows_xml(page, self._rows + 2, self._styles.numbers))
        self._rows += page.num_rows

    def end(self) -> None:
        """Size, widths and filter, which are known last."""
        last = len(self._widths) - 1
        self._sheet.dim_rowmin, self._sheet.dim_rowmax = 0, self._rows
        self._sheet.dim_colmin, self._sheet.dim_colmax = 0, last
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        self._sheet.autofilter(0, 0, self._rows, last)

    def _write(self, xml: str) -> None:
        self._sheet._opt_reopen()  # noqa: SLF001 - cell by cell it would take ten times as long
        self._sheet.row_data_fh.write(xml)


class Prose:
    """A sheet of long texts, whose lines are broken, as of the codebook."""

    def __init__(self, sheet: Any, styles: Styles) -> None:  # noqa: ANN401
        self._sheet, self._styles = sheet, styles

    def write(self, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """All of it."""
        for place, header in enumerate(headers):
            self._sheet.write_string(0, place, header, self._styles.heading)
            lines = [header, *(line for row in rows for line in _shown(row[place]).split("\n"))]
            self._sheet.set_column(place, place, min(WIDEST, max(NARROWEST, max(map(len, lines)) + 2)))
        for number, row in enumerate(rows, start=1):
            self._sheet.set_row(number, LINE_HEIGHT * min(TALLEST, max(map(_lines, row))))
            for place, cell in enumerate(row):
                self._cell(number, place, cell)
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, len(rows), max(0, len(headers) - 1))

    def _cell(self, row: int, place: int, cell: object) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(row, place, cell, self._styles.prose)
        elif cell:
            text = _shown(cell)
            style = self._styles.armed_prose if is_dangerous(text) else self._styles.prose
            self._sheet.write_string(row, place, cut_letters(ILLEGAL.sub("", text.replace("\r", "")), LONGEST), style)


def _widths(page: Any) -> list[int]:  # noqa: ANN401
    """What the first rows need."""
    texts = [column[:SAMPLE].cast(pa.string()).to_pylist() for column in page.columns]
    lines = [[len(line) for text in column if text for line in text.split("\n")] for column in texts]
    return [min(WIDEST, max(found, default=0) + 2) for found in lines]


def _shown(cell: object) -> str:
    return "" if cell is None else str(cell)


def _lines(cell: object) -> int:
    return sum(1 + len(line) // WIDEST for line in str(cell).splitlines())


def _refuse_size(export: Export) -> None:
    widest = max(len(table.fields) for table in export.tables)
    if export.total > MOST_ROWS:
        raise Refused(_too_many("rows in a table", MOST_ROWS))
    if widest > MOST_COLUMNS:
        raise Refused(_too_many("columns in a table", MOST_COLUMNS))


def _too_many(what: str, most: int) -> str:
    return f"A sheet has no room for more than {most:,} {what}. Choose --format csv or parquet."

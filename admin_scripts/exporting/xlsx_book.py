"""Pages -> one workbook, a sheet for each; rows are written as they come, and text stays text."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from admin_scripts.exporting.layout import CODEBOOK, Export
from admin_scripts.exporting.pages import page_schemas, page_titles, pages
from admin_scripts.exporting.sink import Row, Sink
from admin_scripts.formulas import is_dangerous
from admin_scripts.refusal import Refused
from admin_scripts.sheet_titles import sheet_titles

MOST_ROWS, MOST_COLUMNS, LONGEST = 1_048_575, 16_384, 32_767
EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001 - of a file that should not say when it was made
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
WIDEST, NARROWEST = 60, 10
LINE_HEIGHT, TALLEST = 15, 12


class XlsxBook(Sink):
    """`NAME.xlsx`: the tables, the tables of reasons, the codebook last."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        _refuse_size(export)
        path = paths[f"{export.stem}.xlsx"]
        self.book = xlsxwriter.Workbook(path, {**OPTIONS, "tmpdir": str(path.parent), "default_date_format": "d"})
        self.book.set_properties({"created": EPOCH, "title": export.title})
        styles = Styles(self.book)
        titles = page_titles(export)
        names = dict(zip((*titles, CODEBOOK), sheet_titles((*titles, CODEBOOK)), strict=True))
        self.sheets = {title: Sheet(self.book.add_worksheet(name), styles) for title, name in names.items()}
        for title, schema in page_schemas(export).items():
            self.sheets[title].head(schema.names)

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return (f"{export.stem}.xlsx",)

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Append a chunk."""
        for title, page in pages(self.export, tables, missing):
            self.sheets[title].write(zip(*(column.to_pylist() for column in page.columns), strict=True))

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        sheet = self.sheets[CODEBOOK]
        sheet.is_prose = True
        sheet.head(list(codebook[0]) if codebook else [])
        sheet.write(row.values() for row in codebook)
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


class Sheet:
    """One sheet, written from above. `is_prose`: lines of long texts are broken."""

    def __init__(self, sheet: Any, styles: Styles) -> None:  # noqa: ANN401
        self._sheet, self._styles = sheet, styles
        self._rows, self._widths = 0, [0]
        self.is_prose = False
        self._writers: dict[type, Callable[[int, int, Any], object]] = {
            str: self._text,
            int: sheet.write_number,
            float: sheet.write_number,
            bool: sheet.write_boolean,
            date: partial(self._moment, style=styles.day),
            datetime: partial(self._moment, style=styles.moment),
        }

    def head(self, headers: Sequence[str]) -> None:
        """The headings; they stay in sight."""
        for place, header in enumerate(headers):
            style = self._styles.armed_heading if is_dangerous(header) else self._styles.heading
            self._sheet.write_string(0, place, header, style)
        self._widths = [min(WIDEST, max(NARROWEST, len(header) + 4)) for header in headers]
        self._sheet.freeze_panes(1, 0)

    def write(self, rows: Iterable[Iterable[object]]) -> None:
        """Append rows; blank cells are left out."""
        for row in rows:
            self._rows += 1
            if self._rows > MOST_ROWS:
                raise Refused(_too_many("rows in a table", MOST_ROWS))
            cells = tuple(row)
            if self.is_prose:
                self._sheet.set_row(self._rows, LINE_HEIGHT * min(TALLEST, max(map(_lines, cells), default=1)))
            for place, cell in enumerate(cells):
                if cell is not None:
                    self._writers[type(cell)](self._rows, place, cell)

    def end(self) -> None:
        """Widths and filter, which are known last."""
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, width)
        if self._widths != [0]:
            self._sheet.autofilter(0, 0, self._rows, len(self._widths) - 1)

    def _text(self, row: int, place: int, text: str) -> None:
        """A cell that is text whatever it looks like, and stays it when it is typed into again."""
        text = ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
        self._widths[place] = max(self._widths[place], min(WIDEST, max(map(len, text.split("\n"))) + 2))
        is_armed = is_dangerous(text) or text in ERRORS
        if self.is_prose:
            style = self._styles.armed_prose if is_armed else self._styles.prose
        else:
            style = self._styles.armed if is_armed else None
        self._sheet.write_string(row, place, text, style)

    def _moment(self, row: int, place: int, moment: date, style: object) -> None:
        """Days before 1900 are none to a spreadsheet: they are text."""
        if moment.year < 1900:  # noqa: PLR2004
            self._sheet.write_string(row, place, moment.isoformat())
        else:
            self._sheet.write_datetime(row, place, moment, style)


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

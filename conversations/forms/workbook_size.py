"""Whether a workbook can be opened without harm: a small file can unpack to one that fills the memory.

It is looked at as a stream, before anything builds sheets of it: what is told apart here is a bomb, made on purpose,
and a sheet that goes on to its last row because somebody has coloured all of it.
"""

import re
from io import BytesIO
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import range_boundaries

MAX_UNPACKED = 100_000_000
MAX_SHEETS = 200
MAX_ROWS = 100_000
MAX_CELLS = 2_000_000
MAX_TEXTS = 1_000_000

_AGAIN = "Open it in a spreadsheet program and save it as .xlsx."
_EMPTY = "Select all rows below the last one and all columns right of the last one, delete them, and save the workbook."
_COLUMN = re.compile(r"[A-Z]{1,3}")
_DIGITS = 9
_SHEET, _TEXTS = re.compile(r"xl/worksheets/[^/]+\.xml"), re.compile(r"xl/sharedstrings\.xml")


class UnreadableWorkbook(ValueError):
    """The bytes are no XLSX workbook, or one that is too big; `remedy` says what its author can do."""

    def __init__(self, why: str, remedy: str = _AGAIN) -> None:
        super().__init__(why)
        self.remedy = remedy


def refuse_bombs(content: bytes) -> None:
    """Raises `UnreadableWorkbook` for what is no workbook, or is too big to be opened."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            _look_into(archive)
    except (BadZipFile, EOFError, KeyError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise error if isinstance(error, UnreadableWorkbook) else UnreadableWorkbook("it is damaged") from error


def _look_into(archive: ZipFile) -> None:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableWorkbook(f"unpacked it has more than {MAX_UNPACKED // 1_000_000} MB", "Take the pictures out.")
    sheets = [entry for entry in entries if _SHEET.fullmatch(entry.filename.lower())]
    if len(sheets) > MAX_SHEETS:
        raise UnreadableWorkbook(f"it has more than {MAX_SHEETS} sheets", "Keep survey, choices and settings.")
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as stream:
                _look_at(stream, entry.filename.lower())


def _look_at(stream: IO[bytes], name: str) -> None:
    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _Texts().met if _TEXTS.fullmatch(name) else _Sheet(name).met
    try:
        parser.ParseFile(stream)
    except ExpatError as error:
        raise UnreadableWorkbook(f"{name} in it is damaged") from error


def _refuse_doctype(*_: object) -> None:
    raise UnreadableWorkbook("it declares a document type or entities")


class _Texts:
    """The texts that the cells share."""

    def __init__(self) -> None:
        self._count = 0

    def met(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        self._count += tag.endswith("si")
        if self._count > MAX_TEXTS:
            raise UnreadableWorkbook(f"it has more than {MAX_TEXTS} texts", "Keep what is asked, and nothing else.")


class _Sheet:
    """How far a sheet goes. What is no sheet has no rows, and is looked through all the same."""

    def __init__(self, name: str) -> None:
        self._name = name.rpartition("/")[2].removesuffix(".xml")
        self._row = self._column = self._widest = self._spread = 0

    def met(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        match tag.rpartition(":")[2]:
            case "row":
                self._row, self._column = _number(attributes.get("r", "")) or self._row + 1, 0
            case "c":
                named = _COLUMN.match(attributes.get("r", ""))
                self._column = column_index_from_string(named[0]) if named else self._column + 1
                self._widest = max(self._widest, self._column)
            case "mergeCell" | "hyperlink":
                self._spread += _area(attributes.get("ref", ""))
            case _:
                return
        if self._row > MAX_ROWS or self._row * self._widest + self._spread > MAX_CELLS:
            far = f"row {self._row}, column {get_column_letter(max(self._widest, 1))}"
            raise UnreadableWorkbook(f"{self._name} in it goes on to {far}, be it with empty cells", _EMPTY)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def _area(ranges: str) -> int:
    """How many cells a range has; a range that cannot be read has none."""
    try:
        left, top, right, bottom = range_boundaries(ranges)
    except (TypeError, ValueError):
        return 0
    return max(0, (right or 0) - (left or 0) + 1) * max(0, (bottom or 0) - (top or 0) + 1)

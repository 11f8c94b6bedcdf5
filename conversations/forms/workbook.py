"""The sheets of an XLSForm as rows with their cells, so that a mistake can be found again in the spreadsheet."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from conversations.forms.workbook_size import UnreadableWorkbook, refuse_bombs

_DAMAGED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    InvalidFileException,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""How openpyxl ends on files that no spreadsheet program has written."""

BEGIN = re.compile(r"begin[_ ](group|repeat|loop)\b.*", re.IGNORECASE)
END = re.compile(r"end[_ ](group|repeat|loop)", re.IGNORECASE)
"""The types of the rows where a group begins and ends."""

_ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "caption": "label",
    "read_only": "readonly",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "command": "type",
    "tag": "name",
    "list name": "list_name",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: `number` as the spreadsheet counts, the filled cells by column."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """The text of a column, "" when it is blank."""
        return self.cells.get(column, "")

    def columns(self, column: str) -> list[str]:
        """The filled columns of that name, with or without a language: label, label::English (en)."""
        return [name for name in self.cells if name.partition("::")[0] == column]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the letter of each column, and the rows below the header that are not blank."""

    name: str
    letters: Mapping[str, str]
    rows: tuple[Row, ...]

    def cell(self, row: Row, column: str) -> str:
        """A cell such as survey!H12: of the column itself, else of its first translation, else of the row's name."""
        letter = self._letter(row, column)
        return f"{self.name}!{letter}{row.number}"

    def _letter(self, row: Row, column: str) -> str:
        candidates = [column, *row.columns(column), *(name for name in self.letters if name.startswith(column + "::"))]
        found = [self.letters[name] for name in (*candidates, "name") if name in self.letters]
        return found[0] if found else "A"


def read_workbook(content: bytes) -> dict[str, Sheet]:
    """The sheets by their name in lower case. Raises `UnreadableWorkbook`."""
    refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks on styles and drop-downs are not for authors
            book = load_workbook(BytesIO(content), data_only=True)
        return {sheet.title.strip().lower(): _sheet(sheet.title, sheet.iter_rows()) for sheet in book.worksheets}
    except _DAMAGED as error:
        raise UnreadableWorkbook(f"it is damaged ({type(error).__name__}: {error})") from error


def _sheet(name: str, rows: Iterator[Sequence[Any]]) -> Sheet:
    headers = [column_name(_text(cell.value)) for cell in next(rows, ())]
    letters = {header: get_column_letter(place) for place, header in enumerate(headers, start=1) if header}
    return Sheet(name, letters, tuple(_filled(headers, rows)))


def _filled(headers: Sequence[str], rows: Iterator[Sequence[Any]]) -> Iterator[Row]:
    for row in rows:
        texts = ((header, _text(cell.value)) for header, cell in zip(headers, row, strict=False))
        cells = {header: text for header, text in texts if header and text}
        if cells:
            yield Row(row[0].row, cells)


def column_name(header: str) -> str:
    """A column as we call it: lower case but for the language, aliases replaced."""
    name, colons, language = header.partition("::") if "::" in header else header.partition(":")
    if name in {"jr", "bind", "body", "instance"}:
        return header
    plain = name.strip().lower()
    known = _ALIASES.get(plain, plain.replace(" ", "_"))
    return f"{known}::{language.strip()}" if colons else known


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()

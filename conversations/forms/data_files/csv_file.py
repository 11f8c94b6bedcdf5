"""A list in a CSV file: comma, semicolon or tabulator, the names of the columns in the first row."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from conversations.forms.data_files.read import DataFile, Unreadable, text_of
from conversations.forms.data_files.sizes import MAX_COLUMNS, MAX_ROWS
from conversations.forms.data_files.table import table

_SEPARATORS = ",;\t"


def read_csv(content: bytes) -> DataFile:
    """The rows below the header; blank ones are left out. Raises `Unreadable`."""
    rows = _rows(text_of(content))
    _, header = next(rows, (1, []))
    columns = _columns(header)
    return DataFile(table(columns, list(_checked(rows, len(columns)))), columns=tuple(filter(None, columns)))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records with their number; blank ones are left out."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=_separator(text.partition("\n")[0]), strict=True)
    place = 0
    try:
        for place, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield place, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Unreadable(
            f"row {place + 1} cannot be read ({error})", "Look for a quotation mark that is not closed.", place + 1
        ) from error


def _separator(header: str) -> str:
    """The first of the separators that the header has; a header of one column has none."""
    return next((separator for separator in _SEPARATORS if separator in header), ",")


def _columns(header: list[str]) -> list[str]:
    if not any(header):
        raise Unreadable("it is empty", "Write the names of the columns, name and label, into its first row.")
    if len(header) > MAX_COLUMNS:
        raise Unreadable(f"it has more than {MAX_COLUMNS} columns", "Take out the columns nobody asks for.", 1)
    twice = [name for name, count in Counter(filter(None, header)).items() if count > 1]
    if twice:
        raise Unreadable(f"two of its columns are called '{twice[0]}'", "Give one of them another name.", 1)
    return header


def _checked(rows: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    for count, (place, cells) in enumerate(rows):
        if count == MAX_ROWS:
            raise Unreadable(f"it has more than {MAX_ROWS} rows", "Take out the rows nobody chooses.", place)
        if any(cells[width:]):
            remedy = "Put quotation marks around a cell with a separator in it."
            raise Unreadable(f"row {place} has more cells than the first row", remedy, place)
        yield place, (*cells[:width], *[""] * (width - len(cells)))

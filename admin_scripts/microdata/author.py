"""What the author says of variables beside the questions: the columns x_measure, x_disclosure and x_missing."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from openpyxl import Workbook

COLUMNS = ("x_measure", "x_disclosure", "x_missing")
Said = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Author:
    """The texts of those columns, by question; of x_missing by list and choice. Blank ones are left out."""

    measures: Said = field(default_factory=dict)
    disclosures: Said = field(default_factory=dict)
    missing: Mapping[tuple[str, str], str] = field(default_factory=dict)
    lists: Said = field(default_factory=dict)  # the list of choices of each question


def author_of(workbook: bytes) -> Author:
    """What the workbook of a version says; most have none of these columns, and are not read for them."""
    if not _mentions(workbook, COLUMNS):
        return Author()
    import openpyxl  # noqa: PLC0415 - half a second

    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)
    survey = list(_rows(book, "survey"))
    choices = _rows(book, "choices")
    return Author(
        measures=_column(survey, "x_measure"),
        disclosures=_column(survey, "x_disclosure"),
        missing={
            (row.get("list_name") or row.get("list name", ""), row.get("name", "")): row["x_missing"]
            for row in choices
            if row.get("x_missing")
        },
        lists={row["name"]: row["type"].split()[1] for row in survey if row.get("name") and " " in row.get("type", "")},
    )


def _mentions(workbook: bytes, words: Sequence[str]) -> bool:
    """Whether one of the words stands in any part of it."""
    with ZipFile(io.BytesIO(workbook)) as parts:
        texts = (parts.read(name).lower() for name in parts.namelist() if name.endswith(".xml"))
        return any(word.encode() in text for text in texts for word in words)


def _column(rows: list[dict[str, str]], heading: str) -> Said:
    return {row["name"]: row[heading] for row in rows if row.get("name") and row.get(heading)}


def _rows(book: "Workbook", name: str) -> Iterator[dict[str, str]]:
    """Each line under the heading, its cells as text; none where there is no such sheet."""
    title = next((title for title in book.sheetnames if title.lower() == name), None)
    if title is None:
        return
    heading: list[str] = []
    for row in book[title].iter_rows(values_only=True):
        cells = [_text(cell) for cell in row]
        if heading:
            yield dict(zip(heading, cells, strict=False))
        elif any(cells):
            heading = [cell.lower() for cell in cells]


def _text(cell: object) -> str:
    """A choice named 1 is a number in the workbook."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()

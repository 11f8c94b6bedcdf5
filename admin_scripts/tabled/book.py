"""What the files for people hold, before it is XLSX or HTML: pages of grids with their notes, all in one language."""

from dataclasses import dataclass
from enum import StrEnum

from admin_scripts.tabled.cells import Cell


class Role(StrEnum):
    """What a row is: an answer, a reason for none, or what the rows above are counted from."""

    ANSWER = "answer"
    REASON = "reason"
    BASE = "base"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a grid."""

    label: str
    cells: tuple[Cell, ...]
    role: Role = Role.ANSWER


@dataclass(frozen=True, slots=True)
class Grid:
    """One table. `heads` name its columns, that of the labels first; `spans` stand over them where they have groups."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    spans: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One question, or the field work: `facts` are name and words, `notes` sentences below."""

    anchor: str
    name: str
    title: str
    section: str
    facts: tuple[tuple[str, str], ...]
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A piece of the method in plain words."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A publication in one language. `mark` says that nobody has given these answers; "" if people have."""

    title: str
    subtitle: str
    language: str
    mark: str
    heads: tuple[str, ...]  # of the list of contents
    field: Page
    pages: tuple[Page, ...]
    method_title: str
    method: tuple[Chapter, ...]
    contents_title: str
    page_words: str  # "page {number} of {all}"

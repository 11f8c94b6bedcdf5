"""What became of a data file, and how its mistakes are told."""

from dataclasses import dataclass

from conversations.forms.problems import Problem
from conversations.forms.xpath import Node, document


class Unreadable(Exception):
    """The file cannot be used: why, what to do about it, and the row as the spreadsheet counts (0: no row)."""

    def __init__(self, why: str, remedy: str, row: int = 0) -> None:
        super().__init__(why)
        self.remedy = remedy
        self.row = row


@dataclass(frozen=True, slots=True)
class DataFile:
    """`document` is what instance('..') looks at; `columns` are the names in it, () when they are the author's own."""

    document: Node
    problems: tuple[Problem, ...] = ()
    columns: tuple[str, ...] = ()


def nothing(problem: Problem) -> DataFile:
    """An empty list, and why it is empty."""
    return DataFile(document(Node("root")), (problem,))


def text_of(content: bytes) -> str:
    """The text of a file, which must be UTF-8; a mark at its beginning is left out. Raises `Unreadable`."""
    if b"\x00" in content:
        raise Unreadable("it is not text in UTF-8", _REMEDY)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = len(content[: error.start].split(b"\n"))
        raise Unreadable(f"it is not in UTF-8, as row {row} shows", _REMEDY, row) from error


_REMEDY = "Save it again as CSV UTF-8 (spreadsheet programs offer it under «Save as»), or in a text editor as UTF-8."

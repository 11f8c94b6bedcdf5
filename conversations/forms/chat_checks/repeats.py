"""What is asked several times, looked at from outside, where it is open which row is meant."""

import re
from collections.abc import Iterator

from conversations.forms.chat_checks.book import Book, Question, Remark
from conversations.forms.chat_checks.conditions import named_by
from conversations.forms.written import REFERENCE, pointed
from conversations.forms.xpath.syntax import Call, Expression, parts_of

_OF_ALL_ROWS = frozenset(
    {
        *("sum", "count", "min", "max", "join", "concat", "indexed-repeat", "count-non-empty", "position", "area"),
        *("randomize", "once", "distance"),
    }
)
_SAID = re.compile(r"(label|hint|constraint_message|required_message|guidance_hint)(::.*)?")


def rows_from_outside(book: Book) -> Iterator[Remark]:
    """`${x}` of a question inside a repeat, where the reader is not in that repeat."""
    for written in book.written:
        for at, name in _single(written.tree):
            yield from _remark(book, written.question, written.column, name, at)
    for question in book.questions:
        for column, text in question.row.cells.items():
            if _SAID.fullmatch(column):
                for found in REFERENCE.finditer(text):
                    yield from _remark(book, question, column, found[1], found.start())


def _single(tree: Expression) -> Iterator[tuple[int, str]]:
    """References where one value is wanted."""
    if name := named_by(tree, None):
        yield tree.at, name
    if isinstance(tree, Call) and tree.name in _OF_ALL_ROWS:
        return
    for part in parts_of(tree):
        yield from _single(part)


def _remark(book: Book, reader: Question, column: str, name: str, at: int) -> Iterator[Remark]:
    read = book.named.get(name)
    if read is None or read.kind in ("group", "repeat") or "last-saved#" in reader.row.get(column):
        return
    if read.repeats != reader.repeats[: len(read.repeats)]:
        yield Remark(
            book.cell(reader, column),
            f"'{name}' is asked once for each row of '{read.repeats[-1]}'; from outside, this looks at the first "
            "row only.",
            f"Say what is meant: sum(${{{name}}}), count(${{{read.repeats[-1]}}}), join(', ', ${{{name}}}), or "
            f"indexed-repeat(${{{name}}}, ${{{read.repeats[-1]}}}, 2).",
            pointed(reader.row.get(column), at),
        )

"""Circles of references as the sheets show them: for questionnaires that do not compile, so that none has to wait."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from conversations.forms.chat_checks.book import Book, Question
from conversations.forms.chat_checks.conditions import named_by
from conversations.forms.problems import Problem
from conversations.forms.xpath.functions import FUNCTIONS
from conversations.forms.xpath.syntax import Call, Expression, parts_of

_SETTLING = ("relevant", "calculation")


def circles(book: Book) -> Iterator[Problem]:
    """Questions whose relevance or calculation depends on itself by way of others; rows of repeats are left out."""
    before = {question.name: set(_needed(book, question)) for question in book.named.values() if not question.repeats}
    while True:
        try:
            list(TopologicalSorter(before).static_order())
        except CycleError as error:
            names: list[str] = error.args[1]
            yield cycle(book.cell(book.named[names[0]], _column(book, names[0])), names[:0:-1])
            before[names[1]].discard(names[0])
        else:
            return


def cycle(cell: str, names: list[str]) -> Problem:
    """The problem of questions that wait for each other."""
    return Problem(
        code="cycle",
        cell=cell,
        what=f"The expressions of {' → '.join([*names, names[0]])} depend on each other in a circle.",
        remedy="Take one of the references out, so that each can be worked out from the others.",
    )


def _needed(book: Book, question: Question) -> Iterator[str]:
    """What must be settled first: all it reads, and the groups around it."""
    for column in _SETTLING:
        written = book.written_in(question, column)
        yield from (name for name in _read(written.tree) if name in book.named) if written else ()
    yield from (group.name for group in question.groups if group.name)


def _read(tree: Expression) -> Iterator[str]:
    """The questions whose values are read; how many rows there are is no value."""
    if isinstance(tree, Call) and tree.name in FUNCTIONS and FUNCTIONS[tree.name].structural:
        return
    if name := named_by(tree, None):
        yield name
    for part in parts_of(tree):
        yield from _read(part)


def _column(book: Book, name: str) -> str:
    return next((column for column in _SETTLING if book.written_in(book.named[name], column)), "name")

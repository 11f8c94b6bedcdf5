"""Rules for what nobody is asked, and lists that nobody can put in order."""

from collections.abc import Iterator

from conversations.forms.chat_checks.book import YES, Book, Question, Remark

LONGEST_RANK = 20
"""Choices that people can still put in order; each has to be named or pressed."""

_CALCULATED = ("calculate", "hidden")


def required_unasked(book: Book) -> Iterator[Remark]:
    """Notes, questions that are read only and calculations that require an answer."""
    for question in book.questions:
        if question.is_required and _is_unasked(question):
            yield Remark(
                book.cell(question, "required"),
                f"'{question.name}' is required, and nobody can answer it: {_why(question)}. It is sent blank "
                "where it is blank.",
                "Leave required blank here, and require the questions that it follows from.",
            )


def constrained_unasked(book: Book) -> Iterator[Remark]:
    """The same with a constraint."""
    for question in book.questions:
        if question.row.get("constraint") and _is_unasked(question):
            yield Remark(
                book.cell(question, "constraint"),
                f"'{question.name}' has a constraint, and nobody can answer it: {_why(question)}. A broken one is told "
                "at the summary only, at a question that it follows from; where there is none it does not count.",
                "Put the constraint, with its message, at the question whose answer can be wrong.",
            )


def long_ranks(book: Book) -> Iterator[Remark]:
    """Lists to be put in order that are too long for it."""
    for question in book.asked():
        count = len(book.offered(question))
        if question.kind == "rank" and count > LONGEST_RANK and not question.row.get("choice_filter"):
            yield Remark(
                book.cell(question, "type"),
                f"'{question.name}' asks to put {count} choices in order; every one of them must be named.",
                f"Rank {LONGEST_RANK} or fewer, or ask with select_multiple for the most important ones.",
            )


def _is_unasked(question: Question) -> bool:
    return question.kind in ("note", *_CALCULATED) or (question.is_asked and _is_readonly(question))


def _is_readonly(question: Question) -> bool:
    return any(one.row.get("readonly").lower() in YES for one in (question, *question.groups))


def _why(question: Question) -> str:
    if question.kind in _CALCULATED:
        return "it is worked out"
    return "it is a note" if question.kind == "note" else "it can only be read"

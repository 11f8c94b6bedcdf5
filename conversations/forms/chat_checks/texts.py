"""Texts as a chat shows them: too long for a message or a caption, marked up in a way that no channel draws."""

import re
from collections.abc import Iterator

from conversations.forms.chat_checks.book import Book, Question, Remark, columns_of
from conversations.forms.chat_checks.limits import LONGEST_CAPTION, LONGEST_MESSAGE, OWN_WORDS, WIDEST_BUTTON
from conversations.forms.written import pointed

_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|br|p|div|font|span|a|ul|ol|li|h[1-6]|center|small|img|table)(?:\s+[\w-]+\s*=[^<>]*)?\s*/?>",
    re.IGNORECASE,
)
_SAID = ("label", "hint", "constraint_message", "required_message", "guidance_hint")
_PICTURES = ("media::image", "image", "media::big-image", "media::video", "video")


def long_texts(book: Book) -> Iterator[Remark]:
    """Questions that do not fit one message with the notes before them and the choices listed under them."""
    notes: list[Question] = []
    for question in book.questions:
        if question.kind == "note":
            notes.append(question)
        elif question.is_asked:
            yield from _too_long(book, question, notes)
            notes = []


def _too_long(book: Book, question: Question, notes: list[Question]) -> Iterator[Remark]:
    for column in columns_of(book.survey, "label"):
        language = column.partition("::")[2]
        parts = {note.name: _length(note, column) for note in notes}
        parts[question.name] = _length(question, column) + _length(question, column.replace("label", "hint", 1))
        parts["choices"] = _listed(book, question, column)
        whole = sum(parts.values()) + OWN_WORDS
        if whole > LONGEST_MESSAGE:
            most = max(parts, key=lambda part: parts[part])
            before = f" with the {len(notes)} note{'s' if len(notes) > 1 else ''} before it" if notes else ""
            yield Remark(
                book.survey.cell(question.row, column),
                f"'{question.name}'{before} has about {whole} characters{' in ' + language if language else ''}; "
                f"a message holds {LONGEST_MESSAGE}, so it is sent in {-(-whole // LONGEST_MESSAGE)}.",
                f"Shorten it; most of it is {'its list of choices' if most == 'choices' else repr(most)}.",
            )


def _length(question: Question, column: str) -> int:
    return len(question.row.get(column))


def _listed(book: Book, question: Question, column: str) -> int:
    """Characters of the numbered list, if the labels do not fit on buttons."""
    labels = [row.get(column) for row in book.offered(question)]
    if question.row.get("choice_filter") or max(map(len, labels), default=0) <= WIDEST_BUTTON:
        return 0
    return sum(len(label) + 5 for label in labels[:40])


def long_captions(book: Book) -> Iterator[Remark]:
    """Questions with a picture whose text does not fit under it."""
    for question in book.asked():
        shown = [column for column in question.row.cells if column.startswith(_PICTURES)]
        for column in columns_of(book.survey, "label") if shown else ():
            length = _length(question, column) + _length(question, column.replace("label", "hint", 1))
            if length > LONGEST_CAPTION:
                yield Remark(
                    book.survey.cell(question.row, column),
                    f"The text of '{question.name}' has {length} characters; under a picture fit {LONGEST_CAPTION}.",
                    "Shorten it, or put a part of it into a note before the question.",
                )


def html_texts(book: Book) -> Iterator[Remark]:
    """Tags that respondents would read as they stand."""
    for sheet in (book.survey, book.choices):
        columns = [column for text in _SAID for column in columns_of(sheet, text)]
        for row in sheet.rows:
            for column in columns:
                if found := _TAG.search(row.get(column)):
                    yield Remark(
                        sheet.cell(row, column),
                        f"The {column.partition('::')[0]} of '{row.get('name')}' has HTML in it; a chat shows "
                        f"'{found[0]}' as it stands.",
                        "Write Markdown: **bold**, *italic*, [text](https://address), and a new line in the cell.",
                        pointed(row.get(column), found.start()),
                    )


def silent_constraints(book: Book) -> Iterator[Remark]:
    """Constraints that refuse an answer without saying why."""
    for question in book.asked():
        if question.row.get("constraint") and not any(question.row.columns("constraint_message")):
            yield Remark(
                book.cell(question, "constraint"),
                f"'{question.name}' can refuse an answer, and has no constraint_message to say why.",
                "Say in constraint_message what is wanted: 'A number from 0 to 120, please.'",
            )

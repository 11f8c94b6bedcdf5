"""The questionnaire as it was asked: sections, notes and questions with their choices."""

import re
from collections.abc import Sequence

from admin_scripts.publication import Asked
from admin_scripts.reporting.parts import Entry
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import text_in

MOST_CHOICES = 40
_HEADINGS = ("group", "repeat", "section")
_MARKS = re.compile(r"\*\*|__|^#+ *", re.MULTILINE)


def entries(words: Wording, asked: Sequence[Asked]) -> tuple[Entry, ...]:
    """All lines that people can see; calculations are none."""
    return tuple(_entry(words, one) for one in asked if text_in(one.wording, words))


def _entry(words: Wording, one: Asked) -> Entry:
    notes = [plain(text_in(one.hint, words))] if one.hint else []
    whom = text_in(one.relevant_words, words)
    if whom:
        notes.append(words.say("Asked: {whom}", whom=whom[:1].lower() + whom[1:]))
    choices = [plain(text_in(labels, words)) or name for name, labels in one.choices]
    if len(choices) > MOST_CHOICES:
        left = len(choices) - MOST_CHOICES
        choices = [*choices[:MOST_CHOICES], words.count("and {n} more", "and {n} more", left)]
    is_heading = one.kind in _HEADINGS
    return Entry(plain(text_in(one.wording, words)), one.level, is_heading, tuple(filter(None, notes)), tuple(choices))


def plain(text: str) -> str:
    """Without the marks of bold and headings."""
    return _MARKS.sub("", text)

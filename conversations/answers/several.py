"""Several choices in one text: where one ends and the next begins."""

import re
from functools import lru_cache

from conversations.answers.asked import Asked, Slip
from conversations.answers.choosing import Choices, find_choice, in_full, in_part
from conversations.session.walk import ChoiceItem

_BREAK = re.compile(r"(?: ?[,;\n])+ ?(?:(?:e|ed|and) )?| (?:e|ed|and|&) |(?<=\d) (?=\d)", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_NUMBERING = re.compile(r"(^|[,;\n] ?)(\d{1,9})[.)] ?(?!\d)")


def find_choices(asked: Asked, text: str) -> list[ChoiceItem] | Slip:
    """Find the choices in the order named, cut at commas, semicolons, new lines, "e", "and", and between numbers.

    A label that contains such a break is tried in full before it is cut.
    """
    pieces = _Pieces(_SPACES.sub(" ", text).strip())
    widest = max((_width(choice.label) for choice in asked.choices), default=1)
    if not pieces.spans:
        return Slip(asked.phrases.say("Please write one choice or more, with commas between them."))
    found: list[ChoiceItem] = []
    at = 0
    while at < len(pieces.spans):
        wide = _find_wide(asked.choices, pieces, at, min(widest, len(pieces.spans) - at))
        choice, width = wide or (find_choice(asked, pieces.between(at, 1)), 1)
        if isinstance(choice, Slip):
            return choice
        found.append(choice)
        at += width
    return found


def show_choices(asked: Asked, value: str) -> list[str]:
    """Give the labels of the names in a stored value; a name that is not on offer any more stands for itself."""
    labels = {choice.name: choice.label for choice in asked.choices}
    return [labels.get(name, name) for name in value.split()]


def joined(labels: list[str]) -> str:
    """Join labels so that they can be told apart: with semicolons when one of them contains a comma."""
    return ("; " if any("," in label for label in labels) else ", ").join(labels)


def without_numbering(text: str) -> str:
    """Drop the numbers of a list written as "1. Norme, 2. Personale", if they count from one."""
    numbers = [int(number) for _, number in _NUMBERING.findall(text)]
    return _NUMBERING.sub(r"\1", text) if numbers == list(range(1, len(numbers) + 1)) else text


class _Pieces:
    """A text and the spans between its breaks."""

    def __init__(self, text: str) -> None:
        self.text = text
        edges = [0, *(edge for found in _BREAK.finditer(text) for edge in found.span()), len(text)]
        self.spans = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]

    def between(self, at: int, width: int) -> str:
        """Give the text of `width` pieces from `at` on, with the breaks inside it."""
        return self.text[self.spans[at][0] : self.spans[at + width - 1][1]]


@lru_cache(maxsize=4096)
def _width(label: str) -> int:
    return len(_Pieces(label).spans)


def _find_wide(choices: Choices, pieces: _Pieces, at: int, widest: int) -> tuple[ChoiceItem, int] | None:
    """Find the choice that takes the most pieces, at least two."""
    for width in range(widest, 1, -1):
        text = pieces.between(at, width)
        found = in_full(choices, text) or in_part(choices, text)
        if len(found) == 1:
            return found[0], width
    return None

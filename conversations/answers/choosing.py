"""Which choice is meant by what was typed: by its label, its name, its number, or a part of its label.

A text is taken in full before it is taken in part:

1. a label, as it is written or up to case, accents and punctuation;
2. a name; and a number, which is the number at the beginning of a label ("3 - Spesso") where labels have such numbers,
   otherwise the place in the order shown. When a name and a place mean two different choices (codes 5 to 1, a shuffled
   list), respondents cannot know which of the two is meant: they are asked.
3. the beginning of a label or of any word in one, from 3 characters on.

What names no choice so may still be meant for one, and is offered to be pressed: the beginning of a word from fewer
characters on, or words that resemble those of a label.

So with the codes 1, 2, 3, 4, 5, 9 the text "9" is the name, "2" is both, and "6" is the sixth place.
"""

import re
from functools import lru_cache

from conversations.answers.asked import Asked, Slip
from conversations.answers.cleaning import folded, plain_digits
from conversations.answers.resembling import resembling
from conversations.session.walk import ChoiceItem

SHORTEST_PART = 3
MOST_CANDIDATES = 5
LONGEST_ECHO = 60

Choices = tuple[ChoiceItem, ...]

_NUMBERED = re.compile(r"(-?\d+)\s*(?:$|[.):](?!\d)|[-–—](?!\s*\d))")


class _Index:
    """A list of choices as it is looked up: by label, by name, by the number before a label."""

    def __init__(self, choices: Choices) -> None:
        self.labels = [folded(choice.label) for choice in choices]
        self.numbers = [leading_number(choice.label) for choice in choices]
        self.written: dict[str, list[ChoiceItem]] = {}
        self.folded: dict[str, list[ChoiceItem]] = {}
        self.named: dict[str, list[ChoiceItem]] = {}
        self.names: dict[str, list[ChoiceItem]] = {}
        for choice, label in zip(choices, self.labels, strict=True):
            self.written.setdefault(choice.label.strip().casefold(), []).append(choice)
            self.folded.setdefault(label, []).append(choice)
            self.named.setdefault(choice.name.casefold(), []).append(choice)
            self.names.setdefault(folded(choice.name), []).append(choice)


_indexed = lru_cache(maxsize=16)(_Index)  # of labels and names only: they are the author's
_latest: list[tuple[Choices, _Index]] = []


def _index(choices: Choices) -> _Index:
    """The index of a list; the list that was looked up last is known without comparing it."""
    if not _latest or _latest[0][0] is not choices:
        _latest[:] = [(choices, _indexed(choices))]
    return _latest[0][1]


def find_choice(asked: Asked, text: str) -> ChoiceItem | Slip:
    """Find the one choice that is meant, or say which ones might be."""
    found = in_full(asked.choices, text) or in_part(asked.choices, text)
    if len(found) == 1:
        return found[0]
    if found:
        return Slip(
            asked.phrases.say(
                "More than one choice fits “{text}”: {choices}. Please write yours in full.",
                text=shortened(text),
                choices=listed(found),
            )
        )
    return no_choice(asked, text)


def in_full(choices: Choices, text: str) -> Choices:
    """Find the choices that the text names in full (rules 1 and 2)."""
    plain, key, index = text.strip().casefold(), folded(text), _index(choices)
    found = index.written.get(plain) or (index.folded.get(key) if key else None)
    if found:
        return tuple(found)
    meant = (*_named(index, plain, key), *_numbered(choices, index, key))
    return tuple(choice for choice in choices if choice in meant) if len(meant) > 1 else meant


def in_part(choices: Choices, text: str, shortest: int = SHORTEST_PART) -> Choices:
    """Find the choices that the text may stand for (rule 3): labels that begin with it, then those with such a word."""
    key = folded(text)
    if len(key) < shortest:
        return ()
    labelled = list(zip(choices, _index(choices).labels, strict=True))
    beginning = tuple(choice for choice, label in labelled if label.startswith(key))
    return (*beginning, *(choice for choice, label in labelled if f" {key}" in label and not label.startswith(key)))


def fitting(choices: Choices, text: str, shortest: int = SHORTEST_PART) -> Choices:
    """Find the choices that may be offered for a text: those named in full or in part, else those that resemble it."""
    found = in_full(choices, text) or in_part(choices, text, shortest)
    return found or tuple(choices[place] for place in resembling(_index(choices).labels, folded(text)))


def listed(choices: Choices) -> str:
    """List labels in a sentence, the first five."""
    labels = [shortened(choice.label) for choice in choices[:MOST_CANDIDATES]]
    return "; ".join(labels) + ("; …" if len(choices) > MOST_CANDIDATES else "")


def shortened(text: str) -> str:
    """Quote a text, its beginning if it is long, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ECHO else line[: LONGEST_ECHO - 1] + "…"


def _named(index: _Index, plain: str, key: str) -> Choices:
    return tuple(index.named.get(plain, ())) or tuple(index.names.get(key, ()) if key else ())


def _numbered(choices: Choices, index: _Index, key: str) -> Choices:
    """Find what a number stands for: the labels that begin with it if labels begin with numbers, else the place."""
    if not key.lstrip("-").isdecimal():
        return ()
    if any(index.numbers):
        return tuple(choice for choice, number in zip(choices, index.numbers, strict=True) if number and number == key)
    is_place = key.isdecimal() and len(key) <= len(str(len(choices)))
    return choices[int(key) - 1 : int(key)] if is_place and int(key) else ()


def leading_number(label: str) -> str:
    """Find the number that a label such as "3 - Spesso" begins with; "" without one."""
    found = _NUMBERED.match(plain_digits(label.strip()))
    return found[1] if found else ""


def no_choice(asked: Asked, text: str) -> Slip:
    """Say that it is none of them, and name them where they are few."""
    return Slip(_nothing_fits(asked, text))


def _nothing_fits(asked: Asked, text: str) -> str:
    if len(asked.choices) <= MOST_CANDIDATES:
        return asked.phrases.say(
            "“{text}” is not among the choices. Please choose from: {choices}.",
            text=shortened(text),
            choices=listed(asked.choices),
        )
    return asked.phrases.say(
        "“{text}” is not among the choices. Please choose one of those shown, or write the beginning of one.",
        text=shortened(text),
    )

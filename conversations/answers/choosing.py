"""Which choice is meant by what was typed: by its label, its name, its number, or a part of its label.

A text is taken in full before it is taken in part:

1. a label, as it is written or up to case, accents and punctuation;
2. a name; and a number, which is the number at the beginning of a label ("3 - Spesso") where labels have such numbers,
   otherwise the place in the order shown. When a name and a place mean two different choices (codes 5 to 1, a shuffled
   list), respondents cannot know which of the two is meant: they are asked.
3. the beginning of a label, then the beginning of any word in one, from 3 characters on.

So with the codes 1, 2, 3, 4, 5, 9 the text "9" is the name, "2" is both, and "6" is the sixth place.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from conversations.answers.asked import Asked, Slip
from conversations.answers.cleaning import folded, plain_digits
from conversations.session.walk import ChoiceItem

SHORTEST_PART = 3
MOST_CANDIDATES = 5
LONGEST_ECHO = 60

Choices = tuple[ChoiceItem, ...]

_NUMBERED = re.compile(r"(-?\d+)\s*(?:$|[.):](?!\d)|[-–—](?!\s*\d))")

_key = lru_cache(maxsize=4096)(folded)  # of labels and names only: they are the author's


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
    return Slip(_nothing_fits(asked, text))


def in_full(choices: Choices, text: str) -> Choices:
    """Find the choices that the text names in full (rules 1 and 2)."""
    plain, key = text.strip().casefold(), folded(text)
    return (
        _those(choices, lambda choice: choice.label.strip().casefold() == plain)
        or _those(choices, lambda choice: bool(key) and _key(choice.label) == key)
        or _those(choices, (_named(choices, plain, key) + _numbered(choices, key)).__contains__)
    )


def in_part(choices: Choices, text: str) -> Choices:
    """Find the choices that the text may stand for (rule 3)."""
    key = folded(text)
    if len(key) < SHORTEST_PART:
        return ()
    beginning = _those(choices, lambda choice: _key(choice.label).startswith(key))
    return beginning or _those(choices, lambda choice: f" {key}" in _key(choice.label))


def listed(choices: Choices) -> str:
    """List labels in a sentence, the first five."""
    labels = [shortened(choice.label) for choice in choices[:MOST_CANDIDATES]]
    return "; ".join(labels) + ("; …" if len(choices) > MOST_CANDIDATES else "")


def shortened(text: str) -> str:
    """Quote a text, its beginning if it is long, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_ECHO else line[: LONGEST_ECHO - 1] + "…"


def _those(choices: Choices, fits: Callable[[ChoiceItem], bool]) -> Choices:
    return tuple(choice for choice in choices if fits(choice))


def _named(choices: Choices, plain: str, key: str) -> Choices:
    exactly = _those(choices, lambda choice: choice.name.casefold() == plain)
    return exactly or _those(choices, lambda choice: bool(key) and _key(choice.name) == key)


def _numbered(choices: Choices, key: str) -> Choices:
    """Find what a number stands for: the labels that begin with it if labels begin with numbers, else the place."""
    numbers = [leading_number(choice.label) for choice in choices]
    if any(numbers):
        return tuple(choice for choice, number in zip(choices, numbers, strict=True) if number and number == key)
    is_place = key.isdecimal() and len(key) <= len(str(len(choices)))
    return choices[int(key) - 1 : int(key)] if is_place and int(key) else ()


@lru_cache(maxsize=4096)
def leading_number(label: str) -> str:
    """Find the number that a label such as "3 - Spesso" begins with; "" without one."""
    found = _NUMBERED.match(plain_digits(label.strip()))
    return found[1] if found else ""


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

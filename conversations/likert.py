"""The steps of an answer scale: which choices stand side by side under a number, and which stand apart from them."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from conversations.forms import ControlKind
from conversations.refraining import DOES_NOT_KNOW, PREFERS_NOT
from conversations.session import ChoiceItem

FEWEST = 3
MOST = 8
"""Steps; a phone shows no more buttons in a row."""

A_ROW = 40
"""Characters of all the labels that stand in one row as they are, without numbers."""

WIDEST = 36
"""Characters of the label of a choice that stands apart; a wider button cannot be read."""

_SCALES = frozenset({"likert", "list-nolabel"})

Choices = tuple[ChoiceItem, ...]


def signs_of(kind: ControlKind, appearance: Sequence[str], choices: Choices) -> tuple[str, ...]:
    """The number of each choice of a scale, "" of one that stands apart; () where there is no need of numbers.

    The numbers are the names, where these are numbers, so that a step has the number that the author gave it.
    """
    if kind is not ControlKind.SELECT_ONE or _SCALES.isdisjoint(appearance):
        return ()
    return _signs(choices)


@lru_cache(maxsize=64)
def _signs(choices: Choices) -> tuple[str, ...]:
    steps = _steps(choices)
    apart = [choice for choice in choices if choice not in steps]
    if not FEWEST <= len(steps) <= MOST or any(len(choice.label) > WIDEST for choice in apart):
        return ()
    if max(len(choice.label) for choice in choices) * len(choices) <= A_ROW:
        return ()
    are_numbers = all(_number(choice) is not None for choice in steps)
    signs = {choice.name: choice.name if are_numbers else str(place) for place, choice in enumerate(steps, 1)}
    return tuple(signs.get(choice.name, "") if choice in steps else "" for choice in choices)


def _steps(choices: Choices) -> Choices:
    """Without those by which somebody refrains, and without numbers that do not follow on the others (9, 99)."""
    steps = tuple(one for one in choices if not (PREFERS_NOT.search(one.label) or DOES_NOT_KNOW.search(one.label)))
    numbers = sorted(number for one in steps if (number := _number(one)) is not None)
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    longest = max(([number for _, number in run] for _, run in runs), key=len, default=[])
    if len(numbers) < len(steps) or len(longest) < FEWEST:
        return steps
    return tuple(one for one in steps if _number(one) in longest)


def _number(choice: ChoiceItem) -> int | None:
    """What stands on a button as it is: 3, but not 03 or +3."""
    is_number = choice.name.isascii() and choice.name.isdecimal() and str(int(choice.name)) == choice.name
    return int(choice.name) if is_number and len(choice.name) <= len("10") else None

"""What of a question's answers could be alike: its lines, the numbers themselves, the places of a ranking."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from admin_scripts.disclosure.rules import Counted
from admin_scripts.publication import TableKind
from admin_scripts.tabulation.item import Item

Mask = NDArray[np.bool_]
DEPTH = 3
"""The places of a ranking that its points tell, and no further one."""


def counted(item: Item, rows: Mask) -> Counted:
    """How many of these rows have answered, and how many of them alike, in whatever the table tells."""
    answered = rows & item.answered
    return Counted(int(answered.sum()), [int(one[answered].sum()) for one in _flags(item)])


def counted_by_person(item: Item, response: NDArray[np.int64]) -> Counted:
    """How many people have answered in rows of which each may have several, and how many of them all alike."""
    whose = response[item.answered]
    only = [len(np.setdiff1d(whose[said], whose[~said])) for said in (one[item.answered] for one in _flags(item))]
    return Counted(len(np.unique(whose)), only)


def fewest_behind(item: Item, response: NDArray[np.int64]) -> int:
    """The fewest people that any line is of, or, of several answers, that any line is not of."""
    whose = response[item.answered]
    flags = [one[item.answered] for one in _flags(item)]
    others = [~one for one in flags] if item.kind in (TableKind.MULTIPLE, TableKind.RANK) else []
    return min((len(np.unique(whose[one])) for one in (*flags, *others)), default=0)


def prevalent_of(item: Item, line: int) -> str:
    """The code of what (nearly) all have said; "" where it would be a number, or where in a ranking it stood."""
    return item.categories[line].code if item.categories and item.kind is not TableKind.RANK else ""


def _flags(item: Item) -> Iterator[Mask]:
    if item.kind is TableKind.RANK and item.places is not None:
        yield from _of_places(item, item.places)
    elif item.numbers is not None and not item.categories:
        numbers = item.numbers
        yield from (np.asarray(numbers == number) for number in np.unique(numbers[item.answered]))
    else:
        yield from item.chosen.T


def _of_places(item: Item, places: NDArray[np.int16]) -> Iterator[Mask]:
    """Who has what on the first, second, third place, among the three, at all; not where all rank all there is."""
    for place in range(1, DEPTH + 1):
        yield from (places == place).T
    if places.shape[1] > DEPTH:
        yield from ((places > 0) & (places <= DEPTH)).T
    if not item.variable.is_ranking:
        yield from item.chosen.T

"""Micro-data without rows that single somebody out: which values of which rows are kept back.

What tells who it is only together with others (quasi-identifiers) is let out as far as at least k rows share it:
column after column from coarse to fine, a value is WITHHELD where fewer than k rows have it together with all that
was let out before. If those are themselves fewer than k, the next smallest value goes with them. Whoever sees
a row sees at least k - 1 others like it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.variables import Dictionary, Disclosure

K = 5

Codes = NDArray[np.int64]
"""A column as whole numbers, one for each different value and reason for none: the same ones in every chunk."""
Combination = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Protection:
    """Which of the `columns` are kept back, by what a row has in them."""

    columns: tuple[str, ...]
    withheld: Mapping[Combination, tuple[bool, ...]]

    def masks(self, codes: Sequence[Codes]) -> list[NDArray[np.bool_]]:
        """For each column, in which rows of this chunk it is withheld. `codes` in the order of `columns`."""
        found, rows = _combined(codes)
        told = np.array([self.withheld[one] for one in found], dtype=bool).reshape(len(found), len(self.columns))
        return [told[rows, place] for place in range(len(self.columns))]


def dropped(dictionary: Dictionary) -> frozenset[tuple[str, str]]:
    """(Table, variable) of all that no protected export has: what tells who it is, alone or as rows of a repeat."""
    return frozenset(
        (table, variable.name)
        for table, variables in dictionary.tables.items()
        for variable in variables
        if variable.disclosure is Disclosure.ID or (table and variable.disclosure is Disclosure.QUASI)
    )


def quasi_identifiers(dictionary: Dictionary) -> tuple[str, ...]:
    """The variables of the responses that tell who it is only together with others, in the order of the form."""
    return tuple(variable.name for variable in dictionary.tables[""] if variable.disclosure is Disclosure.QUASI)


def count_in(codes: Sequence[Codes]) -> Counter[Combination]:
    """How often each combination is in a chunk; add the chunks up for `protect`."""
    found, rows = _combined(codes)
    times = np.bincount(rows, minlength=len(found))
    return Counter({one: int(number) for one, number in zip(found, times, strict=True)})


def protect(columns: Sequence[str], counts: Mapping[Combination, int], k: int = K, *, in_sight: int = 0) -> Protection:
    """What has to be kept back, given how many rows have each combination of codes of these columns.

    The first so many are `in_sight` of everybody anyway and are not kept back: a row hides among those like it in them,
    and what is kept back of these depends on nobody else, not even by the order of the columns.
    """
    alike: dict[Combination, list[Combination]] = {}
    for one in counts:
        alike.setdefault(one[:in_sight], []).append(one)
    told: dict[Combination, tuple[bool, ...]] = {}
    for members in alike.values():
        told.update(_kept_back(members, counts, k, range(in_sight, len(columns))))
    return Protection(tuple(columns), told)


def withhold(columns: Sequence[str], counts: Mapping[Combination, int], *, in_sight: int = 0) -> Protection:
    """All of them in every row."""
    hidden = tuple(place >= in_sight for place in range(len(columns)))
    return Protection(tuple(columns), dict.fromkeys(counts, hidden))


def _kept_back(
    members: Sequence[Combination], counts: Mapping[Combination, int], k: int, places: range
) -> dict[Combination, tuple[bool, ...]]:
    """For each of these combinations, at which places it is withheld, so that it hides among the others of them."""
    classes = {place: len({one[place] for one in members}) for place in places}
    told = {one: [False] * places.stop for one in members}
    shown: dict[Combination, list[Combination]] = {(): list(members)}  # what is let out of a row -> such combinations
    for place in sorted(places, key=lambda place: (classes[place], place)):
        finer: dict[Combination, list[Combination]] = {}
        for prefix, alike in shown.items():
            small = _too_small(alike, place, counts, k)
            for one in alike:
                told[one][place] = is_hidden = one[place] in small
                finer.setdefault((*prefix, int(is_hidden), 0 if is_hidden else one[place]), []).append(one)
        shown = finer
    return {one: tuple(hidden) for one, hidden in told.items()}


def _too_small(members: Sequence[Combination], place: int, counts: Mapping[Combination, int], k: int) -> set[int]:
    """The values that fewer than k rows have, and the next smallest until they are k rows together."""
    sizes: Counter[int] = Counter()
    for one in members:
        sizes[one[place]] += counts[one]
    rising = sorted(sizes, key=lambda value: (sizes[value], value))
    small = [value for value in rising if sizes[value] < k]
    for value in rising[len(small) :]:
        if not small or sum(sizes[one] for one in small) >= k:
            break
        small.append(value)
    return set(small)


def _combined(codes: Sequence[Codes]) -> tuple[list[Combination], NDArray[np.intp]]:
    """The different combinations, and for each row which one it has."""
    rows = np.zeros(len(codes[0]) if codes else 0, dtype=np.intp)
    found: list[Combination] = [()]
    for column in codes:
        values, places = np.unique(column, return_inverse=True)
        pairs, rows = np.unique(rows * max(len(values), 1) + places, return_inverse=True)
        found = [(*found[pair // len(values)], int(values[pair % len(values)])) for pair in pairs]
    return found, rows

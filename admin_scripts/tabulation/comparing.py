"""Whether groups differ in an item: the test that fits its kind, and all of a publication together after Holm."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from admin_scripts.publication import Comparison, Table, TableKind
from admin_scripts.statistics.differences import Difference, holm, of_choices, of_flags, of_numbers
from admin_scripts.tabulation.item import Item

FEWEST = 10
"""With fewer answers in a group a test is indicative only."""

Mask = NDArray[np.bool_]


def compare(item: Item, groups: Sequence[Mask], seed: int, left_out: Sequence[str] = ()) -> Comparison | None:
    """The comparison of the groups that have answers; None of fewer than two, and of open answers. Not yet adjusted."""
    answered = [rows & item.answered for rows in groups if (rows & item.answered).any()]
    if len(answered) < 2 or item.kind is TableKind.TEXT:  # noqa: PLR2004 - it takes two
        return None
    found = _difference(item, answered, seed)
    is_indicative = min(int(rows.sum()) for rows in answered) < FEWEST
    return Comparison(found.test, found.p, found.p, is_indicative, tuple(left_out))


def _difference(item: Item, answered: Sequence[Mask], seed: int) -> Difference:
    if item.numbers is not None:
        return of_numbers([item.numbers[rows] for rows in answered], seed)
    if item.kind is TableKind.CHOICE:
        return of_choices(np.array([item.chosen[rows].sum(axis=0) for rows in answered]), seed)
    return of_flags([item.chosen[rows] for rows in answered], seed)


def adjusted(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables with the p of all their comparisons adjusted for being so many."""
    compared = [table.comparison for table in tables if table.comparison is not None]
    stepped = iter(holm([comparison.p for comparison in compared]))
    return tuple(
        table
        if table.comparison is None
        else replace(table, comparison=replace(table.comparison, adjusted=next(stepped)))
        for table in tables
    )

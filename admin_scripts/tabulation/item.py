"""What one table counts: a question, or the questions that are one ranking, with the categories of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.variables import Missing, Texts, Variable
from admin_scripts.publication import TableKind

STEPS_COLLAPSED = 5
MARKS = tuple(range(11))


@dataclass(frozen=True, slots=True)
class Category:
    """A line of a table: a choice, a step, a class of numbers."""

    code: str
    labels: Texts


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """The answers to one question as a table counts them, for every row.

    `chosen` (rows, categories): who has which; `missing` as in a Column. `numbers`, of scales and numbers only: the
    steps (from 1, or the codes) or numbers, nan where missing. `places`, of rankings only: as in a Column.
    """

    variable: Variable  # of a ranking made of several questions, the first with what their names have in common
    kind: TableKind
    categories: tuple[Category, ...]
    chosen: NDArray[np.bool_]
    missing: NDArray[np.int8]
    numbers: NDArray[np.float64] | None = None
    places: NDArray[np.int16] | None = None
    is_numbered: bool = False  # the steps of a scale have numbers, so it is known which end is the top
    is_collapsed: bool = False

    @property
    def answered(self) -> NDArray[np.bool_]:
        """The rows with an answer that counts."""
        return np.asarray(self.missing == 0)

    @property
    def asked(self) -> NDArray[np.bool_]:
        """The rows of those who were asked."""
        return np.asarray(~np.isin(self.missing, (Missing.NOT_ASKED, Missing.BROKE_OFF)))


def for_groups(item: Item) -> Item:
    """The same in fewer categories, for small groups: five steps become three, marks of 0 to 10 too."""
    if item.kind is TableKind.SCALE and len(item.categories) == STEPS_COLLAPSED:
        return _collapsed(item, ((0, 1), (2,), (3, 4)))
    if item.kind is TableKind.NPS:
        return _collapsed(item, (tuple(range(7)), (7, 8), (9, 10)))
    return item


def _collapsed(item: Item, parts: tuple[tuple[int, ...], ...]) -> Item:
    together = [item.chosen[:, list(part)].any(axis=1) for part in parts]
    categories = tuple(_merged([item.categories[place] for place in part], item.kind) for part in parts)
    return replace(item, categories=categories, chosen=np.column_stack(together), is_collapsed=True)


def _merged(categories: list[Category], kind: TableKind) -> Category:
    first, last = categories[0], categories[-1]
    if first is last:
        return first
    if kind is TableKind.NPS:
        return Category(f"{first.code}-{last.code}", _joined("–", first.labels, last.labels))
    return Category("+".join(one.code for one in categories), _joined(" + ", *[one.labels for one in categories]))


def _joined(between: str, *texts: Texts) -> Mapping[str, str]:
    return {tag: between.join(one.get(tag, "") for one in texts) for tag in texts[0]}

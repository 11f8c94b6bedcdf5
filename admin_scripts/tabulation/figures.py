"""What sums an item up in one group: the figures below its lines, by the kind of table."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from admin_scripts.publication import Figure, TableKind
from admin_scripts.statistics.promoters import promoters_of
from admin_scripts.statistics.proportions import exact_interval
from admin_scripts.statistics.ranks import borda, concordance, copeland, first_places, named
from admin_scripts.statistics.scales import boxes, mean_interval, median_interval, quartiles
from admin_scripts.tabulation.item import Item

FEWEST_STEPS = 4
"""Of fewer steps the two on top are most of the scale."""

Mask = NDArray[np.bool_]


def figures_of(item: Item, answered: Mask, people: int) -> Iterator[Figure]:
    """The figures of those who have answered, at least one; `people`: whom they stand for."""
    if item.kind in BY_KIND:
        yield from BY_KIND[item.kind](item, answered, people)


def _part(name: str, count: int, base: int, people: int) -> Figure:
    """A percentage with its exact interval; none where nobody else is stood for."""
    if people == base:
        return Figure(name, 100 * count / base)
    low, high = exact_interval(count, base, people)
    return Figure(name, 100 * count / base, 100 * low, 100 * high)


def _within(name: str, value: float, limits: tuple[float, float] | None, *, is_shown: bool) -> Figure:
    return Figure(name, value, *limits) if limits and is_shown else Figure(name, value)


def _of_scale(item: Item, answered: Mask, people: int) -> Iterator[Figure]:
    """Median of the steps; where they have numbers the two at each end, and the difference. Collapsed the ends only."""
    base, counts = int(answered.sum()), item.chosen[answered].sum(axis=0)
    if item.numbers is not None and not item.is_collapsed:
        values = item.numbers[answered]
        limits = median_interval(values, people)
        yield _within("median", quartiles(values)[1], limits, is_shown=people > base)
    if not item.is_numbered:
        return
    if item.is_collapsed:
        top, bottom = int(counts[-1]), int(counts[0])
    elif len(counts) >= FEWEST_STEPS:
        top, bottom = boxes(counts)
    else:
        return
    yield _part("top2", top, base, people)
    yield _part("bottom2", bottom, base, people)
    yield Figure("net", 100 * (top - bottom) / base)


def _of_numbers(item: Item, answered: Mask, people: int) -> Iterator[Figure]:
    if item.numbers is None:
        return
    values = item.numbers[answered]
    first, median, third = quartiles(values)
    beyond = people > len(values)
    yield _within("mean", float(values.mean()), mean_interval(values, people), is_shown=beyond)
    yield Figure("q1", first)
    yield _within("median", median, median_interval(values, people), is_shown=beyond)
    yield Figure("q3", third)


def _of_marks(item: Item, answered: Mask, people: int) -> Iterator[Figure]:
    """Promoters, passives, detractors, and the score where there are enough answers."""
    if item.numbers is None:
        return
    marks = item.numbers[answered]
    found = promoters_of(marks, people)
    for name, count in (
        ("promoters", found.promoters),
        ("passives", found.passives),
        ("detractors", found.detractors),
    ):
        yield _part(name, count, len(marks), people)
    if found.score is not None:
        yield _within("nps", found.score, found.interval, is_shown=people > len(marks))


def _of_ranks(item: Item, answered: Mask, people: int) -> Iterator[Figure]:
    """Points (3-2-1), first places, places among the first three, duels as a check, and how far people agree.

    Nothing of what only ends a ranking.
    """
    if item.places is None:
        return
    base = int(answered.sum())
    ranked = np.flatnonzero(item.places.any(axis=0) | ~item.chosen.any(axis=0))
    places = item.places[answered][:, ranked]
    points, firsts, among, duels = borda(places), first_places(places), named(places), copeland(places)
    yield Figure("agreement", concordance(places))
    for place, category in enumerate(item.categories[one] for one in ranked):
        yield Figure(f"borda:{category.code}", float(points[place]))
        yield _part(f"first:{category.code}", int(firsts[place]), base, people)
        yield _part(f"top3:{category.code}", int(among[place]), base, people)
        yield Figure(f"duels:{category.code}", float(duels[place]))


BY_KIND: Mapping[TableKind, Callable[[Item, Mask, int], Iterator[Figure]]] = {
    TableKind.SCALE: _of_scale,
    TableKind.NUMBER: _of_numbers,
    TableKind.NPS: _of_marks,
    TableKind.RANK: _of_ranks,
}

"""One item in one group -> a panel: how many, the percentages with their intervals, why some said nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.variables import Missing
from admin_scripts.publication import Group, Line, Panel, Share
from admin_scripts.statistics.proportions import exact_interval, margin_of_error, population_of
from admin_scripts.tabulation.figures import figures_of
from admin_scripts.tabulation.item import Item

EVERYBODY = Group((), {})
REASONS = {
    Missing.SKIPPED: "missing:skipped",
    Missing.PREFER_NOT: "missing:prefer_not",
    Missing.DONT_KNOW: "missing:dont_know",
    Missing.WITHHELD: "missing:withheld",
}
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What stands behind the rows: `responses` of a `population` of eligible people, and a weight a row.

    `is_people`: rows are people. Of rows of a repeat there is no population, so they stand for themselves only.
    """

    population: int
    responses: int
    weights: NDArray[np.float64] | None = None
    is_people: bool = True

    def behind(self, base: int) -> int:
        """The people that a base stands for."""
        return population_of(base, self.responses, self.population) if self.is_people else base


def panel_of(item: Item, frame: Frame, rows: Mask | None = None, group: Group = EVERYBODY) -> Panel:
    """What the rows of a group have answered; `rows` None: all. Nothing of it is protected."""
    rows = np.ones(len(item.missing), dtype=np.bool_) if rows is None else rows
    asked, answered = rows & item.asked, rows & item.answered
    base = int(answered.sum())
    people = frame.behind(base)
    return Panel(
        group=group,
        asked=int(asked.sum()),
        answered=base,
        population=people,
        lines=(*_answers(item, frame, answered, int(asked.sum())), *_reasons(item, frame, asked)),
        figures=tuple(figures_of(item, answered, people)) if base else (),
        margin=100 * margin_of_error(base, people) if base and frame.is_people else None,
    )


def _answers(item: Item, frame: Frame, answered: Mask, asked: int) -> Iterator[Line]:
    base, chosen = int(answered.sum()), item.chosen[answered]
    weighted = _weighted(chosen, frame.weights[answered]) if frame.weights is not None and base else None
    for place, (category, count) in enumerate(zip(item.categories, chosen.sum(axis=0).tolist(), strict=True)):
        share = _share(count, base, frame.behind(base), asked, None if weighted is None else weighted[place])
        yield Line(category.code, category.labels, share)


def _weighted(chosen: Mask, weights: NDArray[np.float64]) -> Sequence[float]:
    return [100 * float(part) for part in weights @ chosen / weights.sum()]


def _reasons(item: Item, frame: Frame, asked: Mask) -> Iterator[Line]:
    """Beside the base: their percentages are of those who were asked."""
    base = int(asked.sum())
    for reason, code in REASONS.items():
        count = int((asked & (item.missing == reason)).sum())
        if count:
            yield Line(code, {}, _share(count, base, frame.behind(base), base), is_answer=False)


def _share(count: int, base: int, people: int, asked: int, weighted: float | None = None) -> Share:
    low, high = exact_interval(count, base, people)
    return Share(
        count=count,
        base=base,
        percent=100 * count / base if base else 0.0,
        low=100 * low,
        high=100 * high,
        of_asked=100 * count / asked if asked else 0.0,
        weighted=weighted,
    )

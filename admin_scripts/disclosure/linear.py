"""What follows from sums that are known: the narrowest range of a number that somebody who calculates can find."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from math import ceil, floor, inf

TINY = 1e-6

Row = tuple[tuple[int, ...], float, float]


@dataclass(slots=True)
class System:
    """Counts of people, none of which is negative, and what is known of sums of them."""

    places: dict[Hashable, int] = field(default_factory=dict)
    rows: dict[Row, None] = field(default_factory=dict)  # in order, each once
    found: dict[tuple[int, ...], tuple[float, float]] = field(default_factory=dict)

    def know(self, terms: Iterable[Hashable], low: float, high: float = inf) -> None:
        """The sum of these counts lies between `low` and `high`."""
        self.rows[self._places(terms), low, high] = None
        self.found.clear()

    def know_exactly(self, terms: Iterable[Hashable], value: float) -> None:
        """The sum of these counts is this."""
        self.know(terms, value, value)

    def range_of(self, terms: Iterable[Hashable]) -> tuple[float, float]:
        """The smallest and the largest whole number that the sum of these counts can be; (inf, -inf) if none."""
        target = self._places(terms)
        if target not in self.found:
            self.found[target] = self._range(target)
        return self.found[target]

    def _range(self, target: tuple[int, ...]) -> tuple[float, float]:
        low, high = self._least(target, 1), self._least(target, -1)
        return ceil(low - TINY) if abs(low) < inf else low, floor(-high + TINY) if abs(high) < inf else -high

    def _places(self, terms: Iterable[Hashable]) -> tuple[int, ...]:
        return tuple(sorted(self.places.setdefault(term, len(self.places)) for term in terms))

    def _least(self, target: tuple[int, ...], sign: int) -> float:
        """The least of `sign` times the sum: -inf if there is no end, inf if nothing fits what is known."""
        from scipy.optimize import linprog  # noqa: PLC0415 - half a second

        costs = [0.0] * len(self.places)
        for place in target:
            costs[place] += sign
        matrix, bounds = self._inequalities()
        found = linprog(costs, A_ub=matrix, b_ub=bounds, bounds=(0, None), method="highs")
        unbounded, impossible = 3, 2
        return {unbounded: -inf, impossible: inf}.get(found.status, found.fun if found.success else -inf)

    def _inequalities(self) -> tuple[list[list[float]] | None, list[float] | None]:
        matrix: list[list[float]] = []
        bounds: list[float] = []
        for places, low, high in self.rows:
            row = [0.0] * len(self.places)
            for place in places:
                row[place] += 1
            if high < inf:
                matrix.append(row)
                bounds.append(high)
            if low > 0:
                matrix.append([-value for value in row])
                bounds.append(-low)
        return (matrix, bounds) if matrix else (None, None)

"""What follows from sums that are known: the narrowest range of a number that somebody who calculates can find."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import Any

TINY = 1e-6

Places = tuple[int, ...]
Row = tuple[Places, float, float]


@dataclass(slots=True)
class System:
    """Counts of people, none of which is negative, and what is known of sums of them."""

    places: dict[Hashable, int] = field(default_factory=dict)
    rows: dict[Row, None] = field(default_factory=dict)  # in order, each once
    found: dict[Places, tuple[float, float]] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)  # the rows as they are solved; {} when there are new ones

    def know(self, terms: Iterable[Hashable], low: float, high: float = inf) -> None:
        """The sum of these counts lies between `low` and `high`."""
        self.rows[self._places(terms), low, high] = None
        self.found.clear()
        self.known.clear()

    def know_exactly(self, terms: Iterable[Hashable], value: float) -> None:
        """The sum of these counts is this."""
        self.know(terms, value, value)

    def range_of(self, terms: Iterable[Hashable]) -> tuple[float, float]:
        """The smallest and the largest whole number that the sum of these counts can be; (inf, -inf) if none."""
        before = len(self.places)
        target = self._places(terms)
        if len(self.places) > before:
            self.known.clear()
        if target not in self.found:
            self.found[target] = self._range(target)
        return self.found[target]

    def _range(self, target: Places) -> tuple[float, float]:
        low, high = self._least(target, 1), self._least(target, -1)
        return ceil(low - TINY) if abs(low) < inf else low, floor(-high + TINY) if abs(high) < inf else -high

    def _places(self, terms: Iterable[Hashable]) -> Places:
        return tuple(sorted(self.places.setdefault(term, len(self.places)) for term in terms))

    def _least(self, target: Places, sign: int) -> float:
        """The least of `sign` times the sum: -inf if there is no end, inf if nothing fits what is known."""
        from scipy.optimize import linprog  # noqa: PLC0415 - half a second

        costs = [0.0] * len(self.places)
        for place in target:
            costs[place] += sign
        self.known = self.known or self._as_solved()
        found = linprog(costs, **self.known, bounds=(0, None), method="highs")
        unbounded, impossible = 3, 2
        return {unbounded: -inf, impossible: inf}.get(found.status, found.fun if found.success else -inf)

    def _as_solved(self) -> dict[str, Any]:
        """Equations, and inequalities as upper bounds."""
        equal = [(places, 1, low) for places, low, high in self.rows if low == high]
        upper = [(places, 1, high) for places, low, high in self.rows if low != high and high < inf]
        lower = [(places, -1, -low) for places, low, high in self.rows if low != high and low > 0]
        bounded = [*upper, *lower]
        told = {"A_eq": self._matrix(equal), "b_eq": [value for *_, value in equal]} if equal else {}
        more = {"A_ub": self._matrix(bounded), "b_ub": [value for *_, value in bounded]} if bounded else {}
        return told | more

    def _matrix(self, rows: Sequence[tuple[Places, int, float]]) -> Any:  # noqa: ANN401 - scipy has no types
        from scipy.sparse import coo_array  # noqa: PLC0415 - as above

        cells = [(number, place, sign) for number, (places, sign, _) in enumerate(rows) for place in places]
        numbers, places, signs = zip(*cells, strict=True) if cells else ((), (), ())
        return coo_array((signs, (numbers, places)), shape=(len(rows), len(self.places)), dtype=float).tocsr()

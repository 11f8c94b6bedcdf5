"""In which order the rows of a repeat that wait for the same rule are looked at."""

from collections import Counter
from collections.abc import Mapping

from conversations.session.instance import InstanceNode


class Sweeps:
    """Takes the rows that wait for a rule to and fro, so that a chain in either direction is followed in one go."""

    def __init__(self) -> None:
        self._left: dict[int, list[InstanceNode]] = {}
        self._turns: Counter[int] = Counter()

    def next(self, order: int, waiting: Mapping[InstanceNode, None]) -> InstanceNode:
        """The next of those that wait; what is added during a sweep waits for the one after."""
        if len(waiting) == 1:
            return next(iter(waiting))
        left = self._left.get(order, [])
        while left:
            node = left.pop()
            if node in waiting:
                return node
        self._turns[order] += 1
        self._left[order] = list(waiting) if self._turns[order] % 2 == 0 else list(waiting)[::-1]
        return self._left[order].pop()

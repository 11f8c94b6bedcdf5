"""A short memory of what was said to whom: a help against saying it twice, nothing that must be kept."""

import time
from collections import OrderedDict
from collections.abc import Callable

REMEMBERED = 2_000


class Recent:
    """What was said last of each of the newest things."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._said: OrderedDict[object, object] = OrderedDict()

    def is_news(self, about: object, said: object) -> bool:
        """Whether something else was said about it before, or nothing; remembers it."""
        if about in self._said and self._said[about] == said:
            return False
        self._said[about] = said
        if len(self._said) > self._most:
            self._said.popitem(last=False)
        return True

    def forget(self, about: object) -> None:
        """It may not have been said."""
        self._said.pop(about, None)


class Young:
    """Which of the newest things are younger than a limit, as far as this process has seen them come."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic, most: int = REMEMBERED) -> None:
        self._seconds = seconds
        self._clock = clock
        self._most = most
        self._came: OrderedDict[object, float] = OrderedDict()

    def add(self, about: object) -> None:
        """It comes now."""
        self._came[about] = self._clock()
        if len(self._came) > self._most:
            self._came.popitem(last=False)

    def __contains__(self, about: object) -> bool:
        return self._clock() - self._came.get(about, -self._seconds) < self._seconds

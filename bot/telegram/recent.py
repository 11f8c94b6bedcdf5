"""A short memory of what was said to whom: a help against saying it twice, nothing that must be kept."""

from collections import OrderedDict

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

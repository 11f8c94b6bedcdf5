"""How often each client has asked lately; in memory only, and of so many clients at most."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

AN_HOUR = timedelta(hours=1)
ASKED_AN_HOUR = 60
"""By one address: a whole office may have the same one."""

KNOWN = 10_000
"""Addresses that are remembered; of more, the one that asked longest ago is forgotten."""


class Clients:
    """How often each of them has asked lately."""

    def __init__(self, per_hour: int = ASKED_AN_HOUR) -> None:
        self._per_hour = per_hour
        self._asked: OrderedDict[str, deque[datetime]] = OrderedDict()

    def may_ask(self, client: str, *, now: datetime) -> bool:
        """Whether it has not asked too often within the hour; if so, it has asked."""
        asked = self._asked.setdefault(client, deque())
        self._asked.move_to_end(client)
        if len(self._asked) > KNOWN:
            self._asked.popitem(last=False)
        while asked and not now - AN_HOUR < asked[0] <= now:
            asked.popleft()
        if len(asked) >= self._per_hour:
            return False
        asked.append(now)
        return True

"""What can be picked of a date or a time: what the author's constraint takes, tried out once for each prompt."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

from conversations import picked
from conversations.forms import ControlKind
from conversations.stops import Stop
from conversations.walk import Walk

NEAR = 62
"""Days around today of which each is tried, when today cannot be the answer."""

FAR = 100
"""Years before and after today of which some days are tried after that."""

_WEEKLY = (1, 8, 15, 22)
_QUARTERLY = ("0101", "0401", "0701", "1001", "1231")
_MINUTES = tuple(f"{minute:02}" for minute in range(0, 60, 5))
_THROUGH_THE_DAY = ("0000", "1200", "2355")
_HOURS = tuple(f"{hour:02}" for hour in range(24))


class Picking:
    """A question about a date or a time, and where its picking stands."""

    def __init__(self, walk: Walk, stop: Stop) -> None:
        self.walk, self.stop, self.control = walk, stop, stop.control
        self.whole = picked.whole_length(stop.control)
        self.stored = picked.digits_of(stop.control, walk.filled.value(stop.ref) or "")
        self.takes = cache(self._takes)

    @property
    def is_time(self) -> bool:
        """Whether it asks for a time without a day."""
        return self.control.kind is ControlKind.TIME

    def now_shown(self) -> str | None:
        """The digits that were picked, or with which picking begins; None where no answer could be picked."""
        draft = "".join(self.walk.session.draft[:1])
        if len(draft) < self.whole and picked.moment_of(self.control, draft) is not None:
            return draft
        if self.is_time:
            return "" if any(self.offers(hour) for hour in _HOURS) else None
        start = self.stored or self._nearest()
        return start and start[: min(self._first_view, len(start))]

    @property
    def _first_view(self) -> int:
        """A year is picked among ten, a month among those of a year, a day among those of a month."""
        return {picked.YEAR: picked.DECADE, picked.MONTH: picked.YEAR}.get(self.whole, picked.MONTH)

    # ------------------------------------------------------------ what the constraint takes

    def _takes(self, digits: str) -> bool:
        moment = picked.moment_of(self.control, digits)
        return moment is not None and self.walk.filled.takes(self.stop.ref, picked.value_of(self.control, moment))

    def offers(self, digits: str) -> bool:
        """Whether some answer begins with these digits, as far as a few looks show."""
        if len(digits) >= self.whole:
            return self.takes(digits)
        return any(self.offers(digits + more) for more in self._tried(digits))

    def _tried(self, digits: str) -> Iterator[str]:
        """How digits may go on: all ways where they are few, weekly among days."""
        if self.is_time or len(digits) == picked.HOUR:
            return iter(_MINUTES)
        if len(digits) == picked.DAY:
            return iter(_THROUGH_THE_DAY)
        if len(digits) == picked.MONTH:
            last = self.last_day(digits)
            return (f"{day:02}" for day in (*_WEEKLY, last))
        if len(digits) == picked.YEAR:
            return (f"{month:02}" for month in range(1, 13))
        return map(str, range(10))

    def offers_month(self, digits: str) -> bool:
        """Whether any day of a month can be picked: each is looked at."""
        if self.whole == picked.MONTH or picked.moment_of(self.control, digits) is None:
            return self.offers(digits)
        return any(self.offers(f"{digits}{day:02}") for day in range(1, self.last_day(digits) + 1))

    @staticmethod
    def last_day(month: str) -> int:
        """How many days a month has."""
        return monthrange(int(month[: picked.YEAR]), int(month[picked.YEAR :]))[1]

    # ------------------------------------------------------------ where picking begins

    def today(self) -> str:
        """The digits of today, as long as an answer or a day."""
        return f"{self.walk.now:%Y%m%d}"[: self.whole]

    def _nearest(self) -> str | None:
        """The day nearest to today that can be picked, later rather than earlier."""
        return next((digits for digits in self._outward() if self.offers(digits)), None)

    def _outward(self) -> Iterator[str]:
        today = self.walk.now.replace(tzinfo=None)
        yield self.today()
        for days in range(1, NEAR + 1):
            yield from (_digits(today, days * way)[: self.whole] for way in (1, -1))
        for years in range(FAR):
            yield from (f"{today.year + years}{day}"[: self.whole] for day in _QUARTERLY)
            yield from (f"{today.year - years}{day}"[: self.whole] for day in reversed(_QUARTERLY))


def _digits(moment: datetime, days: int) -> str:
    return f"{moment + timedelta(days=days):%Y%m%d}"

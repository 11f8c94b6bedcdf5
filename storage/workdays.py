"""When the system may write on its own: on working days of a country, inside hours, in a survey's time zone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

SATURDAY = 5
DAY = timedelta(days=1)
LONGEST_BREAK = 31
"""Days in a row without a working day; no calendar has so many."""


@dataclass(frozen=True)
class WorkingHours:
    """`country` as ISO 3166: "IT", or "IT-MI" with the feast of the patron. Raises NotImplementedError for others.

    With `is_always` people may be written to at night and on holidays, too: for trying things out.
    """

    country: str = "IT"
    begins: time = time(9)
    ends: time = time(18)
    is_always: bool = False

    @cached_property
    def holidays(self) -> Mapping[date, str]:
        """The country's holidays, with their names."""
        from holidays import country_holidays  # noqa: PLC0415 - a tenth of a second that most commands need not spend

        country, _, subdivision = self.country.partition("-")
        return country_holidays(country, subdiv=subdivision or None)

    def is_working_day(self, day: date) -> bool:
        """Whether people work on it: from Monday to Friday, holidays excepted."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def is_open(self, when: datetime, zone: ZoneInfo) -> bool:
        """Whether people may be written to at this moment."""
        local = when.astimezone(zone)
        return self.is_always or (self.is_working_day(local.date()) and self.begins <= local.time() < self.ends)

    def next_open(self, when: datetime, zone: ZoneInfo) -> datetime:
        """Give this moment or, if people may not be written to now, the first one after it."""
        if self.is_open(when, zone):
            return when
        local = when.astimezone(zone)
        first = local.date() if local.time() < self.begins else local.date() + DAY
        return _moment(next(self._days(first, DAY)), self.begins, zone)

    def last_open(self, when: datetime, zone: ZoneInfo) -> datetime:
        """Give this moment or, if people may not be written to then, the beginning of the last hours before it."""
        if self.is_open(when, zone):
            return when
        local = when.astimezone(zone)
        last = local.date() if local.time() >= self.ends else local.date() - DAY
        return _moment(next(self._days(last, -DAY)), self.begins, zone)

    def series(self, first: datetime, every: int, times: int, zone: ZoneInfo) -> list[datetime]:
        """`first` and the moments that lie `every` working days apart, at the same time by the clock on the wall."""
        local = first.astimezone(zone)
        days = [local.date()]
        while len(days) < times:
            following = self._days(days[-1] + DAY, DAY)
            days.append([next(following) for _ in range(every)][-1])
        return [_moment(day, local.time(), zone) for day in days]

    def _days(self, first: date, step: timedelta) -> Iterator[date]:
        """The working days from this one on, forward or back."""
        day, free = first, 0
        while free < LONGEST_BREAK:
            if self.is_working_day(day):
                free = 0
                yield day
            free += 1
            day += step


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """By the clock on the wall; an hour that daylight saving leaves out is the one after it."""
    return datetime.combine(day, at.replace(tzinfo=None), zone).astimezone(UTC)

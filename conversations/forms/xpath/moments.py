"""Dates, times and instants: from text, to text, and as the day numbers that expressions count with."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from math import isfinite

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = EPOCH.toordinal()
DAY = timedelta(days=1)
_ANY_YEAR = 2026

_ZONE = r"(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?"
_TIME = rf"(?P<hour>\d{{2}}):(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:\.(?P<fraction>\d+))?)?{_ZONE}"
_DATE = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})(?:T{_TIME})?", re.ASCII)
_TIME_ONLY = re.compile(_TIME, re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant in the respondent's zone; when `dated` it stands for its whole local day."""

    instant: datetime
    dated: bool

    def days(self) -> float:
        """Days since 1970-01-01: whole ones for a date, with the fraction of the UTC day otherwise."""
        if self.dated:
            return float(self.instant.toordinal() - EPOCH_DAY)
        return self.exact_days()

    def exact_days(self) -> float:
        """Days since 1970-01-01T00:00Z of the instant; a date counts from its local midnight."""
        return (self.instant - EPOCH) / DAY

    def text(self) -> str:
        """ISO 8601: 2026-03-10 or 2026-03-10T09:30:00.000+01:00."""
        if self.dated:
            return self.instant.date().isoformat()
        return self.instant.isoformat(timespec="milliseconds")


def read_moment(text: str, zone: tzinfo) -> Moment | None:
    """The date or date and time that `text` says, in `zone` where it names none."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        if match["hour"] is None:
            return Moment(datetime(day.year, day.month, day.day, tzinfo=zone), dated=True)
        return Moment(_at_time(day, match, zone), dated=False)
    except (ValueError, OverflowError):
        return None


def moment_of_days(days: float, zone: tzinfo) -> Moment | None:
    """The instant so many days after 1970-01-01T00:00Z."""
    if not isfinite(days):
        return None
    try:
        return Moment((EPOCH + timedelta(milliseconds=round(days * 86_400_000))).astimezone(zone), dated=False)
    except OverflowError:
        return None


def date_of_days(days: float, zone: tzinfo) -> Moment | None:
    """The date with the day number `days`; with a fraction, the local date of that instant."""
    if not isfinite(days) or days != int(days):
        found = moment_of_days(days, zone)
        return None if found is None else Moment(found.instant, dated=True)
    try:
        day = date.fromordinal(int(days) + EPOCH_DAY)
    except (ValueError, OverflowError):
        return None
    return Moment(datetime(day.year, day.month, day.day, tzinfo=zone), dated=True)


def read_time(text: str, zone: tzinfo) -> float | None:
    """The fraction of the local day that a time such as 08:30:00.000+01:00 stands for."""
    match = _TIME_ONLY.fullmatch(text)
    if match is None:
        return None
    try:
        clock = _clock(EPOCH.date(), match, zone)
    except (ValueError, OverflowError):
        return None
    return fraction_of_day(clock if _is_offset_of(zone, clock) else clock.astimezone(zone))


def fraction_of_day(instant: datetime) -> float:
    """How much of its local day has passed, 0 to 1."""
    clock = timedelta(
        hours=instant.hour, minutes=instant.minute, seconds=instant.second, microseconds=instant.microsecond
    )
    return clock / DAY


def _at_time(day: date, match: re.Match[str], zone: tzinfo) -> datetime:
    return _clock(day, match, zone).astimezone(zone)


def _clock(day: date, match: re.Match[str], zone: tzinfo) -> datetime:
    """The time as it is written, in the zone that it names."""
    microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    said = _offset(match["zone"]) or zone
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    return datetime(day.year, day.month, day.day, hour, minute, second, microsecond, tzinfo=said)


def _is_offset_of(zone: tzinfo, clock: datetime) -> bool:
    """Whether the clock goes as in `zone` in winter or summer: a time without a date does not say which."""
    offsets = {datetime(_ANY_YEAR, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)}
    return clock.utcoffset() in offsets


def _offset(zone: str | None) -> tzinfo | None:
    if zone is None:
        return None
    if zone == "Z":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if minutes > 59:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(zone)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if zone[0] == "-" else offset)

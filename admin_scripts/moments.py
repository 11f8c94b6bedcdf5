"""Days and times as a coordinator types and reads them, by the clock on the wall of the survey's time zone."""

from contextlib import suppress
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from admin_scripts.refusal import Refused

YEARS = range(2000, 2200)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def moment(text: str, timezone: str, at: time) -> datetime | None:
    """A day (then it is `at` on that day) or a day and a time, ISO; "" is none.

    In the survey's time zone, and of that zone unless the text has an offset of its own. A time that the clocks leave
    out in spring is refused.
    """
    if not text:
        return None
    zone = ZoneInfo(timezone)
    with suppress(ValueError):
        return _of_our_time(datetime.combine(date.fromisoformat(text), at, zone), text)
    try:
        found = _of_our_time(datetime.fromisoformat(text), text)
    except ValueError as error:
        raise Refused(f"'{text}' is no date. Write it as 2026-12-01 or 2026-12-01T09:00.") from error
    return found.astimezone(zone) if found.tzinfo else _on_the_wall(found.replace(tzinfo=zone), text)


def _of_our_time(found: datetime, text: str) -> datetime:
    """Calendars and clocks end somewhere, and a year that was mistyped is no deadline."""
    if found.year not in YEARS:
        raise Refused(f"'{text}' is of the year {found.year}. Give one between {YEARS[0]} and {YEARS[-1]}.")
    return found


def _on_the_wall(found: datetime, text: str) -> datetime:
    """The moment, unless the clocks go forward over it."""
    really = found.astimezone(UTC).astimezone(found.tzinfo)
    if really.replace(tzinfo=None) != found.replace(tzinfo=None):
        raise Refused(
            f"There is no '{text}' in {found.tzinfo}: the clocks go forward then, to {really:%H:%M}. Give another time."
        )
    return found


def day_of(when: datetime, zone: ZoneInfo) -> str:
    """As "Tuesday 2026-12-01"."""
    local = when.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d}"


def shown(when: datetime, zone: ZoneInfo) -> str:
    """As "Tuesday 2026-12-01, 09:30"."""
    return f"{day_of(when, zone)}, {when.astimezone(zone):%H:%M}"

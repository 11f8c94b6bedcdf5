"""The complete questionnaires of each day of the field period, or of each week of a long one, as a small chart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from admin_scripts.screen import counted
from admin_scripts.status_section import Section
from storage.surveys import Survey

MOST_DAYS = 31
"""A longer period is shown by weeks."""

BAR = 24
"""The longest bar, in characters."""

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a week: what came in during it, what had come in by its end, and the waves that ran in it."""

    label: str
    number: int
    total: int
    waves: tuple[str, ...]


def period(survey: Survey, now: datetime) -> tuple[date, date]:
    """The first and the last day of the field period so far, as it was opened and closed."""
    ends = [end for end in (survey.closed_at, survey.closes_at, now) if end is not None]
    begin = survey.opened_at or survey.opens_at or now
    return min(begin, now).astimezone(survey.zone).date(), min(ends).astimezone(survey.zone).date()


def spans(days: Mapping[date, int], waves: Mapping[str, date], first: date, last: date) -> list[Span]:
    """Every day from the first to the last, or every week, those without any too; and whatever was before and after."""
    total = 0
    found = []
    for label, begin, end in _cut(min([first, *days, *waves.values()]), max([last, *days, *waves.values()])):
        number = sum(n for day, n in days.items() if begin <= day < end)
        total += number
        found.append(Span(label, number, total, tuple(name for name, day in waves.items() if begin <= day < end)))
    return found


def _cut(begin: date, end: date) -> Iterator[tuple[str, date, date]]:
    is_long = (end - begin).days >= MOST_DAYS
    at, step = (begin - begin.weekday() * DAY, WEEK) if is_long else (begin, DAY)
    while at <= end:
        yield f"week of {at}" if is_long else f"{at:%a} {at}", at, at + step
        at += step


def days_section(found: Sequence[Span], *, not_complete: int) -> Section:
    """A line for each; so many of the responses are of people who are not eligible or said no inside."""
    most = max((span.number for span in found), default=0)
    rows = [(s.label, str(s.number), str(s.total), f"{_bar(s.number, most)} {', '.join(s.waves)}") for s in found]
    others = f"{counted(not_complete, 'response', 'responses')} of people who are not eligible, or said no inside"
    notes = (f"Counted over time, by wave and language only: {others}.",) if not_complete else ()
    return Section("Complete over time", ("", "Complete", "In all", ""), rows, notes)


def _bar(number: int, most: int) -> str:
    """Never empty but for none at all."""
    return "█" * -(-number * BAR // most) if number else ""

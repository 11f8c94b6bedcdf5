"""Date: a day of the calendar, stored as YYYY-MM-DD.

Read are 10/3/2026, 10.3.2026, 10-3-26, 2026-03-10, 10 marzo 2026, March 10, 2026, oggi, ieri; a day of the week
beside them is passed over. The day stands before the month in every language; only where that is no date (3/25/2026)
the month comes first. Two digits of a year are at most ten years ahead of today, otherwise in the past (in 2026: 36
is 2036, 37 is 1937). Without a year it is the nearest such day, of two equally near the past one; the year before or
after, if only that one is accepted. With the appearance `month-year` the day is not asked for and stored as the
first; with `year` neither is the month.
"""

from datetime import date

from conversations.answers.asked import Asked, Slip
from conversations.answers.calendar_words import find_day, month_name
from conversations.answers.cleaning import folded
from conversations.answers.days import Least, find_date, find_named

EXAMPLE = date(2026, 12, 31)
"""The day that the hint of a question shows."""


def read(asked: Asked, text: str) -> str | Slip:
    """Read a date, or a month, or a year, as the appearance asks."""
    day = find_day(folded(text), asked.language, asked.today)
    if day:
        return _trimmed(asked, day).isoformat()
    named = find_named(text, asked.language, _least(asked))
    if not named:
        return Slip(_advice(asked))
    day = find_date(named, asked.today)
    if not day:
        return Slip(asked.phrases.say("That day is not in the calendar.") + " " + _advice(asked))
    return _trimmed(asked, day).isoformat()


def years_beside(asked: Asked, text: str) -> tuple[str, ...]:
    """The same day a year earlier and later, where the text names none: for who refuses the nearest."""
    named = find_named(text, asked.language, _least(asked))
    nearest = find_date(named, asked.today) if named and not named.year else None
    if not named or not nearest:
        return ()
    beside = (find_date(named._replace(year=str(year)), asked.today) for year in (nearest.year - 1, nearest.year + 1))
    return tuple(day.isoformat() for day in beside if day)


def show(asked: Asked, value: str) -> str:
    """Show "10 marzo 2026", "marzo 2026" or "2026"."""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return value
    return show_day(asked, day)


def show_day(asked: Asked, day: date) -> str:
    """Show a day as long as the appearance asks for it."""
    month = month_name(day.month, asked.language)
    if "year" in asked.appearance:
        return str(day.year)
    if "month-year" in asked.appearance:
        return asked.phrases.say("{month} {year}", month=month, year=day.year)
    return asked.phrases.say("{day} {month} {year}", day=day.day, month=month, year=day.year)


def _least(asked: Asked) -> Least:
    if "year" in asked.appearance:
        return "year"
    return "month" if "month-year" in asked.appearance else "day"


def _trimmed(asked: Asked, day: date) -> date:
    if "year" in asked.appearance:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if "month-year" in asked.appearance else day


def _advice(asked: Asked) -> str:
    example = show_day(asked, EXAMPLE)
    if "year" in asked.appearance:
        return asked.phrases.say("Please write a year, for example {example}.", example=example)
    if "month-year" in asked.appearance:
        return asked.phrases.say("Please write a month and a year, for example {example}.", example=example)
    short = asked.phrases.say("31/12/2026")
    return asked.phrases.say("Please write a date, for example {short} or {long}.", short=short, long=example)

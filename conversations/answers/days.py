"""Days as people name them: in digits or with the month in words, with or without a year."""

import re
from datetime import date
from typing import Literal, NamedTuple

from conversations.answers.calendar_words import find_month, is_weekday
from conversations.answers.cleaning import folded, plain_digits

YEARS_AHEAD = 10
NEAREST = 8  # years within which every day of the calendar occurs, 29 February too

LONGEST_NUMBER = 4
DECEMBER = 12

_DIGITS = re.compile(r"(\d{1,4})(?: ?[-/. ] ?(\d{1,4}))?(?: ?[-/. ] ?(\d{1,4}))?\.?")
_TOKEN = re.compile(r"[^\W\d]+|\d+")
_YEAR = re.compile(r"[1-9]\d{3}|\d\d|")
_FULL_YEAR = re.compile(r"[1-9]\d{3}")
_FILLERS = frozenset({"il", "l", "lo", "del", "dell", "di", "the", "of", "on", "st", "nd", "rd", "th", "o"})


Least = Literal["day", "month", "year"]
"""What at least has to be named."""


class Named(NamedTuple):
    """A day as it was named, perhaps impossible; `year` has four digits, two, or none."""

    year: str
    month: int
    day: int


def find_named(text: str, language: str, least: Least) -> Named | None:
    """Find the day named; where a month or a year is enough, its first day."""
    named = _in_digits(text, least) or _in_words(text, language, least)
    return named if named and _YEAR.fullmatch(named.year) else None


def find_date(named: Named, today: date) -> date | None:
    """Find the date; without a year the nearest, of two equally near the past one. None when there is no such day."""
    years = [_full_year(named.year, today)] if named.year else range(today.year - NEAREST, today.year + NEAREST + 1)
    dates = [found for year in years if (found := _calendar_day(year, named.month, named.day))]
    return min(dates, key=lambda found: (abs(found - today), found), default=None)


def _in_digits(text: str, least: Least) -> Named | None:
    found = _DIGITS.fullmatch(plain_digits(text))
    numbers = [number for number in found.groups() if number] if found else []
    match numbers[::-1] if numbers and _FULL_YEAR.fullmatch(numbers[0]) else numbers:
        case [day, month, year]:
            return Named(year, *_month_and_day(day, month))
        case [day, month] if least == "day":
            return Named("", *_month_and_day(day, month))
        case [month, year] if least != "day":
            return Named(year, int(month), 1)
        case [year] if least == "year":
            return Named(year, 1, 1)
    return None


def _month_and_day(first: str, second: str) -> tuple[int, int]:
    """Take the day first, unless only the other way round is a date."""
    day, month = int(first), int(second)
    return (day, month) if day <= DECEMBER < month else (month, day)


def _in_words(text: str, language: str, least: Least) -> Named | None:
    said = [token for token in _TOKEN.findall(folded(text)) if token not in _FILLERS]
    tokens = [token for token in said if not is_weekday(token, language)]
    months = [find_month(token, language) for token in tokens if not token.isdecimal()]
    numbers = [token for token in tokens if token.isdecimal() and len(token) <= LONGEST_NUMBER]
    if len(months) != 1 or not months[0] or len(numbers) != len(tokens) - 1:
        return None
    match sorted(numbers, key=lambda number: _FULL_YEAR.fullmatch(number) is None):
        case [year, day] if _FULL_YEAR.fullmatch(year):
            return Named(year, months[0], int(day))
        case [day, year]:
            return Named(year, months[0], int(day))
        case [day] if least == "day":
            return None if _FULL_YEAR.fullmatch(day) else Named("", months[0], int(day))
        case [*year] if len(year) <= 1 and least != "day":
            return Named("".join(year), months[0], 1)
    return None


def _full_year(year: str, today: date) -> int:
    if _FULL_YEAR.fullmatch(year):
        return int(year)
    latest = today.year + YEARS_AHEAD
    return latest - (latest - int(year)) % 100


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""The words for days and months: those of the respondent's language, and the English ones."""

from datetime import date, timedelta
from functools import cache

from conversations.answers.cleaning import folded
from conversations.phrases import N_, phrases_for

SHORTEST_MONTH = 3

_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_DAYS = (
    (N_("the day before yesterday"), -2),
    (N_("yesterday"), -1),
    (N_("today"), 0),
    (N_("tomorrow"), 1),
    (N_("the day after tomorrow"), 2),
)


def month_name(month: int, language: str) -> str:
    """Name a month, 1 to 12, as it stands within a date."""
    return phrases_for(language).say(_MONTHS[month - 1])


def weekday_name(day: date, language: str) -> str:
    """Name the day of the week, as it stands within a date."""
    return phrases_for(language).say(_WEEKDAYS[day.weekday()])


def weekday_initials(starts: int, language: str) -> list[str]:
    """The days of the week by two letters each, from day `starts` on; Monday is 0."""
    return [phrases_for(language).say(_WEEKDAYS[(starts + day) % 7])[:2] for day in range(7)]


def find_month(word: str, language: str) -> int | None:
    """Find the month that a folded word names or begins, from three letters on: "marzo", "mar", "sept"."""
    months = {month for name, month in _month_keys(phrases_for(language).language) if name.startswith(word)}
    return months.pop() if len(word) >= SHORTEST_MONTH and len(months) == 1 else None


def is_weekday(word: str, language: str) -> bool:
    """Whether a folded word names or begins a day of the week, from three letters on, and no month: "lunedi", "gio"."""
    names = _weekday_keys(phrases_for(language).language)
    is_begun = len(word) >= SHORTEST_MONTH and any(name.startswith(word) for name in names)
    return is_begun and find_month(word, language) is None


def find_day(words: str, language: str, today: date) -> date | None:
    """Find the day that folded words name: "oggi", "yesterday"."""
    away = _day_keys(phrases_for(language).language).get(words)
    return None if away is None else today + timedelta(days=away)


@cache
def _month_keys(language: str) -> tuple[tuple[str, int], ...]:
    spoken = {phrases_for("en"), phrases_for(language)}
    return tuple((folded(p.say(name)), month) for p in spoken for month, name in enumerate(_MONTHS, start=1))


@cache
def _weekday_keys(language: str) -> frozenset[str]:
    return frozenset(folded(p.say(name)) for p in (phrases_for("en"), phrases_for(language)) for name in _WEEKDAYS)


@cache
def _day_keys(language: str) -> dict[str, int]:
    spoken = {phrases_for("en"), phrases_for(language)}
    return {folded(p.say(name)): away for p in spoken for name, away in _DAYS}

"""A moment in full words: "venerdì 18 dicembre 2026 alle 23:59"."""

from datetime import datetime, timedelta

from conversations.answers.calendar_words import month_name, weekday_name
from conversations.answers.time import show_time
from conversations.phrases import Phrases


def moment_in_words(moment: datetime, phrases: Phrases) -> str:
    """Day and time as a letter says them. Midnight ends a day here: few read it as a beginning."""
    if (moment.hour, moment.minute) == (0, 0):
        return phrases.say("{day} at midnight", day=_day_in_words(moment - timedelta(days=1), phrases))
    clock = show_time(moment.time().replace(second=0, microsecond=0))
    day = _day_in_words(moment, phrases)
    return phrases.count("{day} at {time}", "{day} at {time}", moment.hour, day=day, time=clock)


def _day_in_words(day: datetime, phrases: Phrases) -> str:
    weekday, month = weekday_name(day, phrases.language), month_name(day.month, phrases.language)
    named = {"weekday": weekday, "month": month, "year": day.year}
    return phrases.count("{weekday} {n} {month} {year}", "{weekday} {n} {month} {year}", day.day, **named)

"""A field period in small: who comes, and when the answers come in."""

from datetime import date, datetime, time, timedelta, tzinfo

from conversations.rehearsal.dice import Dice

DAYS = 14
"""Length of a rehearsed field period, the last day being yesterday."""

COMING = 0.78
"""Share of the people who come at all; the others are the non-contacts."""

_REMINDED = 7
_WEEKEND = 5
_HOURS = (8, 18)


def first_day(last: date) -> date:
    """The day on which the rehearsed period begins."""
    return last - timedelta(days=DAYS)


def moment_in(first: date, zone: tzinfo, dice: Dice) -> datetime:
    """When somebody is done: most on the first days and after a reminder, few at weekends, in the hours of offices."""
    days = [first + timedelta(days=number) for number in range(DAYS)]
    weights = [_weight(day, number) for number, day in enumerate(days)]
    drawn = dice() * sum(weights)
    day = days[-1]
    for one, weight in zip(days, weights, strict=True):
        if drawn < weight:
            day = one
            break
        drawn -= weight
    hour = _HOURS[0] + int(dice() * (_HOURS[1] - _HOURS[0]))
    return datetime.combine(day, time(hour, int(dice() * 60)), tzinfo=zone)


def _weight(day: date, number: int) -> float:
    since = number if number < _REMINDED else number - _REMINDED
    weight = 1 / (1 + since)
    return weight * 0.15 if day.weekday() >= _WEEKEND else weight

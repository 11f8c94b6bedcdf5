"""Dates and times: reading, counting and writing them."""

from collections.abc import Callable
from datetime import datetime
from math import nan

import regex

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.functions.specification import Function
from conversations.forms.xpath.moments import (
    Moment,
    date_of_days,
    fraction_of_day,
    moment_of_days,
    read_moment,
    read_time,
)
from conversations.forms.xpath.values import Value, string_of

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WRITERS: dict[str, Callable[[datetime], str]] = {
    "%": lambda _instant: "%",
    "3": lambda instant: f"{instant.microsecond // 1000:03}",
    "H": lambda instant: f"{instant.hour:02}",
    "M": lambda instant: f"{instant.minute:02}",
    "S": lambda instant: f"{instant.second:02}",
    "W": lambda instant: str(instant.isocalendar().week),
    "Y": lambda instant: f"{instant.year:04}",
    "a": lambda instant: _DAYS[instant.weekday()],
    "b": lambda instant: _MONTHS[instant.month - 1],
    "d": lambda instant: f"{instant.day:02}",
    "e": lambda instant: str(instant.day),
    "h": lambda instant: str(instant.hour),
    "m": lambda instant: f"{instant.month:02}",
    "n": lambda instant: str(instant.month),
    "y": lambda instant: f"{instant.year % 100:02}",
}


def _today(frame: Frame) -> Moment:
    return Moment(frame.context.now.replace(hour=0, minute=0, second=0, microsecond=0), dated=True)


def _now(frame: Frame) -> Moment:
    return Moment(frame.context.now, dated=False)


def _date(frame: Frame, value: Value) -> Value:
    """The date of a text, a day number or an instant; nothing for what is none of them."""
    if isinstance(value, float):
        return date_of_days(value, frame.zone) or nan
    moment = _moment_of(frame, value)
    return nan if moment is None else Moment(moment.instant, dated=True)


def _date_time(frame: Frame, value: Value) -> Value:
    """The instant of a text or a day number; a text without a time stays a date."""
    return _moment_of(frame, value) or nan


def _decimal_date_time(frame: Frame, value: Value) -> float:
    moment = _moment_of(frame, value)
    return nan if moment is None else moment.exact_days()


def _decimal_time(frame: Frame, value: Value) -> float:
    time = read_time(string_of(value), frame.zone)
    if time is not None:
        return time
    moment = _moment_of(frame, value)
    return nan if moment is None or moment.dated else fraction_of_day(moment.instant)


def _format_date(frame: Frame, value: Value, form: Value) -> str:
    moment = _moment_of(frame, value)
    if moment is None:
        return ""
    return str(regex.sub("%(.)", lambda match: _written(match[1], match[0], moment.instant), string_of(form)))


def _written(letter: str, whole: str, instant: datetime) -> str:
    writer = _WRITERS.get(letter)
    return whole if writer is None else writer(instant)


def _moment_of(frame: Frame, value: Value) -> Moment | None:
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return moment_of_days(value, frame.zone)
    return read_moment(string_of(value).strip(), frame.zone)


FUNCTIONS = {
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(_decimal_date_time, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
    "now": Function(_now, 0, 0, volatile=True),
    "today": Function(_today, 0, 0, volatile=True),
}

"""The four kinds of value of XPath and the dates of ODK: what each is worth as another kind."""

import re
from datetime import tzinfo
from decimal import Decimal
from math import inf, isinf, isnan, nan

from conversations.forms.xpath.moments import Moment, read_moment, read_time
from conversations.forms.xpath.nodes import Node

Value = str | float | bool | Moment | list[Node]

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SPACE = " \t\r\n"
_NUMERIC_TYPES = frozenset({"int", "decimal"})
_MAX_EXACT = 10**17


def string_of(value: Value) -> str:
    """The text: of the first node, numbers in their shortest form without exponent, NaN as nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, Moment):
        return value.text()
    return value[0].string() if value else ""


def number_of(value: Value, zone: tzinfo) -> float:
    """The number: dates as days since 1970, NaN for a text that is none."""
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, float):
        return value
    if isinstance(value, Moment):
        return value.days()
    if isinstance(value, str):
        return number_in(value, zone)
    return number_at(value[0], zone) if value else nan


def boolean_of(value: Value) -> bool:
    """The truth. Of nodes the value counts and not that they exist: a blank question is false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not isnan(value)
    if isinstance(value, list):
        return bool(value) and _is_true(value[0])
    return bool(value)


def number_at(node: Node, zone: tzinfo) -> float:
    """The number that the value of `node` is."""
    text = node.string()
    if node.datatype == "date":
        moment = read_moment(text, zone)
        if moment is not None:
            return moment.days()
    return number_in(text, zone)


def number_in(text: str, zone: tzinfo) -> float:
    """The number that `text` says; that of a date or time is its instant, a date beginning at local midnight."""
    text = text.strip(_SPACE)
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = read_moment(text, zone)
    return nan if moment is None else moment.exact_days()


def number_text(number: float) -> str:
    """The shortest decimal text that reads as `number` again; never an exponent, no trailing zeros."""
    if isnan(number):
        return ""
    if isinf(number):
        return "Infinity" if number == inf else "-Infinity"
    if number == int(number) and abs(number) < _MAX_EXACT:
        return str(int(number))
    text = f"{Decimal(repr(number)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def strings_of(value: Value) -> list[str]:
    """The text of every node, or of the one value."""
    return [node.string() for node in value] if isinstance(value, list) else [string_of(value)]


def comparable(left: Value, right: Value, zone: tzinfo) -> tuple[float, float]:
    """Both as numbers on one scale, for ordering and arithmetic.

    Two dates count whole days; a date beside an instant counts from its local midnight; two times are
    fractions of a day. A date as text counts as a date here, so that no hour of the zone slips into a sum.
    """
    mine, theirs = _datelike(left, zone), _datelike(right, zone)
    if isinstance(mine, Moment) and isinstance(theirs, Moment) and mine.dated != theirs.dated:
        return mine.exact_days(), theirs.exact_days()
    return _plain(mine, zone), _plain(theirs, zone)


def _datelike(value: Value, zone: tzinfo) -> Value:
    if isinstance(value, list):
        value = value[0].string() if value else ""
    if not isinstance(value, str):
        return value
    if value[4:5] == "-":
        return read_moment(value, zone) or value
    time = read_time(value, zone) if value[2:3] == ":" else None
    return value if time is None else time


def _plain(value: Value, zone: tzinfo) -> float:
    return value.days() if isinstance(value, Moment) else number_of(value, zone)


def _is_true(node: Node) -> bool:
    text = node.string()
    if node.datatype in _NUMERIC_TYPES and _NUMBER.fullmatch(text):
        return float(text) != 0
    if node.datatype == "boolean":
        return text not in {"", "0", "false"}
    return text.strip(_SPACE) != ""

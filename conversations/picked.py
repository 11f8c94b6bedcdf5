"""Dates and times that are put together press by press: the digits so far, and the value that they make when whole.

The digits are those of 2026-12-05T09:30, or of 09:30, from the left: 2026 is a year, 202612 one of its months. Three
stand for the ten years that begin so.
"""

from datetime import datetime

from conversations.forms import Control, ControlKind

DECADE, YEAR, MONTH, DAY, HOUR, MINUTE = 3, 4, 6, 8, 10, 12
HOUR_ALONE, TIME_ALONE = 2, 4
YEARS = range(1900, 2100)
"""Years that can be picked; all others can be typed."""

_FIRST_MOMENT = "200001010000"
_STEPS = (DECADE, YEAR, MONTH, DAY, HOUR, MINUTE)
_MIDNIGHT = "0000"


def whole_length(control: Control) -> int:
    """So many digits are an answer; 0 where nothing is picked."""
    if control.kind is ControlKind.TIME:
        return TIME_ALONE
    if control.kind not in (ControlKind.DATE, ControlKind.DATETIME) or "no-calendar" in control.appearance:
        return 0
    if control.kind is ControlKind.DATETIME:
        return MINUTE
    return YEAR if "year" in control.appearance else MONTH if "month-year" in control.appearance else DAY


def moment_of(control: Control, digits: str) -> datetime | None:
    """The first moment that begins with these digits; None where none does."""
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > whole_length(control):
        return None
    if control.kind is ControlKind.TIME:
        return _moment("20000101" + _filled(digits, _MIDNIGHT)) if len(digits) in {HOUR_ALONE, TIME_ALONE} else None
    return _moment(_filled(digits, _FIRST_MOMENT)) if len(digits) in _STEPS else None


def _filled(digits: str, rest: str) -> str:
    return digits + rest[len(digits) :]


def _moment(digits: str) -> datetime | None:
    try:
        moment = datetime.strptime(digits, "%Y%m%d%H%M")  # noqa: DTZ007 - of the wall, like every answer
    except ValueError:
        return None
    return moment if moment.year in YEARS else None


def value_of(control: Control, moment: datetime) -> str:
    """The moment as an answer is stored."""
    if control.kind is ControlKind.TIME:
        return moment.time().isoformat("milliseconds")
    return moment.date().isoformat() if control.kind is ControlKind.DATE else moment.isoformat("T", "milliseconds")


def digits_of(control: Control, value: str) -> str:
    """The digits that make a stored value; "" where none do."""
    digits = "".join(sign for sign in value if sign.isdecimal())[: whole_length(control)]
    return digits if moment_of(control, digits) is not None else ""

"""One figure as it is shown: the text for readers and the same number, equally rounded, for spreadsheets."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from admin_scripts.publication import Figure, Share
from admin_scripts.wording import Wording
from admin_scripts.wording.numbers import places_for
from admin_scripts.wording.terms import PERCENTAGES

DIFFERENCES = frozenset({"nps", "net", "duels"})


class Form(StrEnum):
    """How a spreadsheet writes the number."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"
    SIGNED = "signed"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` is `text` for programs, rounded to `places`; None where there is none. `bar` asks for one."""

    text: str
    number: float | None = None
    form: Form = Form.TEXT
    places: int = 0
    bar: bool = False


BLANK = Cell("")


def rounded(number: float, places: int) -> float:
    """As it is shown: halves away from zero."""
    return float(Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def count(wording: Wording, number: int) -> Cell:
    """People, or rows of a repeat."""
    return Cell(wording.whole(number), number, Form.COUNT)


def percent(wording: Wording, value: float, base: int, *, bar: bool = False) -> Cell:
    """A percentage of so many: without decimals under 100."""
    places = places_for(base)
    return Cell(wording.percent(value, base), rounded(value, places), Form.PERCENT, places, bar=bar)


def interval(wording: Wording, share: Share) -> Cell:
    """Its 95 % interval."""
    return Cell(wording.interval(share.low, share.high, share.base))


def figure(wording: Wording, one: Figure, base: int) -> Cell:
    """A median, a share, a difference of shares: each in its own way."""
    name = one.name.partition(":")[0]
    if name in PERCENTAGES:
        return percent(wording, one.value, base)
    if name in DIFFERENCES:
        places = places_for(base)
        return Cell(wording.signed(one.value, places), rounded(one.value, places), Form.SIGNED, places)
    places = 0 if float(one.value).is_integer() else 1
    return Cell(wording.figure(one.value), rounded(one.value, places), Form.NUMBER, places)


def figure_interval(wording: Wording, one: Figure, base: int) -> Cell:
    """Its 95 % interval, blank where there is none."""
    if one.low is None or one.high is None:
        return BLANK
    name = one.name.partition(":")[0]
    if name in PERCENTAGES:
        return Cell(wording.interval(one.low, one.high, base))
    ends = [_end(wording, name, end, base) for end in (one.low, one.high)]
    return Cell(wording.say("{low} to {high}", low=ends[0], high=ends[1]))


def _end(wording: Wording, name: str, end: float, base: int) -> str:
    return wording.signed(end, places_for(base)) if name in DIFFERENCES else wording.figure(end)

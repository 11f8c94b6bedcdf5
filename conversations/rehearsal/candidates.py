"""Answers worth trying at a question, in their stored form: edges of what its conditions say, and usual ones."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from conversations.forms import Control, ControlKind
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.hints import Hints
from conversations.rehearsal.patterns import text_fitting
from conversations.scale import scale_values

MOST_HINTS = 60
DRAWN = 8
"""Numbers by chance, for conditions that no edge satisfies."""

_WIDE = 10**9
_WORDS = ("Va bene", "A", "Prova di risposta", "https://example.org/a", "nome@example.org", "12345", "02 1234 5678")
_LONG = "Una risposta lunga, come capita. " * 12
_NUMBERS = (0, 1, 2, 3, 5, 10, 20, 40, 100, 1000, -1)
_DAYS = (0, -1, 1, -30, 30, -365, 365, -6700, -11000, -15000, -20000)
_TIMES = ("00:00", "08:30", "12:00", "18:45", "23:59")
_YEAR = Decimal("365.25")
_PLACES = ("45.4642 9.19 120 5", "41.9 12.5 20 10", "44.9 8.6 0 0")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may matter to an answer besides the question itself: the values of others, and the day."""

    hints: Hints
    others: Sequence[str]  # values, now, of the questions that it is compared with
    today: date
    dice: Dice


def candidates_for(control: Control, around: Surroundings) -> list[str]:
    """Answers to try, none twice; for choices only what the conditions name, since the rest is on offer."""
    maker = _MAKERS.get(control.kind)
    return list(dict.fromkeys(maker(control, around))) if maker else []


def _values(around: Surroundings) -> list[str]:
    return [*list(around.hints.values)[:MOST_HINTS], *around.others]


def _decimals(texts: Sequence[str]) -> list[Decimal]:
    found = []
    for text in texts:
        try:
            found.append(Decimal(text))
        except InvalidOperation:
            continue
    return [number for number in found if number.is_finite()]


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


def _numbers(around: Surroundings, steps: Sequence[Decimal]) -> Iterator[Decimal]:
    """The edges first: each number compared with and its neighbours; what is missing to a sum; then usual ones."""
    named = _decimals(list(around.hints.values)[:MOST_HINTS])
    others = _decimals(around.others)
    for number in (*named, *others):
        yield number
        for step in steps:
            yield number - step
            yield number + step
    if others:
        yield sum(others)  # type: ignore[misc]  # not empty
        yield from (number - sum(others) for number in named)
    yield from map(Decimal, _NUMBERS)
    widest = max((abs(number) for number in named if abs(number) < _WIDE), default=Decimal(50))
    yield from (Decimal(int(around.dice() * (2 * float(widest) + 20))) for _ in range(DRAWN))


def _integers(_: Control, around: Surroundings) -> Iterator[str]:
    for number in _numbers(around, (Decimal(1),)):
        yield str(int(number))
    for length in list(around.hints.lengths)[:MOST_HINTS]:
        yield from ("1" * size for size in (length - 1, length, length + 1) if 0 < size <= 15)  # noqa: PLR2004 - digits
    yield from _fitting(around)


def _decimal(_: Control, around: Surroundings) -> Iterator[str]:
    yield from map(_plain, _numbers(around, (Decimal(1), Decimal("0.5"))))
    yield "2.75"


def _range(control: Control, around: Surroundings) -> Iterator[str]:
    yield from scale_values(control.parameters, most=MOST_HINTS)
    ends = _decimals([control.parameters.get("start", "1"), control.parameters.get("end", "10")])
    step = (*_decimals([control.parameters.get("step", "1")]), Decimal(1))[0]
    yield from map(_plain, ends)
    yield from (_plain(end + step * way) for end in ends for way in (-1, 1))
    yield from map(_plain, _decimals(_values(around)))


def _text(_: Control, around: Surroundings) -> Iterator[str]:
    yield from _fitting(around)
    yield from _values(around)
    yield from _WORDS
    for length in list(around.hints.lengths)[:MOST_HINTS]:
        yield from (_of_length(size) for size in (length, length - 1, length + 1) if size > 0)
    yield from (str(number) for number in (1, 10, 100))
    yield _LONG


def _fitting(around: Surroundings) -> Iterator[str]:
    for pattern in around.hints.patterns:
        for length in list(around.hints.lengths)[:MOST_HINTS]:
            yield text_fitting(pattern, around.dice, length)
        yield from filter(None, (text_fitting(pattern, around.dice) for _ in range(3)))


def _of_length(size: int) -> str:
    return (_LONG * (size // len(_LONG) + 1))[:size].strip().ljust(min(size, 5000), "o")


def _date(_: Control, around: Surroundings) -> Iterator[str]:
    for day in _days(around):
        yield day.isoformat()


def _days(around: Surroundings) -> Iterator[date]:
    for text in _values(around):
        day = _day_in(text)
        if day is not None:
            yield from _shifted(day, (0, -1, 1))
    for number in _decimals(list(around.hints.values)[:MOST_HINTS]):
        if abs(number) <= 150:  # noqa: PLR2004 - an age in years, or days
            for days in (int(number * _YEAR), int(number)):
                yield from _shifted(around.today, (-days - 2, -days + 2, days))
    yield from _shifted(around.today, _DAYS)


def _day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _shifted(day: date, distances: Sequence[int]) -> Iterator[date]:
    for distance in distances:
        try:
            yield day + timedelta(days=distance)
        except OverflowError:
            continue


def _time(_: Control, around: Surroundings) -> Iterator[str]:
    yield from _TIMES
    for text in _values(around):
        try:
            at = datetime.fromisoformat(f"2026-01-01T{text[:5]}")
        except ValueError:
            continue
        yield from (f"{at + timedelta(minutes=minutes):%H:%M}" for minutes in (0, -1, 1))


def _moment(control: Control, around: Surroundings) -> Iterator[str]:
    for number, day in enumerate(_date(control, around)):
        yield f"{day}T{_TIMES[number % len(_TIMES)]}"


def _choices(_: Control, around: Surroundings) -> Iterator[str]:
    yield from _values(around)


def _places(_: Control, __: Surroundings) -> Iterator[str]:
    yield from (*_PLACES, "0 0 0 0")


def _lines(_: Control, __: Surroundings) -> Iterator[str]:
    yield ";".join(_PLACES)


def _files(control: Control, _: Surroundings) -> Iterator[str]:
    yield f"simulated-{control.kind.value}"


_MAKERS: dict[ControlKind, Callable[[Control, Surroundings], Iterator[str]]] = {
    ControlKind.TEXT: _text,
    ControlKind.BARCODE: _text,
    ControlKind.INTEGER: _integers,
    ControlKind.DECIMAL: _decimal,
    ControlKind.RANGE: _range,
    ControlKind.DATE: _date,
    ControlKind.TIME: _time,
    ControlKind.DATETIME: _moment,
    ControlKind.SELECT_ONE: _choices,
    ControlKind.SELECT_MULTIPLE: _choices,
    ControlKind.GEOPOINT: _places,
    ControlKind.GEOTRACE: _lines,
    ControlKind.GEOSHAPE: _lines,
    ControlKind.IMAGE: _files,
    ControlKind.AUDIO: _files,
    ControlKind.VIDEO: _files,
    ControlKind.FILE: _files,
}

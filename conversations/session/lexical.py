"""How a value of each type is written when it is stored; text that does not fit its type is told apart here."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

_DECIMAL = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?", re.ASCII)
_TIME = re.compile(_CLOCK.pattern + r"(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?", re.ASCII)
_ILLEGIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LARGEST = 2**31 - 1
_POLE = 90
_COORDINATES = range(2, 5)
_FEWEST_CORNERS = 3


def legible(text: str) -> str:
    """The text without the characters that neither an XML document nor a database can hold."""
    return _ILLEGIBLE.sub("", text)


def fitting(datatype: str, text: str) -> str | None:
    """`text` in the stored form of its type; None when it does not fit. Blank fits all."""
    reader = _READERS.get(datatype)
    return text if reader is None or not text else reader(text)


def coerced(datatype: str, text: str) -> str:
    """The result of an expression in the stored form of its type; blank when it does not fit."""
    if datatype == "date":
        return fitting(datatype, text[:10]) or ""
    return fitting(datatype, text) or ""


def _is_number(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def _whole(text: str) -> str | None:
    """A number without its fraction, as both reference engines keep it; 32 bits."""
    whole = math.trunc(Decimal(text)) if _is_number(text) else None
    return None if whole is None or not -_LARGEST - 1 <= whole <= _LARGEST else str(whole)


def _decimal(text: str) -> str | None:
    return shortest(Decimal(text)) if _is_number(text) else None


def shortest(number: Decimal) -> str:
    """A number without exponent and without zeros at its end."""
    return format(number.normalize(), "f") if number else "0"


def _date(text: str) -> str | None:
    """A day, be it of a moment without a zone."""
    day, _, hour = text.partition("T")
    if hour and not _CLOCK.fullmatch(hour):
        return None
    return day if _DATE.fullmatch(day) and _exists(date.fromisoformat, day) else None


def _time(text: str) -> str | None:
    return text if _TIME.fullmatch(text) and _exists(time.fromisoformat, text) else None


def _datetime(text: str) -> str | None:
    day, _, hour = text.partition("T")
    fits = _DATE.fullmatch(day) and _TIME.fullmatch(hour) and _exists(datetime.fromisoformat, text)
    return text if fits else None


def _exists(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _point(text: str) -> str | None:
    parts = text.split()
    if len(parts) not in _COORDINATES or not all(map(_is_number, parts)):
        return None
    latitude, longitude = float(parts[0]), float(parts[1])
    is_nowhere = latitude == longitude == 0  # what devices say that do not know where they are
    if is_nowhere or abs(latitude) > _POLE or abs(longitude) > 2 * _POLE:
        return None
    return " ".join([*parts[:2], *(str(float(part)) for part in parts[2:])])


def _trace(text: str) -> str | None:
    """A way from one place to another."""
    corners = _corners(text)
    return text if len(corners) > 1 and corners[0] != corners[-1] else None


def _shape(text: str) -> str | None:
    """A line that comes back to where it began."""
    corners = _corners(text)
    return text if len(corners) >= _FEWEST_CORNERS and corners[0] == corners[-1] else None


def _corners(text: str) -> list[tuple[float, float]]:
    """Latitude and longitude of the points joined by semicolons; none when one is no point."""
    points = [point.split() for point in text.strip().removesuffix(";").split(";")]
    if not all(_point(" ".join(point)) for point in points):
        return []
    return [(float(point[0]), float(point[1])) for point in points]


def _boolean(text: str) -> str | None:
    return text if text in {"true", "false", "1", "0"} else None


_WHOLE_TYPES = frozenset({"int", "integer", "long", "short"})
_READERS: dict[str, Callable[[str], str | None]] = {
    **dict.fromkeys(_WHOLE_TYPES, _whole),
    "decimal": _decimal,
    "double": _decimal,
    "float": _decimal,
    "date": _date,
    "time": _time,
    "dateTime": _datetime,
    "boolean": _boolean,
    "geopoint": _point,
    "geotrace": _trace,
    "geoshape": _shape,
}

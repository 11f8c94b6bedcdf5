"""How a value of each type is written when it is stored; text that does not fit its type is told apart here."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

_WHOLE = re.compile(r"[+-]?\d{1,10}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?", re.ASCII)
_LARGEST = 2**31 - 1
_COORDINATES = range(2, 5)


def fitting(datatype: str, text: str) -> str | None:
    """`text` in the stored form of its type; None when it does not fit. Blank fits all."""
    reader = _READERS.get(datatype)
    return text if reader is None or not text else reader(text)


def coerced(datatype: str, text: str) -> str:
    """The result of an expression in the stored form of its type; blank when it does not fit."""
    if datatype in _WHOLE_TYPES and _is_number(text):
        return fitting(datatype, str(math.trunc(float(text)))) or ""
    if datatype == "date":
        return fitting(datatype, text[:10]) or ""
    return fitting(datatype, text) or ""


def _is_number(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def _whole(text: str) -> str | None:
    fits = _WHOLE.fullmatch(text) and -_LARGEST - 1 <= int(text) <= _LARGEST
    return str(int(text)) if fits else None


def _decimal(text: str) -> str | None:
    return shortest(Decimal(text)) if _is_number(text) else None


def shortest(number: Decimal) -> str:
    """A number without exponent and without zeros at its end."""
    return format(number.normalize(), "f") if number else "0"


def _date(text: str) -> str | None:
    return text if _DATE.fullmatch(text) and _exists(date.fromisoformat, text) else None


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
    return text if abs(latitude) <= 90 and abs(longitude) <= 180 else None  # noqa: PLR2004 - the globe


def _line(text: str) -> str | None:
    points = [point for point in text.split(";") if point.strip()]
    return text if points and all(_point(point) for point in points) else None


def _boolean(text: str) -> str | None:
    return {"true": "true", "1": "true", "false": "false", "0": "false"}.get(text)


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
    "geotrace": _line,
    "geoshape": _line,
}

"""Points of the Earth in what people write: coordinates in the usual ways, and the links of map services."""

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from conversations.answers.cleaning import plain_digits

POLE = 90
DATE_LINE = 180
LONGEST_POINT = 120
"""Characters of one point as it is written; links may be longer."""


class Point(NamedTuple):
    """In degrees; altitude and accuracy in metres, 0 where they are not known."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0

    @property
    def exists(self) -> bool:
        """Whether there is such a place; 0, 0 is what devices say that do not know where they are."""
        is_somewhere = any(self[:2]) and abs(self.latitude) <= POLE and abs(self.longitude) <= DATE_LINE
        return all(map(math.isfinite, self)) and is_somewhere


def stored(point: Point) -> str:
    """As XForms keep it: "latitude longitude altitude accuracy"."""
    latitude, longitude = (_plain(angle) for angle in point[:2])
    altitude, accuracy = (str(round(length, 1)) for length in point[2:])
    return f"{latitude} {longitude} {altitude} {accuracy}"


def shown(value: str) -> str:
    """A stored point as people read it; what is none, as it is."""
    point = find_point(value)
    if point is None:
        return value
    about = f" (± {_plain(math.ceil(point.accuracy))} m)" if point.accuracy else ""
    return f"{point.latitude:.5f}, {point.longitude:.5f}{about}"


def find_points(text: str) -> tuple[Point, ...]:
    """The points that a text is made of, parted by semicolons or on lines of their own; () when it is anything else."""
    links = _LINK.findall(text)
    whole = find_point(text) if not links else None
    pieces = links or [piece for piece in re.split(r"[;\n]", text) if piece.strip()]
    points = [whole] if whole else [find_point(piece) for piece in pieces]
    found = tuple(point for point in points if point is not None)
    return found if len(found) == len(points) else ()


def find_point(text: str) -> Point | None:
    """The one point that a text or a link names."""
    linked = _LINK.search(text)
    points = _in_link(unquote(linked[0])) if linked else _written(text)
    return next((point for point in points if point.exists), None)


def _plain(number: float) -> str:
    text = f"{number:.7f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# ---------------------------------------------------------------- links

_LINK = re.compile(r"(?:https?://|geo:)\S+", re.IGNORECASE)
_PAIR = r"(-?\d{1,3}(?:\.\d{1,20})?),[+ ]?(-?\d{1,3}(?:\.\d{1,20})?)"
_IN_LINKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"!3d(-?\d{1,3}(?:\.\d{1,20})?)!4d(-?\d{1,3}(?:\.\d{1,20})?)",  # Google: the place, not the middle of the map
        r"[?&#]mlat=(-?[\d.]{1,20})&mlon=(-?[\d.]{1,20})",  # OpenStreetMap: the marker
        rf"[?&](?:q|query|coordinate|destination|daddr)=(?:loc:)?{_PAIR}",
        rf"[?&](?:ll|sll|center|cp)={_PAIR}",
        rf"/(?:place|search|dir/)/?{_PAIR}",
        rf"^geo:{_PAIR}",
        rf"/@{_PAIR}",
        r"map=[\d.]{1,6}/(-?[\d.]{1,20})/(-?[\d.]{1,20})",
    )
)


def _in_link(link: str) -> Iterator[Point]:
    for pattern in _IN_LINKS:
        if found := pattern.search(link):
            numbers = [_number(part) for part in found.groups()]
            yield Point(*numbers)


def _number(text: str) -> float:
    """NaN, which is no place, for what only looks like a number."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


# ---------------------------------------------------------------- coordinates

_SAME = str.maketrans(
    {"−": "-", "–": "-", "º": "°", "˚": "°", "’": "'", "′": "'", "´": "'", "”": '"', "“": '"', "″": '"'}
)
_NAMES = re.compile(r"\b(?:lat(?:itudine|itude)?|lon(?:gitudine|gitude|g)?)\b\.?[ :=]*", re.IGNORECASE)
_METRES = r"(?: +(-?\d{1,6}(?:\.\d{1,9})?))?(?: +(\d{1,7}(?:\.\d{1,9})?))?(?: ?\(± ?(\d{1,7}) ?m\))?"
_POINTED = r"(-?\d{1,3}(?:\.\d{1,20})?)"
_COMMAED = r"(-?\d{1,3},\d{1,20})"
_PAIRS = (
    re.compile(rf"{_POINTED} ?(?:[; ]|, ) ?{_POINTED}{_METRES}"),
    re.compile(rf"(-?\d{{1,3}}\.\d{{1,20}}),{_POINTED}{_METRES}"),
    re.compile(rf"{_COMMAED} ?[,; ] ?{_COMMAED}"),
)
_SIDE = "[NSEWO]"
_NORTH_SOUTH = ("N", "S")
_ANGLE = (
    r"(-?\d{1,3}(?:[.,]\d{1,20})?) ?°? ?"
    r"(?:(\d{1,2}(?:[.,]\d{1,20})?) ?' ?)?(?:(\d{1,2}(?:[.,]\d{1,20})?) ?(?:\"|'') ?)?"
)
_SIDED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<one>{_SIDE}) ?{_ANGLE} ?[,;]? ?(?P<other>{_SIDE}) ?{_ANGLE}",
        rf"{_ANGLE} ?(?P<one>{_SIDE}) ?[,;]? ?{_ANGLE} ?(?P<other>{_SIDE})",
    )
)
_LONE_DEGREE = re.compile(r" ?°(?= ?[,;]|$)")


def _written(text: str) -> Iterator[Point]:
    plain = " ".join(_NAMES.sub("", plain_digits(text[: 4 * LONGEST_POINT]).translate(_SAME)).split()).strip("()[] ")
    if len(plain) > LONGEST_POINT or len(text) > 4 * LONGEST_POINT:
        return
    if "±" in plain and not plain.endswith(")"):
        plain += ")"
    for pattern in _PAIRS:
        if found := pattern.fullmatch(_LONE_DEGREE.sub("", plain)):
            latitude, longitude, *lengths = (_number(part or "0") for part in found.groups())
            altitude, accuracy, about = (*lengths, 0.0, 0.0, 0.0)[:3]
            yield Point(latitude, longitude, altitude, accuracy or about)
    for pattern in _SIDED:
        if found := pattern.fullmatch(plain):
            yield from _between(found)


def _between(found: re.Match[str]) -> Iterator[Point]:
    """Two angles with their sides, in whichever order."""
    one, other = found["one"].upper(), found["other"].upper()
    skipped = {found.re.groupindex["one"], found.re.groupindex["other"]}
    parts = [found[number] or "0" for number in range(1, found.re.groups + 1) if number not in skipped]
    angles = _degrees(parts[:3], one), _degrees(parts[3:], other)
    if one in _NORTH_SOUTH and other not in _NORTH_SOUTH:
        yield Point(*angles)
    elif other in _NORTH_SOUTH and one not in _NORTH_SOUTH:
        yield Point(*reversed(angles))


def _degrees(angle: Sequence[str], side: str) -> float:
    degrees, minutes, seconds = map(_number, angle)
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return -size if side in ("S", "W", "O") or degrees < 0 else size

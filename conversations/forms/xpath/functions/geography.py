"""Places on the globe: distances, areas, whether a point lies inside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, cos, isnan, nan, radians, sin

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.functions.rounding import rounded
from conversations.forms.xpath.functions.specification import ANY, Function
from conversations.forms.xpath.values import Value, number_in, string_of, strings_of

EARTH_RADIUS = 6_378_100.0
_FEWEST, _MOST = 2, 4
_TRIANGLE = 3


@dataclass(frozen=True, slots=True)
class _Point:
    """Degrees."""

    latitude: float
    longitude: float


def _area(frame: Frame, value: Value) -> float:
    """Square metres inside the line through the points, closed if it is not; what is no line has nothing inside."""
    points = _points(frame, strings_of(value))
    if points is None or len(points) < _TRIANGLE:
        return 0.0
    total = sum(
        radians(end.longitude - start.longitude) * (2 + sin(radians(start.latitude)) + sin(radians(end.latitude)))
        for start, end in pairwise([*points, points[0]])
    )
    return rounded(abs(total) * EARTH_RADIUS**2 / 2, 2)


def _distance(frame: Frame, *values: Value) -> float:
    """Metres along the line through the points."""
    points = _points(frame, [text for value in values for text in strings_of(value)])
    if points is None or len(points) < _FEWEST:
        return nan
    return rounded(sum(_between(start, end) for start, end in pairwise(points)), 2)


def _between(start: _Point, end: _Point) -> float:
    if start == end:
        return 0.0
    latitude, other = radians(start.latitude), radians(end.latitude)
    turn = cos(radians(start.longitude - end.longitude))
    return acos(max(-1.0, min(1.0, sin(latitude) * sin(other) + cos(latitude) * cos(other) * turn))) * EARTH_RADIUS


def _geofence(frame: Frame, point: Value, area: Value) -> bool:
    """Whether the point lies inside the area, its edge counted by the usual rule of crossings."""
    points = _points(frame, [string_of(point)])
    corners = _points(frame, strings_of(area))
    if points is None or len(points) != 1 or corners is None or len(corners) <= _TRIANGLE:
        return False
    if corners[0] != corners[-1]:
        return False
    return sum(_crosses(points[0], start, end) for start, end in pairwise(corners)) % 2 == 1


def _crosses(point: _Point, start: _Point, end: _Point) -> bool:
    if (start.longitude > point.longitude) == (end.longitude > point.longitude):
        return False
    slope = (end.latitude - start.latitude) / (end.longitude - start.longitude)
    return point.latitude < start.latitude + slope * (point.longitude - start.longitude)


def _points(frame: Frame, texts: Sequence[str]) -> list[_Point] | None:
    """The points of "latitude longitude altitude accuracy" joined by semicolons; None if one is no point."""
    pieces = [piece for text in texts for piece in text.strip().removesuffix(";").split(";")]
    points = [_point(frame, piece.split()) for piece in pieces]
    return [point for point in points if point is not None] if None not in points else None


def _point(frame: Frame, numbers: list[str]) -> _Point | None:
    if not _FEWEST <= len(numbers) <= _MOST:
        return None
    latitude, longitude = (number_in(number, frame.zone) for number in numbers[:2])
    if isnan(latitude) or isnan(longitude) or abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004 - degrees
        return None
    return _Point(latitude, longitude)


FUNCTIONS = {
    "area": Function(_area, 1, 1),
    "distance": Function(_distance, 1, ANY),
    "enclosed-area": Function(_area, 1, 1),
    "geofence": Function(_geofence, 2, 2),
}

"""Geotrace and geoshape: points one after the other, stored with ";" between them; a shape ends where it begins."""

from collections.abc import Sequence

from conversations.answers.asked import Asked, Slip
from conversations.answers.coordinates import find_points, shown, stored
from conversations.answers.geopoint import nowhere
from conversations.forms import ControlKind

LEAST = {ControlKind.GEOTRACE: 2, ControlKind.GEOSHAPE: 3}
"""Points that a line or a shape has at least; the kinds are those whose answers are lines."""

SHOWN = 3
"""Points that are shown one by one; of a longer line the number is said."""


def read(asked: Asked, text: str) -> str | Slip:
    """Read all the points of it, parted by ";" or on lines of their own."""
    points = [stored(point) for point in find_points(text)]
    if not points:
        return Slip(nowhere(asked, text))
    return line_of(asked.kind, points) or Slip(too_few(asked))


def show(asked: Asked, value: str) -> str:
    """Show how many points there are, and the points of a short one."""
    points = points_of(asked.kind, value)
    listed = "; ".join(shown(point) for point in points)
    number = asked.phrases.count("{n} point", "{n} points", len(points))
    return f"{number}: {listed}" if len(points) <= SHOWN else number


def line_of(kind: ControlKind, points: Sequence[str]) -> str:
    """The value that stored points make; "" when there are too few of them."""
    distinct = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    if kind is ControlKind.GEOSHAPE:
        distinct = distinct[:-1] if len(distinct) > 1 and distinct[0] == distinct[-1] else distinct
        distinct = [*distinct, *distinct[:1]]
        return ";".join(distinct) if len(distinct) > LEAST[kind] else ""
    return ";".join(distinct) if len(distinct) >= LEAST[kind] else ""


def points_of(kind: ControlKind, value: str) -> tuple[str, ...]:
    """The points of a stored value; of a shape without the last, which is the first."""
    points = tuple(point.strip() for point in value.split(";") if point.strip())
    is_closed = kind is ControlKind.GEOSHAPE and len(points) > 1 and points[0] == points[-1]
    return points[:-1] if is_closed else points


def too_few(asked: Asked) -> str:
    """What is said to a line that is none."""
    return asked.phrases.say(
        "Please send at least {n} points, one after the other, or write their coordinates on lines of their own.",
        n=LEAST[asked.kind],
    )

"""Geopoint: a place on the map, stored as "latitude longitude altitude accuracy"."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.coordinates import find_point, shown, stored

EXAMPLE = "45.4642, 9.1900"


def read(asked: Asked, text: str) -> str | Slip:
    """Read "45.46, 9.19", "45,46 9,19", "45°27'N 9°11'E", a link of a map; with the side in letters, in any order."""
    point = find_point(text)
    if point is not None:
        return stored(point)
    return Slip(
        asked.phrases.say("Please send a place, or write its coordinates, for example {example}.", example=EXAMPLE)
    )


def show(_asked: Asked, value: str) -> str:
    """Show "45.46420, 9.19000", with a point in every language as maps write it."""
    return shown(value)

"""Geopoint: a place on the map, stored as "latitude longitude altitude accuracy"."""

import re

from conversations.answers.asked import Asked, Slip
from conversations.answers.coordinates import find_point, shown, stored

EXAMPLE = "45.4642, 9.1900"
_WORD = re.compile(r"[^\W\d_]{3}")


def read(asked: Asked, text: str) -> str | Slip:
    """Read "45.46, 9.19", "45,46 9,19", "45°27'N 9°11'E", a link of a map; with the side in letters, in any order."""
    point = find_point(text)
    return stored(point) if point is not None else Slip(nowhere(asked, text))


def nowhere(asked: Asked, text: str) -> str:
    """Why this text is no place: it is an address, or numbers that lead nowhere."""
    say = asked.phrases.say
    if _WORD.search(text):
        return say(
            "An address is not enough: coordinates are needed, for example {example}, "
            "or a position sent by your device.",
            example=EXAMPLE,
        )
    return say(
        "This point is not valid: please write latitude and longitude in degrees, for example {example}.",
        example=EXAMPLE,
    )


def show(_asked: Asked, value: str) -> str:
    """Show "45.46420, 9.19000", with a point in every language as maps write it."""
    return shown(value)

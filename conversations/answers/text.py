"""Text: kept as it was written; with the appearance `numbers` digits only (a telephone number, a postal code).

With `masked` it is kept as well, and never shown.
"""

import re

from conversations.answers.asked import Asked, Slip
from conversations.answers.cleaning import plain_digits

MASK = "••••••"

_SPACE = re.compile(r"\s")


def read(asked: Asked, text: str) -> str | Slip:
    """Keep the text; of `numbers` the digits, leading zeros too, without the spaces between them."""
    if "numbers" not in asked.appearance:
        return text
    digits = _SPACE.sub("", plain_digits(text))
    if digits.isdecimal():
        return digits
    return Slip(asked.phrases.say("Please write digits only, for example 0123."))


def show(asked: Asked, value: str) -> str:
    """Show what was written, or that something was."""
    return MASK if "masked" in asked.appearance else value

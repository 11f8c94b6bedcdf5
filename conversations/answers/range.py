"""Range: a number between the bounds that the author set, on one of the steps between them."""

from decimal import Decimal

from conversations.answers.asked import Asked, Slip
from conversations.answers.numbers import canonical, digits_of, read_number, show_number

MOST_DIGITS = 15  # as of a decimal
FULL = "★"
MOST_STARS = 10
_USUAL = {"start": "1", "end": "10", "step": "1"}


def read(asked: Asked, text: str) -> str | Slip:
    """Read a number; bounds and step are the parameters `start`, `end` and `step` (1, 10 and 1 when not given)."""
    number = read_number(_without_stars(text), asked.language)
    if number is None or not _is_on_the_scale(asked, number):
        return Slip(_bounds(asked))
    return canonical(number)


def show(asked: Asked, value: str) -> str:
    """Show the number with the decimal mark of the language; of a rating the stars as well."""
    shown = show_number(value, asked.language)
    is_rating = "rating" in asked.appearance and value.isdecimal() and len(value) <= len(str(MOST_STARS))
    return f"{FULL * int(value)} ({shown})" if is_rating and 0 < int(value) <= MOST_STARS else shown


def _without_stars(text: str) -> str:
    """Stars may be written instead of their number, or beside it."""
    rest = text.replace(FULL, "").strip(" ()☆")
    return rest or str(text.count(FULL))


def _scale(asked: Asked) -> tuple[Decimal, Decimal, Decimal]:
    start, end, step = (Decimal(asked.parameters.get(name, usual)) for name, usual in _USUAL.items())
    return start, end, abs(step)


def _is_on_the_scale(asked: Asked, number: str) -> bool:
    start, end, step = _scale(asked)
    if digits_of(number) > MOST_DIGITS or not min(start, end) <= Decimal(number) <= max(start, end):
        return False
    return (Decimal(number) - start) % step == 0


def _bounds(asked: Asked) -> str:
    scale = _scale(asked)
    low, high, step = (show_number(canonical(f"{n:f}"), asked.language) for n in (*sorted(scale[:2]), scale[2]))
    if step == "1" and scale[0] % 1 == 0:
        return asked.phrases.say("Please write a whole number from {low} to {high}.", low=low, high=high)
    return asked.phrases.say(
        "Please write a number from {low} to {high}, in steps of {step}.", low=low, high=high, step=step
    )

"""Range: a number between the bounds that the author set, on one of the steps between them."""

from decimal import Decimal

from conversations.answers.asked import Asked, Slip
from conversations.answers.numbers import canonical, is_too_long, read_number, show_number


def read(asked: Asked, text: str) -> str | Slip:
    """Read a number; bounds and step are the parameters `start`, `end` and `step` (1, 10 and 1 when not given)."""
    number = read_number(text, asked.language)
    if number is None or is_too_long(number) or not _is_on_the_scale(asked, Decimal(number)):
        return Slip(_bounds(asked))
    return canonical(number)


def show(asked: Asked, value: str) -> str:
    """Show the number with the decimal mark of the language."""
    return show_number(value, asked.language)


def _scale(asked: Asked) -> tuple[Decimal, Decimal, Decimal]:
    start, end, step = (Decimal(asked.parameters.get(name, usual)) for name, usual in _USUAL.items())
    return min(start, end), max(start, end), abs(step)


_USUAL = {"start": "1", "end": "10", "step": "1"}


def _is_on_the_scale(asked: Asked, number: Decimal) -> bool:
    low, high, step = _scale(asked)
    start = Decimal(asked.parameters.get("start", _USUAL["start"]))
    return low <= number <= high and (number - start) % step == 0


def _bounds(asked: Asked) -> str:
    low, high, step = (show_number(canonical(f"{bound:f}"), asked.language) for bound in _scale(asked))
    if step == "1":
        return asked.phrases.say("Please write a whole number from {low} to {high}.", low=low, high=high)
    return asked.phrases.say(
        "Please write a number from {low} to {high}, in steps of {step}.", low=low, high=high, step=step
    )

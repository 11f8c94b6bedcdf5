"""Decimal: a number in digits, with comma or point, at most 15 of them."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.numbers import canonical, digits_of, read_number, show_number

MOST_DIGITS = 15  # what the arithmetic of a questionnaire (IEEE doubles) keeps exactly


def read(asked: Asked, text: str) -> str | Slip:
    """Read "2,5" and "2.5"; in Italian "1.200" is 1200, in English 1.2 (and the other way round with a comma)."""
    number = read_number(text, asked.language)
    if number is None:
        example = show_number("2.5", asked.language)
        return Slip(asked.phrases.say("Please write a number in digits, for example {example}.", example=example))
    if digits_of(number) > MOST_DIGITS:
        return Slip(asked.phrases.say("That number is too long: at most {n} digits, please.", n=MOST_DIGITS))
    return canonical(number)


def show(asked: Asked, value: str) -> str:
    """Show the number with the decimal mark of the language."""
    return show_number(value, asked.language, grouped="thousands-sep" in asked.appearance)

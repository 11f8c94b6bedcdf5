"""Integer: a whole number in digits, at most nine of them."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.numbers import canonical, digits_of, read_number, show_number

MOST_DIGITS = 9  # as in ODK Collect: the integers of XForms have 32 bits


def read(asked: Asked, text: str) -> str | Slip:
    """Read "12", "+12", "1.200" (Italian), "1,200" (English), "1 200"; not "12.5", not "dodici"."""
    number = read_number(text, asked.language)
    if number is None or "." in number:
        return Slip(asked.phrases.say("Please write a whole number in digits, for example 12."))
    if digits_of(number) > MOST_DIGITS:
        return Slip(asked.phrases.say("That number is too long: at most {n} digits, please.", n=MOST_DIGITS))
    return canonical(number)


def show(asked: Asked, value: str) -> str:
    """Show the digits, thousands apart only where the author asks for it: "1200" might be a year."""
    return show_number(value, asked.language, grouped="thousands-sep" in asked.appearance)

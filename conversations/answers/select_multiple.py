"""Select multiple: the names of the choices that are meant, in the order of the list, joined by spaces."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.several import find_choices, joined, show_choices


def read(asked: Asked, text: str) -> str | Slip:
    """Read "1 3 4", "pareri, gare e altro", one a line; said twice counts once."""
    found = find_choices(asked, text)
    if isinstance(found, Slip):
        return found
    return " ".join(choice.name for choice in asked.choices if choice in found)


def show(asked: Asked, value: str) -> str:
    """Show the labels."""
    return joined(show_choices(asked, value))

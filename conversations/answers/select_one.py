"""Select one: the name of the choice that is meant."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.choosing import find_choice


def read(asked: Asked, text: str) -> str | Slip:
    """Read a label, a name, a number or a part of a label; `choosing` says in which order."""
    found = find_choice(asked, text)
    return found if isinstance(found, Slip) else found.name


def show(asked: Asked, value: str) -> str:
    """Show the label; a name that is not on offer any more is shown itself."""
    return next((choice.label for choice in asked.choices if choice.name == value), value)

"""Select one: the name of the choice that is meant."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.choosing import find_choice, no_choice
from conversations.answers.cleaning import folded
from conversations.session.walk import ChoiceItem


def read(asked: Asked, text: str) -> str | Slip:
    """Read a label, a name, a number or a part of a label; `choosing` says in which order."""
    found = _by_sign(asked, folded(text)) or find_choice(asked, text)
    return found if isinstance(found, Slip) else found.name


def show(asked: Asked, value: str) -> str:
    """Show the label; a name that is not on offer any more is shown itself."""
    return next((choice.label for choice in asked.choices if choice.name == value), value)


def _by_sign(asked: Asked, said: str) -> ChoiceItem | Slip | None:
    """Of a scale a number means what is shown under it, and no other number means anything."""
    signed = [(sign, choice) for sign, choice in zip(asked.signs, asked.choices, strict=False) if sign]
    means = (choice for sign, choice in signed if said in (sign, folded(f"{sign} {choice.label}")))
    found = next(means, None)
    return no_choice(asked, said) if found is None and signed and said.isdecimal() else found

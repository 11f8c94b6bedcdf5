"""Rank: the names of all choices, the most important first, joined by spaces."""

from conversations.answers.asked import Asked, Slip
from conversations.answers.choosing import listed
from conversations.answers.several import find_choices, joined, show_choices, without_numbering
from conversations.session.walk import ChoiceItem


def read(asked: Asked, text: str) -> str | Slip:
    """Read "2 1 3" (places in the order shown), or labels or names in order, every choice exactly once."""
    found = find_choices(asked, text)
    if isinstance(found, Slip):
        found = find_choices(asked, without_numbering(text))
    if isinstance(found, Slip):
        return found
    return _incomplete(asked, found) or " ".join(choice.name for choice in found)


def show(asked: Asked, value: str) -> str:
    """Show the labels with their ranks: "1. Norme, 2. Personale"."""
    return joined([f"{rank}. {label}" for rank, label in enumerate(show_choices(asked, value), start=1)])


def _incomplete(asked: Asked, found: list[ChoiceItem]) -> Slip | None:
    missing = tuple(choice for choice in asked.choices if choice not in found)
    twice = tuple(choice for choice in asked.choices if found.count(choice) > 1)
    if twice:
        said = asked.phrases.say(
            "Each choice has one place only; named more than once: {choices}.", choices=listed(twice)
        )
        return Slip(said)
    if missing:
        said = asked.phrases.say(
            "Please put all the choices in order; still missing: {choices}.", choices=listed(missing)
        )
        return Slip(said)
    return None

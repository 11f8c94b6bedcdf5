"""People, their words and links -> the cards of a survey, in the order in which they are handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.files import put_in_place
from admin_scripts.links import Links, invited
from admin_scripts.refusal import Refused
from admin_scripts.synthetic import refuse_synthetic
from conversations.letters import letter_language
from conversations.letters.card import card_words
from conversations.phrases import phrases_for
from storage.engine import snapshot
from storage.forms import load_definition
from storage.register import Participant
from storage.surveys import get_survey

if TYPE_CHECKING:
    from admin_scripts.card_sheets import Card

FIELDS = ("person_id", "name", "email", "language")
"""What the register has for everybody; every other column is an attribute."""


@dataclass(frozen=True, slots=True)
class Printed:
    """How many cards there are, how many people have none since they are not eligible.

    `nameless` are the ids that stand in place of names that cannot be written.
    """

    cards: int
    excluded: int
    nameless: list[str]


async def print_cards(  # noqa: PLR0913 - what is printed, where, for whom, how
    engine: AsyncEngine, name: str, path: Path, *, links: Links, secret: bytes, by: str, font: Path | None
) -> Printed:
    """Write the cards of a survey; all of them or none."""
    from admin_scripts.card_sheets import Card, write_cards  # noqa: PLC0415 - the library takes half a second

    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        refuse_synthetic(survey)
        form = await load_definition(connection, survey.form_hash)
        people, excluded = await invited(connection, survey.id)
    terms = survey.terms

    @cache
    def words(wish: str) -> tuple[str, str]:
        said = card_words(phrases_for(letter_language(form, wish, None)), terms.closes_at)
        return said.what_to_do, said.deadline

    def card(one: Participant) -> "Card":
        what_to_do, deadline = words(one.person.language)
        group = _column(one, by) if by else ""
        link = links.page(one.token(secret))
        return Card(one.person.person_id, one.person.name, group, terms.title, terms.sender, what_to_do, deadline, link)

    console = Console(stderr=True)
    drawn = track(
        sorted_by(people, by), "Drawing the cards", console=console, transient=True, disable=not console.is_terminal
    )
    nameless: list[str] = []
    put_in_place({path: lambda own: nameless.extend(write_cards(own, map(card, drawn), names=font))})
    return Printed(len(people), excluded, nameless)


def sorted_by(people: Sequence[Participant], by: str) -> list[Participant]:
    """By a column of the register and then by name; by name alone without one. Refused if nobody has the column."""
    columns = sorted({column for one in people for column in one.person.attributes})
    if by and by not in {*FIELDS, *columns}:
        raise Refused(f"The register has no column '{by}'. Sort by one of: {', '.join((*FIELDS, *columns))}.")
    return sorted(people, key=lambda one: (_column(one, by).casefold() if by else "", *_name_key(one)))


def _column(one: Participant, by: str) -> str:
    return str(getattr(one.person, by)) if by in FIELDS else one.person.attributes.get(by, "")


def _name_key(one: Participant) -> tuple[str, str]:
    return one.person.name.casefold(), one.person.person_id

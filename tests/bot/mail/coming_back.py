"""Which address a message of the tests' survey comes back to, and what became of it."""

from sqlalchemy import select

from bot.mail.verp import return_path
from storage.engine import snapshot
from storage.tables import participants
from storage.tokens import bounce_tag
from tests.bot.mail.conftest import BOUNCES
from tests.storage.field import SECRET, Field
from tests.storage.posted import states


async def way_back(field: Field, person: str = "P1", occasion: str = "w1") -> str:
    """The envelope sender of that message."""
    async with snapshot(field.engine) as connection:
        known = await connection.scalar(select(participants.c.id).where(participants.c.person_id == person))
    return return_path(BOUNCES, bounce_tag(SECRET, known, occasion))


async def fate(field: Field, person: str = "P1") -> tuple[str, str]:
    """The state of that person's message, and what is known of the address."""
    async with snapshot(field.engine) as connection:
        known = select(participants.c.undeliverable).where(participants.c.person_id == person)
        undeliverable = await connection.scalar(known)
    [(_, state, _)] = (await states(field))[person]
    return state.value, undeliverable


async def is_quiet(field: Field, person: str = "P1") -> bool:
    """Whether that person wants no more reminders."""
    async with snapshot(field.engine) as connection:
        known = select(participants.c.is_quiet).where(participants.c.person_id == person)
        return bool(await connection.scalar(known))

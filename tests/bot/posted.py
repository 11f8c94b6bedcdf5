"""Where the messages of the outbox stand, by person."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.due import Posting
from storage.engine import snapshot
from storage.tables import outbox, participants

_ALL = (
    select(participants.c.person_id, outbox.c.state, outbox.c.reason)
    .select_from(outbox.join(participants, participants.c.id == outbox.c.participant_id))
    .order_by(outbox.c.due_at)
)


async def postings(engine: AsyncEngine) -> list[tuple[str, Posting, str]]:
    """Who, where it stands, and why; the earliest first."""
    async with snapshot(engine) as connection:
        return [(who, Posting(state), reason) for who, state, reason in await connection.execute(_ALL)]


async def states(engine: AsyncEngine) -> dict[str, Posting]:
    """Person -> where the only message stands."""
    found = await postings(engine)
    states = {who: state for who, state, _ in found}
    assert len(states) == len(found), "somebody has two"
    return states

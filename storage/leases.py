"""Messages of the outbox that were left: by a process that died, by a clock that was wrong, by a survey that closed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.columns import Moment
from storage.due import Posting, Reason
from storage.engine import transaction
from storage.outbox import LEASE
from storage.tables import outbox, participants, surveys, waves

FARTHEST = timedelta(days=10)
"""No message has to wait longer; one that does was put off by a clock that has been put right since."""

_PAST_WAVES = select(waves.c.id).where(waves.c.planned_at <= bindparam("now", type_=Moment))
_FREE = update(outbox).where(
    or_(
        outbox.c.lease_until < bindparam("now", type_=Moment),
        outbox.c.lease_until > bindparam("never", type_=Moment),
    )
)
_PUT_OFF = (
    update(outbox)
    .where(
        outbox.c.channel.in_(("telegram", "email")),  # for the index
        outbox.c.state == Posting.QUEUED,
        outbox.c.due_at > bindparam("farthest", type_=Moment),
        or_(outbox.c.wave_id.is_(None), outbox.c.wave_id.in_(_PAST_WAVES)),
    )
    .values(due_at=bindparam("now", type_=Moment))
)
_IS_OPEN_AGAIN = exists(
    select(literal(1))
    .select_from(participants.join(surveys, surveys.c.id == participants.c.survey_id))
    .where(
        participants.c.id == outbox.c.participant_id,
        surveys.c.closed_at.is_(None),
        or_(surveys.c.closes_at.is_(None), surveys.c.closes_at > bindparam("now", type_=Moment)),
    )
)
_REOPENED = (
    update(outbox)
    .where(
        outbox.c.channel.in_(("telegram", "email")),  # for the index
        outbox.c.state == Posting.QUEUED,
        outbox.c.due_at > bindparam("now", type_=Moment),
        outbox.c.reason == Reason.SURVEY_OVER,
        _IS_OPEN_AGAIN,
    )
    .values(due_at=bindparam("now", type_=Moment), reason="")
)


@dataclass(frozen=True, slots=True)
class Freed:
    """How many messages of processes that died wait again, and of how many nobody knows whether they were sent."""

    queued: int
    doubtful: int


async def free_leases(engine: AsyncEngine, *, now: datetime) -> Freed:
    """Take back what processes that died have left: unsent messages wait again, the others are in doubt.

    What waited for a survey that is open again is due again.
    """
    async with transaction(engine) as connection:
        again = _FREE.where(outbox.c.state == Posting.CLAIMED).values(state=Posting.QUEUED, lease_until=None)
        doubt = _FREE.where(outbox.c.state == Posting.SENDING).values(
            state=Posting.DOUBT, lease_until=None, reason="the process ended while it was being sent"
        )
        await connection.execute(_PUT_OFF, {"now": now, "farthest": now + FARTHEST})
        await connection.execute(_REOPENED, {"now": now})
        times = {"now": now, "never": now + 2 * LEASE}
        queued, doubtful = [(await connection.execute(one, times)).rowcount for one in (again, doubt)]
        return Freed(queued, doubtful)

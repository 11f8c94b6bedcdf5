"""When a whole channel stands still: why and until when, and that it need not wait any longer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.due import Posting
from storage.engine import insert_unless_there, transaction
from storage.tables import outbox, rates

LONGEST_PAUSE = 3600.0
"""Seconds."""

HELD = "all wait: "
"""Begins the reason of a message that has met what holds up all the others as well."""

_ADD_RATE = insert_unless_there(rates)
_PAUSE = update(rates).where(rates.c.channel == bindparam("by"), rates.c.next_at < bindparam("until"))
_HELD = (outbox.c.state == Posting.QUEUED, outbox.c.reason.like(f"{HELD}%"))
_STANDING = (
    select(outbox.c.channel, outbox.c.reason, func.max(outbox.c.due_at))
    .where(*_HELD)
    .group_by(outbox.c.channel, outbox.c.reason)
    .order_by(outbox.c.channel, outbox.c.reason)
)


@dataclass(frozen=True, slots=True)
class Standstill:
    """Why no message leaves by a channel, and when it is tried again at the latest."""

    channel: str
    reason: str
    until: datetime


async def pause(connection: AsyncConnection, channel: str, seconds: float, *, now: datetime) -> None:
    """No process claims a message of this channel before that; at most an hour."""
    await connection.execute(_ADD_RATE[connection.dialect.name], {"channel": channel, "next_at": 0.0})
    until = now.timestamp() + min(seconds, LONGEST_PAUSE)
    await connection.execute(_PAUSE, {"by": channel, "until": until, "next_at": until})


async def standstills(connection: AsyncConnection) -> list[Standstill]:
    """What holds up whole channels, of whatever survey the message was that has met it."""
    return [
        Standstill(channel, reason.removeprefix(HELD), until)
        for channel, reason, until in await connection.execute(_STANDING)
    ]


async def lift(connection: AsyncConnection, channel: str, *, now: datetime) -> None:
    """Nobody waits any longer: what held them up may be put right."""
    at = now.timestamp()
    await connection.execute(update(rates).where(rates.c.channel == channel, rates.c.next_at > at).values(next_at=at))
    await connection.execute(update(outbox).where(outbox.c.channel == channel, *_HELD).values(due_at=now))


async def lift_now(engine: AsyncEngine, channel: str, *, now: datetime) -> None:
    """The same, in a transaction of its own."""
    async with transaction(engine) as connection:
        await lift(connection, channel, now=now)

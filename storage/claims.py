"""What was heard already: every thing heard is claimed in the transaction that acts on it.

A set and no high-water mark, since deliveries overtake each other.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.chats import Sender
from storage.engine import insert_unless_there, transaction
from storage.tables import claims

_KEPT = timedelta(days=7)  # Telegram repeats an update for one day at most
_DIGEST_BYTES = 16
_TAKE = insert_unless_there(claims)
_PRUNE = delete(claims).where(claims.c.day < bindparam("oldest"))


async def take_claim(connection: AsyncConnection, sender: Sender, claim: str, *, now: datetime) -> bool:
    """Whether this is the first time that the sender's `claim` is heard."""
    named = f"{sender.channel} {sender.address} {claim}".encode()
    row = {
        "bucket": sender.bucket,
        "digest": hashlib.sha256(named).digest()[:_DIGEST_BYTES],
        "day": now.astimezone(UTC).date(),
    }
    return (await connection.execute(_TAKE[connection.dialect.name], row)).rowcount == 1


async def prune_claims(engine: AsyncEngine, *, now: datetime) -> int:
    """Forget the claims older than seven days; how many they were."""
    async with transaction(engine) as connection:
        pruned = await connection.execute(_PRUNE, {"oldest": (now - _KEPT).astimezone(UTC).date()})
        return pruned.rowcount

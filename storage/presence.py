"""Whether anybody reads in a chat, as far as the channel says so by itself."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.chats import CHANGE, Sender
from storage.claims import take_claim
from storage.engine import transaction


async def mark_presence(connection: AsyncConnection, sender: Sender, *, is_there: bool) -> None:
    """From now on the sender's chat can be written to, or cannot; nothing is marked of who has no chat."""
    await connection.execute(CHANGE, sender.changed | {"is_blocked": not is_there})


async def hear_presence(engine: AsyncEngine, sender: Sender, claim: str, *, is_there: bool, now: datetime) -> None:
    """The same, as heard from the channel: delivered once more, it changes nothing."""
    async with transaction(engine) as connection:
        if await take_claim(connection, sender, claim, now=now):
            await mark_presence(connection, sender, is_there=is_there)

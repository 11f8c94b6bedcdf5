"""The bots that were served."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.bots import known_bot, remember_bot
from storage.engine import snapshot, transaction
from tests.storage.field import NOON


async def served(engine: AsyncEngine, *names: str) -> str:
    """One after the other; the bot that is known then."""
    for hours, name in enumerate(names):
        async with transaction(engine) as connection:
            await remember_bot(connection, name, now=NOON + timedelta(hours=hours))
    async with snapshot(engine) as connection:
        return await known_bot(connection)


async def test_the_bot_that_was_served_last_is_known(engine: AsyncEngine):
    """Also when an earlier one is served again; without the @ that people write before it."""
    assert await served(engine) == ""
    assert await served(engine, "@a_bot") == "a_bot"
    assert await served(engine, "a_bot", "b_bot") == "b_bot"
    assert await served(engine, "a_bot", "b_bot", "a_bot") == "a_bot"

"""The bots that were served."""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.bots import known_bot, remember_bot
from storage.engine import snapshot, transaction
from storage.migrate import migrate
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


async def test_a_database_of_before_the_bots_gets_their_table(engine: AsyncEngine):
    """As the first version left it."""
    async with transaction(engine) as connection:
        await connection.execute(text("DROP TABLE bots"))
        await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    await migrate(engine)

    assert await served(engine, "a_bot") == "a_bot"

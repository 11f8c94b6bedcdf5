"""Brings a database to the present schema, if it is not there already: every start asks."""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import hold_migrations, snapshot, transaction

PRESENT = "0009"
"""The last migration. Looking for it is cheap; what reads and runs migrations is imported only when one is missing."""


async def migrate(engine: AsyncEngine) -> None:
    """All missing migrations in one transaction; several processes may call it at once. Raises DatabaseTooNew."""
    async with snapshot(engine) as connection:
        if await connection.run_sync(_version) == PRESENT:
            return
    from storage.upgrade import upgrade  # noqa: PLC0415 - a quarter of a second that most starts need not spend

    async with transaction(engine) as connection:
        await hold_migrations(connection)
        await connection.run_sync(upgrade)


def _version(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""

"""The schema and its history."""

import asyncio
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, snapshot, transaction
from storage.errors import DatabaseTooNew
from storage.migrate import PRESENT, migrate
from storage.tables import metadata

_MIGRATE = """
import asyncio, sys
from storage.engine import open_engine
from storage.migrate import migrate

async def main():
    engine = open_engine(sys.argv[1])
    sys.stdin.readline()
    await migrate(engine)
    await engine.dispose()

asyncio.run(main())
"""


async def test_the_tables_are_the_sum_of_the_migrations(engine: AsyncEngine):
    """Whoever changes a table writes the migration."""

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with snapshot(engine) as connection:
        found = await connection.run_sync(differences)

    assert found == []


async def test_migrating_twice_changes_nothing(engine: AsyncEngine):
    """Every start migrates."""
    await migrate(engine)

    async with snapshot(engine) as connection:
        assert (await connection.scalars(text("SELECT version_num FROM alembic_version"))).all() == [PRESENT]


async def test_a_database_of_a_newer_version_is_refused(engine: AsyncEngine):
    """An older program must not write into tables that it does not know."""
    async with transaction(engine) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew, match="newer version"):
        await migrate(engine)


async def test_processes_may_migrate_at_once(empty_database_url: str):
    """One does it, the others wait and find it done."""
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _MIGRATE, empty_database_url, stdin=asyncio.subprocess.PIPE
        )
        for _ in range(2)
    ]

    await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    assert [process.returncode for process in processes] == [0, 0]
    engine = open_engine(empty_database_url)
    async with snapshot(engine) as connection:
        tables = await connection.run_sync(lambda here: inspect(here).get_table_names())
    await engine.dispose()
    assert set(tables) == {*metadata.tables, "alembic_version"}

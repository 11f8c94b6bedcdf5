"""The schema and its history."""

import asyncio
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

import storage
from storage.engine import open_engine, snapshot, transaction
from storage.errors import DatabaseTooNew
from storage.migrate import PRESENT, migrate
from storage.register import Person, participants
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


def as_first_released(connection: Connection) -> None:
    """The tables of the first version, with a person in a survey."""
    config = Config()
    config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    for statement in (
        "INSERT INTO forms VALUES ('f', '<h:html/>', '')",
        (
            "INSERT INTO surveys (id, name, title, form_hash, mode, sender, contact, timezone)"
            " VALUES (1, 'tea', 'Tea', 'f', 'confidential', '', '', 'Europe/Rome')"
        ),
        (
            "INSERT INTO participants (id, survey_id, person_id, name, email, language, weight, attributes, generation,"
            " token_hash) VALUES ('p', 1, 'P1', 'Ada', '', '', 1, '{}', 0, 'hash')"
        ),
    ):
        connection.execute(text(statement))


async def test_a_database_of_the_first_version_keeps_everything(empty_database_url: str):
    """Whoever updates in the middle of a survey goes on with it."""
    engine = open_engine(empty_database_url)
    async with transaction(engine) as connection:
        await connection.run_sync(as_first_released)

    await migrate(engine)

    async with snapshot(engine) as connection:
        (person,) = await participants(connection, 1)
    await engine.dispose()
    assert person.person == Person("P1", "Ada")


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

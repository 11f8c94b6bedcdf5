"""The two ways into a database, and what its errors become."""

import asyncio
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, snapshot, transaction
from storage.errors import (
    DatabaseAddressRefused,
    DatabaseFailed,
    DatabaseFull,
    DatabaseRefused,
    DatabaseUnavailable,
)
from storage.tables import forms

ROW = {"hash": "0" * 64, "xform": "canary", "source": b""}


@pytest.fixture
async def sqlite(sqlite_template: Path, tmp_path: Path):
    """A migrated SQLite file."""
    engine = open_engine(f"sqlite:///{shutil.copy(sqlite_template, tmp_path)}")
    yield engine
    await engine.dispose()


async def test_a_transaction_that_fails_is_undone(engine: AsyncEngine):
    """All or nothing."""

    async def fail() -> None:
        async with transaction(engine) as connection:
            await connection.execute(insert(forms), ROW)
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        await fail()

    async with snapshot(engine) as connection:
        assert (await connection.execute(select(forms))).all() == []


async def test_a_snapshot_neither_sees_nor_stops_a_writer(engine: AsyncEngine):
    """An export of an hour is of one moment, and people go on answering."""
    async with snapshot(engine) as reader:
        before = (await reader.execute(select(forms))).all()
        async with transaction(engine) as writer:
            await writer.execute(insert(forms), ROW)
        assert (await reader.execute(select(forms))).all() == before == []


async def test_a_broken_rule_is_refused_without_quoting_the_row(engine: AsyncEngine):
    """IntegrityError ends here; answers and names belong in no log."""

    async def twice() -> None:
        async with transaction(engine) as connection:
            await connection.execute(insert(forms), ROW)
            await connection.execute(insert(forms), ROW)

    with pytest.raises(DatabaseRefused) as refused:
        await twice()

    assert "canary" not in f"{refused.value} {refused.value.__cause__}"
    assert ROW["hash"] not in str(refused.value)


async def test_any_other_error_of_the_database_is_ours_too(engine: AsyncEngine):
    """Whoever calls storage needs to know one family of errors."""
    with pytest.raises(DatabaseFailed):
        async with snapshot(engine) as connection:
            await connection.execute(text("SELECT nothing FROM nowhere"))


async def test_sqlite_keeps_what_was_committed_through_a_power_cut(sqlite: AsyncEngine):
    """Write-ahead log, full synchronisation, foreign keys held, deleted rows overwritten."""
    async with snapshot(sqlite) as connection:
        found = {
            name: await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30_000,
    }


async def test_a_full_disk_is_said_in_one_sentence(sqlite: AsyncEngine):
    """And nothing is half done."""

    async def fill() -> None:
        async with transaction(sqlite) as connection:
            pages = await connection.scalar(text("PRAGMA page_count"))
            await connection.execute(text(f"PRAGMA max_page_count={pages}"))
            await connection.execute(insert(forms), ROW | {"source": bytes(1_000_000)})

    with pytest.raises(DatabaseFull, match="disk of the database is full; nothing was changed"):
        await fill()

    async with snapshot(sqlite) as connection:
        assert (await connection.execute(select(forms))).all() == []


async def test_a_writer_of_this_process_waits_for_its_turn(sqlite: AsyncEngine):
    """Without polling: the second goes when the first is done."""
    held = asyncio.Event()
    order = []

    async def first() -> None:
        async with transaction(sqlite):
            held.set()
            await asyncio.sleep(0)
            order.append("first")

    async def second() -> None:
        await held.wait()
        async with transaction(sqlite):
            order.append("second")

    await asyncio.gather(second(), first())

    assert order == ["first", "second"]


@pytest.mark.parametrize(
    "url", ["sqlite:////proc/nowhere.db", "postgresql://me:canary@127.0.0.1:1/x", "postgresql://me@nowhere.invalid/x"]
)
async def test_an_unreachable_database_is_said_in_one_sentence(url: str):
    """With the setting to check; a password in the address is not shown."""
    engine = open_engine(url)

    with pytest.raises(DatabaseUnavailable, match="COLLOQUIO_DATABASE_URL") as refused:
        async with transaction(engine):
            pass

    assert "canary" not in str(refused.value)
    await engine.dispose()


async def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(monkeypatch: pytest.MonkeyPatch):
    """It would outlive the loop and put its complaint below the sentence that the person is to read."""
    started: list[threading.Thread] = []
    monkeypatch.setattr(threading.Thread, "start", started.append)

    with pytest.raises(DatabaseUnavailable):
        async with transaction(open_engine("sqlite:////proc/nowhere.db")):
            pass

    assert started == []


@pytest.mark.parametrize(
    "url", ["", "mysql://host/name", "sqlite://", "postgresql://host", "data/colloquio.db", "postgresql://u:p@h:99x/n"]
)
def test_an_address_of_another_kind_is_refused(url: str):
    """Before anything is opened."""
    with pytest.raises(DatabaseAddressRefused, match="sqlite:///FILE"):
        open_engine(url)


@pytest.mark.parametrize("url", ["postgres://h/n", "postgresql://h/n", "postgresql+psycopg://h/n"])
def test_every_way_to_write_postgresql_is_understood(url: str):
    """The driver is ours to choose."""
    assert open_engine(url).url.drivername == "postgresql+asyncpg"


def test_nobody_else_on_the_machine_can_read_the_file(tmp_path: Path):
    """It holds names and answers; SQLite gives its journal the same rights."""
    open_engine(f"sqlite:///{tmp_path / 'new' / 'colloquio.db'}")
    assert (tmp_path / "new" / "colloquio.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0

"""The one place where SQLite and PostgreSQL differ, and the two ways in: `transaction` to write, `snapshot` to read."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, Insert, Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import DatabaseAddressRefused, reaching, translated

_PATIENCE_MS = 30_000  # a writer in another process may hold a SQLite file for this long
_LOCK_MS = 5_000  # on PostgreSQL only one respondent's row is waited for
_MIGRATION_LOCK = 0xC0110  # any number that no other program on the server uses
_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
_COMMON: dict[str, Any] = {
    "json_serializer": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
    "hide_parameters": True,  # answers and addresses belong in no traceback
}
_writers: WeakKeyDictionary[Engine, asyncio.Lock] = WeakKeyDictionary()


def open_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite:///FILE` or `postgresql://...`; nothing is opened yet. Raises DatabaseAddressRefused."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    return create_async_engine(address, connect_args={"server_settings": {"lock_timeout": str(_LOCK_MS)}}, **_COMMON)


def _address(url: str) -> URL:
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # a port that is no number is a ValueError
        raise DatabaseAddressRefused from error
    driver = drivers.get(address.drivername.partition("+")[0])
    if driver is None or not address.database:
        raise DatabaseAddressRefused
    return address.set(drivername=driver)


# ---------------------------------------------------------------- SQLite


def _open_sqlite(address: URL) -> AsyncEngine:
    file = Path(str(address.database))
    with suppress(OSError):  # what is wrong with the place is said, in our words, by the first connection
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # names, addresses and answers: for nobody else on the machine
    engine = create_async_engine(address, connect_args={"timeout": _PATIENCE_MS / 1000}, **_COMMON)
    event.listen(engine.sync_engine, "do_connect", lambda *_: _try_to_open(file))
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    _writers[engine.sync_engine] = asyncio.Lock()
    return engine


def _try_to_open(file: Path) -> None:
    """Fail before aiosqlite does: a thread of its own outlives the failure and complains when the loop is closed."""
    sqlite3.connect(file).close()


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # Python's own BEGIN comes too late for a session that is read, then written
    _log_ahead(connection)
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _log_ahead(connection: sqlite3.Connection, tries: int = 100) -> None:
    """Switch a new file to the write-ahead log.

    SQLite does not wait for another process that is at this very step, it refuses; it does wait to begin a transaction.
    """
    try:
        connection.execute("PRAGMA journal_mode=WAL").close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not tries:
            raise
        connection.execute("BEGIN IMMEDIATE").close()
        connection.execute("COMMIT").close()
        _log_ahead(connection, tries - 1)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("begins", True):
        return
    connection.exec_driver_sql("BEGIN" if options.get("reads", False) else "BEGIN IMMEDIATE")


async def empty_log(engine: AsyncEngine) -> None:
    """What was erased leaves SQLite's log, too; while somebody reads, next time. Raises StorageError only."""
    if engine.dialect.name == "sqlite":
        async with _turn_to_write(engine), _begun(engine.execution_options(begins=False)) as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


# ---------------------------------------------------------------- the two ways in


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction that writes: committed at the end, rolled back by any exception. Raises StorageError only.

    On SQLite the writers of this process queue here, first come first served; SQLite itself would let them poll.
    """
    async with _turn_to_write(engine), _begun(engine) as connection:
        yield connection


@asynccontextmanager
async def _turn_to_write(engine: AsyncEngine) -> AsyncIterator[None]:
    writer = _writers.get(engine.sync_engine)
    if writer is None:
        yield
        return
    with reaching():
        async with asyncio.timeout(_PATIENCE_MS / 1000):
            await writer.acquire()
    try:
        yield
    finally:
        writer.release()


@asynccontextmanager
async def snapshot(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One consistent view, read only; it keeps no writer waiting. Raises StorageError only."""
    options: dict[str, Any] = {"reads": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    async with _begun(engine.execution_options(**options)) as connection:
        yield connection


@asynccontextmanager
async def _begun(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    with translated():
        with reaching():
            connection = await engine.connect()
        async with aclosing(connection), connection.begin():
            yield connection


# ---------------------------------------------------------------- statements


def insert_unless_there(table: Table) -> Mapping[str, Insert]:
    """By name of the dialect: an insert that does nothing (rowcount 0) where the row's key is taken already."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
    }


async def hold_migrations(connection: AsyncConnection) -> None:
    """Wait, however long, until no other process migrates this database; held until the transaction ends.

    On SQLite the transaction itself is that lock.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL lock_timeout = 0"))
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})

"""One table of an export held in memory, for scripts: let out, and on record, as if it were written to a file."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.exporting.kept import Kept
from admin_scripts.exporting.record import record
from admin_scripts.exporting.run import kept_of, let_out, refuse_difference
from admin_scripts.microdata.source import Source, read_source
from admin_scripts.microdata.stream import opened_stream
from admin_scripts.microdata.variables import Variable
from admin_scripts.refusal import Refused
from storage.engine import open_engine, snapshot


@dataclass(frozen=True, slots=True)
class Wanted:
    """A survey's responses, or the rows of one of its repeats.

    `partial`: with those who stopped half-way. With a `purpose` nothing is withheld. `database`: a URL; without one the
    settings name it.
    """

    survey: str
    table: str = ""
    partial: bool = False
    purpose: str = ""
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table as they were let out."""

    source: Source
    variables: tuple[Variable, ...]
    answers: Any  # pyarrow.Table
    reasons: Any  # pyarrow.Table of int8: 0, or a Missing
    withheld: Mapping[str, int | None]  # by column, how many rows; None: the whole column


def hold(wanted: Wanted) -> Held:
    """Read it, in a thread of its own: a notebook has an event loop that already runs. Raises Refused."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _hold(wanted)).result()


async def _hold(wanted: Wanted) -> Held:
    async with _opened(wanted.database) as (engine, secret):
        async with snapshot(engine) as connection:
            source = await read_source(connection, wanted.survey, partial=wanted.partial)
        _refuse_unknown(source, wanted.table)
        with opened_stream(source) as stream:
            kept = kept_of(stream, secret, is_whole=bool(wanted.purpose.strip()))
            refuse_difference(kept)
            held = _gathered(source, kept, wanted.table)
        options = {"format": "frame", "partial": wanted.partial}
        await record(engine, source.survey, wanted.purpose.strip(), options, let_out(kept))
    return held


@asynccontextmanager
async def _opened(database: str | None) -> AsyncIterator[tuple[AsyncEngine, bytes]]:
    """The database, and the secret from which ids are made: that of the settings goes with their database only."""
    if database is None:
        async with connected() as (engine, settings):
            yield engine, settings.secret_key()
        return
    engine = open_engine(database)
    try:
        yield engine, _of_this_run()
    finally:
        await engine.dispose()


@cache
def _of_this_run() -> bytes:
    return secrets.token_bytes()


def _refuse_unknown(source: Source, table: str) -> None:
    if table not in source.dictionary.tables:
        repeats = ", ".join(filter(None, source.dictionary.tables)) or "none"
        raise Refused(f"The questionnaire has no repeat '{table}'. Its repeats: {repeats}.")


def _gathered(source: Source, kept: Kept, table: str) -> Held:
    variables = kept.dictionary.tables[table]
    why = pa.schema([(variable.name, pa.int8()) for variable in variables])
    answers, reasons = [], []
    for chunk in kept.chunks():
        answers.append(chunk.tables[table])
        reasons.append(chunk.missing[table])
    return Held(
        source,
        variables,
        pa.Table.from_batches(answers, kept.schemas[table]),
        pa.Table.from_batches(reasons, why),
        kept.withheld,
    )

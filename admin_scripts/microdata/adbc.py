"""Reading of the database straight into Arrow, in one consistent view that keeps no writer waiting.

The drivers are used as they are: their DB-API imports pandas, and polars where it is installed, which takes a second.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import adbc_driver_manager as adbc
import pyarrow as pa
from sqlalchemy import URL

from admin_scripts.microdata.ahead import ahead

ROWS = 4096
"""Responses in a batch on SQLite."""
BYTES = 8 << 20
"""Size of a batch on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class View:
    """The database as it was when it was first read."""

    connection: Any
    options: dict[str, str]

    def batches(self, statement: str) -> Iterator[pa.RecordBatch]:
        """What a statement finds, a batch at a time; the next ones are read while this one is worked on."""
        with closing(adbc.AdbcStatement(self.connection)) as running:
            running.set_options(**self.options)
            running.set_sql_query(statement)
            stream, _ = running.execute_query()
            with pa.RecordBatchReader.from_stream(stream) as reader:
                yield from ahead(reader)


@contextmanager
def opened(address: URL) -> Iterator[View]:
    """A view, for as long as it is needed."""
    database, options, first = _sqlite(address) if address.get_backend_name() == "sqlite" else _postgresql(address)
    with closing(database), closing(adbc.AdbcConnection(database)) as connection:
        connection.set_autocommit(False)  # begins a transaction
        if first:
            with closing(adbc.AdbcStatement(connection)) as running:
                running.set_sql_query(first)
                running.execute_update()
        yield View(connection, options)


def _sqlite(address: URL) -> tuple[Any, dict[str, str], str]:
    import adbc_driver_sqlite  # noqa: PLC0415 - only one of the two is needed

    file = Path(str(address.database)).absolute().as_uri()
    return adbc_driver_sqlite.connect(f"{file}?mode=ro"), {"adbc.sqlite.query.batch_rows": str(ROWS)}, ""


def _postgresql(address: URL) -> tuple[Any, dict[str, str], str]:
    import adbc_driver_postgresql  # noqa: PLC0415

    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    options = {"adbc.postgresql.batch_size_hint_bytes": str(BYTES)}
    isolation = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
    return adbc_driver_postgresql.connect(plain), options, isolation

"""Reading of the database straight into Arrow, in one consistent view that keeps no writer waiting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from adbc_driver_manager import AdbcConnection, AdbcStatement
from sqlalchemy import URL

from admin_scripts.microdata.ahead import ahead

ROWS = 8192
"""Responses in a batch on SQLite."""
BYTES = 8 << 20
"""Size of a batch on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class View:
    """The database as it was when it was opened."""

    connection: Any
    options: dict[str, str]

    def batches(self, statement: str) -> Iterator[pa.RecordBatch]:
        """What a statement finds, a batch at a time; the next ones are read while this one is worked on."""
        with AdbcStatement(self.connection) as prepared:
            prepared.set_options(**self.options)
            prepared.set_sql_query(statement)
            found, _ = prepared.execute_query()
            with pa.RecordBatchReader.from_stream(found) as reader:
                yield from ahead(reader)


@contextmanager
def opened(address: URL) -> Iterator[View]:
    """A view, for as long as it is needed."""
    if address.get_backend_name() == "sqlite":
        import adbc_driver_sqlite as sqlite  # noqa: PLC0415 - only one of the two is needed

        file = Path(str(address.database)).absolute().as_uri()
        with sqlite.connect(f"{file}?mode=ro") as database, _transaction(database) as connection:
            yield View(connection, {"adbc.sqlite.query.batch_rows": str(ROWS)})
        return
    import adbc_driver_postgresql as postgresql  # noqa: PLC0415

    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with postgresql.connect(plain) as database, _transaction(database) as connection:
        with AdbcStatement(connection) as setting:
            setting.set_sql_query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            setting.execute_update()
        yield View(connection, {"adbc.postgresql.batch_size_hint_bytes": str(BYTES)})


@contextmanager
def _transaction(database: Any) -> Iterator[Any]:  # noqa: ANN401 - ADBC has no types
    """One for all that is read. ADBC's own DB-API would import pandas, which takes longer than a small export."""
    with AdbcConnection(database) as connection:
        connection.set_autocommit(False)
        yield connection

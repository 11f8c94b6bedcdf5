"""Reading of the database straight into Arrow, in one consistent view that keeps no writer waiting."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
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
        with closing(self.connection.cursor()) as cursor:
            cursor.adbc_statement.set_options(**self.options)
            cursor.execute(statement)
            with cursor.fetch_record_batch() as reader:
                yield from ahead(reader)


@contextmanager
def opened(address: URL) -> Iterator[View]:
    """A view, for as long as it is needed."""
    if address.get_backend_name() == "sqlite":
        import adbc_driver_sqlite.dbapi as sqlite  # noqa: PLC0415 - only one of the two is needed

        file = Path(str(address.database)).absolute().as_uri()
        with closing(sqlite.connect(f"{file}?mode=ro")) as connection:
            yield View(connection, {"adbc.sqlite.query.batch_rows": str(ROWS)})
        return
    import adbc_driver_postgresql.dbapi as postgresql  # noqa: PLC0415

    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(postgresql.connect(plain)) as connection:
        with closing(connection.cursor()) as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield View(connection, {"adbc.postgresql.batch_size_hint_bytes": str(BYTES)})

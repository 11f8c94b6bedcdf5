"""Other ways to the same rows: naive pandas, DuckDB, and ADBC with nothing but the file behind it. A process each.

python -m benchmarks.export_peers WAY FORMAT DATABASE FILE
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv, parquet

from benchmarks.questions import QUESTIONS

KNOWN = "id, language, submitted_on"
ROWS = "8192"
BY_PLACE = ", ".join(f"answers->>'$[{place}][1]' AS {name}" for place, (name, _) in enumerate(QUESTIONS))
STATEMENTS = {
    "wide": f"SELECT {KNOWN}, {BY_PLACE} FROM responses ORDER BY id",  # noqa: S608 - our own names
    "long": "SELECT r.id, j.value->>0 AS path, j.value->>1 AS value FROM responses r, json_each(r.answers) j",
    "json": f"SELECT {KNOWN}, answers FROM responses ORDER BY id",  # noqa: S608
}
"""A row of 30 columns for each response, a row for each answer, and the answers as they are stored."""


@contextmanager
def stream(database: str, statement: str) -> Iterator[Any]:
    """What ADBC reads, batch by batch."""
    import adbc_driver_sqlite.dbapi as sqlite  # noqa: PLC0415 - only where it is measured

    with closing(sqlite.connect(database)) as connection, closing(connection.cursor()) as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": ROWS})
        cursor.execute(statement)
        yield cursor.fetch_record_batch()


def with_adbc(form: str, database: str, file: Path, statement: str) -> None:
    """The bare stream: the rows into Arrow and into the file."""
    with stream(database, statement) as batches, _writer(form, file, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def _writer(form: str, file: Path, schema: pa.Schema) -> Any:  # noqa: ANN401 - pyarrow has no types
    if form == "csv":
        return csv.CSVWriter(file, schema)
    return parquet.ParquetWriter(file, schema, compression="zstd")


def with_pandas(form: str, database: str, file: Path) -> None:
    """As one would write it first: a row for each answer into a DataFrame, and that pivoted."""
    import pandas as pd  # noqa: PLC0415

    with closing(sqlite3.connect(database)) as connection:
        answers = pd.read_sql(STATEMENTS["long"], connection)
    table = answers.pivot(index="id", columns="path", values="value")  # noqa: PD010 - it is what is measured
    if form == "csv":
        table.to_csv(file)
    else:
        table.to_parquet(file, compression="zstd")


def with_duckdb(form: str, database: str, file: Path) -> None:
    """DuckDB takes the JSON apart and writes the file; its reader of SQLite is an extension, so ADBC reads here."""
    import duckdb  # noqa: PLC0415

    columns = ", ".join(f"m['/data/{name}'] AS {name}" for name, _ in QUESTIONS)
    pairs = "list_transform(from_json(answers, '[[\"VARCHAR\"]]'), lambda one: {'k': one[1], 'v': one[2]})"
    options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
    with stream(database, STATEMENTS["json"]) as batches, duckdb.connect() as connection:
        connection.register("batches", batches)
        taken = f"SELECT {KNOWN}, map_from_entries({pairs}) AS m FROM batches"  # noqa: S608
        connection.execute(f"COPY (SELECT {KNOWN}, {columns} FROM ({taken})) TO '{file}' ({options})")  # noqa: S608


def main(way: str, form: str, database: str, file: str) -> None:
    """One way, once."""
    if way == "pandas":
        with_pandas(form, database, Path(file))
    elif way == "duckdb":
        with_duckdb(form, database, Path(file))
    else:
        with_adbc(form, database, Path(file), STATEMENTS[way.removeprefix("adbc-")])


if __name__ == "__main__":
    main(*sys.argv[1:])

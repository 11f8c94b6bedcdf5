"""Pages -> Parquet files, in which every column carries its label, its level of measurement and its choices."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from admin_scripts.exporting.layout import CODEBOOK, Export, Field, said
from admin_scripts.exporting.pages import Pages, page_titles
from admin_scripts.exporting.sink import Row, Sink
from admin_scripts.microdata.made import cells

GROUP = 65_536
"""Rows in a row group, held until it is written: small groups cost time and space for each column of each."""


class ParquetFiles(Sink):
    """`NAME.TABLE.parquet`, `NAME.TABLE.missing.parquet`, `NAME.codebook.parquet`."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        self.pages = Pages(export)
        schemas = dict(self.pages.schemas)
        for table in export.tables:
            schemas[table.title] = _explained(schemas[table.title], table.fields, export.language)
        self.written = {
            title: self.opened.enter_context(ParquetFile(paths[f"{export.stem}.{title}.parquet"], schema))
            for title, schema in schemas.items()
        }

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(f"{export.stem}.{title}.parquet" for title in (*page_titles(export), CODEBOOK))

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Append a chunk."""
        for title, page in self.pages.of(tables, missing):
            self.written[title].write(page)

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        table = pa.table(
            {title: cells([row.get(title) for row in codebook]) for title in (codebook[0] if codebook else ())}
        )
        pq.write_table(table, self.paths[f"{self.export.stem}.{CODEBOOK}.parquet"], compression="zstd")


class ParquetFile:
    """One file, written a row group at a time.

    It has no statistics: responses come in random order, so no row group could be passed over by them.
    """

    def __init__(self, path: Path, schema: Any) -> None:  # noqa: ANN401 - pyarrow has no types
        self._schema = schema
        self._writer = pq.ParquetWriter(path, schema, compression="zstd", write_statistics=False)
        self._waiting: list[Any] = []

    def write(self, page: Any) -> None:  # noqa: ANN401
        """Append the rows."""
        self._waiting.append(pa.RecordBatch.from_arrays(page.columns, schema=self._schema))
        if sum(batch.num_rows for batch in self._waiting) >= GROUP:
            self._write()

    def _write(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema))
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._waiting:
            self._write()
        self._writer.close()


def _explained(schema: Any, fields: Sequence[Field], language: str) -> Any:  # noqa: ANN401
    told = (one.with_metadata(_told(field, language)) for one, field in zip(schema, fields, strict=True))
    return pa.schema(list(told), metadata={"language": language} if language else None)


def _told(field: Field, language: str) -> dict[str, str]:
    told = {"label": field.label(language)}
    if field.variable:
        told["measure"] = field.variable.measure.value
        told["relevant"] = field.variable.relevant
        if not field.choice:
            labels = {choice.name: said(choice.labels, language) for choice in field.variable.choices}
            told["choices"] = json.dumps(labels, ensure_ascii=False) if labels else ""
    return {key: text for key, text in told.items() if text}

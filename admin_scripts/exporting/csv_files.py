"""Pages -> CSV files: UTF-8 with a mark, so that Excel shows accents, and no cell that a spreadsheet would run."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from admin_scripts.exporting.layout import CODEBOOK, Export
from admin_scripts.exporting.pages import Pages, page_titles
from admin_scripts.exporting.sink import Row, Sink
from admin_scripts.formulas import DANGEROUS, harmless
from admin_scripts.microdata.made import first_letters

MARK = b"\xef\xbb\xbf"
LINE_END = "\r\n"
BEGINS_SO = f"^[{''.join(DANGEROUS).replace('-', '')}-]"
COULD_RUN = np.isin(np.arange(256), [one.encode()[0] for one in DANGEROUS])
"""Of each byte, whether a text that begins with it could be run; one look decides for most columns."""


class CsvFiles(Sink):
    """`NAME.TABLE.csv`, `NAME.TABLE.missing.csv`, `NAME.codebook.csv`."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        self.pages = Pages(export)
        self.written = {
            title: self.opened.enter_context(CsvFile(paths[f"{export.stem}.{title}.csv"], schema))
            for title, schema in self.pages.schemas.items()
        }

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(f"{export.stem}.{title}.csv" for title in (*page_titles(export), CODEBOOK))

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Append a chunk."""
        for title, page in self.pages.of(tables, missing):
            self.written[title].write(page)

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        write_rows(self.paths[f"{self.export.stem}.{CODEBOOK}.csv"], codebook)


class CsvFile:
    """One file, written a record batch at a time."""

    def __init__(self, path: Path, schema: Any, mark: bytes = MARK) -> None:  # noqa: ANN401 - pyarrow has no types
        fields = [(harmless(name), _plain(kind)) for name, kind in zip(schema.names, schema.types, strict=True)]
        self._schema = pa.schema(fields)
        self._file = path.open("wb")
        self._file.write(mark)
        self._writer = arrow_csv.CSVWriter(
            self._file, self._schema, write_options=arrow_csv.WriteOptions(eol=LINE_END, batch_size=8192)
        )

    def write(self, page: Any) -> None:  # noqa: ANN401
        """Append the rows, every text of them disarmed."""
        self._writer.write_batch(pa.RecordBatch.from_arrays(list(map(_disarmed, page.columns)), schema=self._schema))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._writer.close()
        self._file.close()


def _plain(kind: Any) -> Any:  # noqa: ANN401
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _disarmed(cells: Any) -> Any:  # noqa: ANN401
    """Texts with an apostrophe before what could be a formula; words of ours need none."""
    if pa.types.is_dictionary(cells.type):
        return cells.dictionary_decode()
    if not pa.types.is_string(cells.type) or cells.null_count == len(cells):
        return cells
    if not COULD_RUN[first_letters(cells)].any():
        return cells
    armed = pc.match_substring_regex(cells, BEGINS_SO)
    return pc.if_else(armed, pc.binary_join_element_wise("'", cells, ""), cells)


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """A small table, as the codebook is."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [])
        writer.writerow({header: harmless(header) for header in writer.fieldnames})
        for row in rows:
            writer.writerow({key: harmless(cell) if isinstance(cell, str) else cell for key, cell in row.items()})

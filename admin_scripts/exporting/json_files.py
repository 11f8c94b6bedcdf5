"""Pages -> JSON: one array of objects a file, a row a line, written as it goes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from admin_scripts.exporting.layout import CODEBOOK, Export
from admin_scripts.exporting.pages import Pages, page_titles
from admin_scripts.exporting.sink import Row, Sink

ROWS_AT_ONCE = 1000


class JsonFiles(Sink):
    """`NAME.TABLE.json`, `NAME.TABLE.missing.json`, `NAME.codebook.json`."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        self.pages = Pages(export)
        self.written = {
            title: self.opened.enter_context(JsonArray(paths[f"{export.stem}.{title}.json"]))
            for title in (*page_titles(export), CODEBOOK)
        }

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(f"{export.stem}.{title}.json" for title in (*page_titles(export), CODEBOOK))

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Append a chunk."""
        for title, page in self.pages.of(tables, missing):
            for start in range(0, page.num_rows, ROWS_AT_ONCE):
                self.written[title].write(page.slice(start, ROWS_AT_ONCE).to_pylist())

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        self.written[CODEBOOK].write(codebook)


class JsonArray:
    """A file that holds one array."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("wb")
        self._before = b"[\n"

    def write(self, rows: Iterable[Mapping[str, object]]) -> None:
        """Append the rows."""
        for row in rows:
            self._file.write(self._before + orjson.dumps(row))
            self._before = b",\n"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write(b"[\n]\n" if self._before == b"[\n" else b"\n]\n")
        self._file.close()

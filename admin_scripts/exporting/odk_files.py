"""Chunks -> the CSV files of ODK Central's export, for whoever has scripts that read them.

In a folder of their own, `NAME-odk`: NAME.csv with SubmissionDate, a column for each question under the names of its
groups (group-question), after several answers one for each choice (group-question/choice) with 1 and 0, places in four
columns, meta-instanceID, KEY and FormVersion; NAME-REPEAT.csv for each repeat, whose rows have the KEY of the row
around them as PARENT_KEY; what was sent in `media`. SubmissionDate is blank where the survey keeps no moment or may not
tell it. No mark at the beginning of the file, as in Central's; but what a spreadsheet would run is disarmed here too.
"""

import glob
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from admin_scripts.exporting.csv_files import CsvFile, write_rows
from admin_scripts.exporting.layout import CODEBOOK, Export, Field, Table
from admin_scripts.exporting.sink import Row, Sink
from admin_scripts.synthetic import MEANING
from conversations.forms import ControlKind

PARTS = ("Latitude", "Longitude", "Altitude", "Accuracy")
MOMENTS = ("submitted_at", "submitted_on")


class OdkFiles(Sink):
    """`NAME-odk/NAME.csv`, `NAME-odk/NAME-REPEAT.csv`, `NAME-odk/media`; the codebook beside the folder."""

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        self.tables = {table.key: OdkTable(export, table) for table in export.tables}
        self.written = {
            key: self.opened.enter_context(CsvFile(paths[one.file], one.schema, mark=b""))
            for key, one in self.tables.items()
        }

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return (*(OdkTable(export, table).file for table in export.tables), f"{export.stem}-{CODEBOOK}.csv")

    @classmethod
    def media(cls, export: Export) -> str:
        """The folder of what respondents have sent."""
        return f"{_folder(export)}/media" if export.media_folder else ""

    @classmethod
    def pattern(cls, export: Export) -> str:
        """Every table in its folder."""
        return f"{glob.escape(_folder(export))}/*.csv"

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:  # noqa: ARG002 - Central has no reasons
        """Append a chunk."""
        keys: dict[str, Keys] = {}
        for key, one in self.tables.items():  # the tables around come before those in them
            batch = tables[key]
            keys[key] = one.keys(batch, keys.get(one.table.parent))
            columns = dict(one.columns(batch, keys[key]))
            rows = [columns[header] for header in one.schema.names]
            self.written[key].write(pa.RecordBatch.from_arrays(rows, schema=one.schema))

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        write_rows(self.paths[f"{self.export.stem}-{CODEBOOK}.csv"], codebook)


@dataclass(frozen=True, slots=True)
class Keys:
    """The KEY of each row of a chunk, the first of which has the number `first`, and that of the row around it."""

    first: int
    own: Sequence[str]
    parents: Sequence[str]


class OdkTable:
    """One of the files: which columns it has and what stands in them."""

    def __init__(self, export: Export, table: Table) -> None:
        self.table = table
        name = f"{export.stem}-{table.title}" if table.key else export.stem
        self.file = f"{_folder(export)}/{name}.csv"
        self._questions = [(one, header) for one in table.fields for header in self._headers(one)]
        own = [(header, self._type(one)) for one, header in self._questions]
        text = pa.string()
        self._mark = next((one.header for one in table.fields if one.note == MEANING), "")
        mark = [(self._mark, pa.int8())] if self._mark else []
        if table.key:
            self.schema = pa.schema([*mark, *own, ("PARENT_KEY", text), ("KEY", text)])
        else:
            after = [("meta-instanceID", text), ("KEY", text), ("FormVersion", text)]
            self.schema = pa.schema([*mark, ("SubmissionDate", text), *own, *after])

    def keys(self, batch: Any, around: Keys | None) -> Keys:  # noqa: ANN401 - pyarrow has no types
        """The rows of a repeat are numbered within the row around them."""
        numbers = batch.column("_index")
        first = numbers[0].as_py() if batch.num_rows else 1
        if around is None:
            return Keys(first, batch.column("response_id").to_pylist(), ())
        parents = [around.own[index - around.first] for index in batch.column("_parent_index").to_pylist()]
        times: dict[str, int] = {}
        own = []
        for parent in parents:
            times[parent] = times.get(parent, 0) + 1
            own.append(f"{parent}/{self.table.title}[{times[parent]}]")
        return Keys(first, own, parents)

    def columns(self, batch: Any, keys: Keys) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
        """Header and cells of every column."""
        for one, header in self._questions:
            yield header, _part(batch.column(one.header), header, one)
        own = pa.array(keys.own, pa.string())
        yield "KEY", own
        if self._mark:
            yield self._mark, batch.column(self._mark)
        if self.table.key:
            yield "PARENT_KEY", pa.array(keys.parents, pa.string())
        else:
            yield "meta-instanceID", own
            yield "FormVersion", batch.column("form_version")
            yield "SubmissionDate", _moment(batch)

    def _headers(self, one: Field) -> tuple[str, ...]:
        if one.variable is None:
            return ()
        header = _grouped(one.variable.path, self.table)
        if one.choice:
            return (f"{header}/{one.choice.name}",) if one.variable.is_multiple else ()
        if one.variable.kind == ControlKind.GEOPOINT:
            return tuple(f"{header}-{part}" for part in PARTS)
        return (header,)

    def _type(self, one: Field) -> Any:  # noqa: ANN401
        kind = self.table.schema.field(one.header).type
        return kind.value_type if pa.types.is_dictionary(kind) else kind


def _folder(export: Export) -> str:
    return f"{export.stem}-odk"


def _grouped(path: str, table: Table) -> str:
    """The names of the groups around a question, from the repeat on, and its own."""
    names = path.split("/")[2:]
    inner = names.index(table.title) + 1 if table.title in names[:-1] else 0
    return "-".join(names[inner:])


def _part(cells: Any, header: str, one: Field) -> Any:  # noqa: ANN401
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if one.choice or one.variable is None or one.variable.kind != ControlKind.GEOPOINT:
        return cells
    place = PARTS.index(header.rpartition("-")[2])
    numbers = ((text or "").split() for text in cells.to_pylist())
    return pa.array([found[place] if len(found) > place else None for found in numbers], pa.string())


def _moment(batch: Any) -> Any:  # noqa: ANN401
    header = next((name for name in MOMENTS if name in batch.schema.names), "")
    return pc.cast(batch.column(header), pa.string()) if header else pa.nulls(batch.num_rows, pa.string())

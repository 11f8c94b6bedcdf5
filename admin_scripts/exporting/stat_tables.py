"""What SPSS and Stata files have in common: tables gathered whole, each in a file of its own, as far as memory goes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pyarrow as pa

from admin_scripts.exporting.csv_files import write_rows
from admin_scripts.exporting.layout import CODEBOOK, Export, Table
from admin_scripts.exporting.sink import Row, Sink
from admin_scripts.exporting.stat_columns import StatColumn, stat_columns
from admin_scripts.microdata.variables import Missing
from admin_scripts.refusal import Refused

MOST_CELLS = 60_000_000
"""About 3 GB of memory while it is written."""
REASONS: Mapping[str, Mapping[Missing, str]] = {
    "it": {
        Missing.NOT_ASKED: "domanda non posta",
        Missing.SKIPPED: "saltata",
        Missing.PREFER_NOT: "preferisce non rispondere",
        Missing.BROKE_OFF: "ha interrotto prima",
        Missing.DONT_KNOW: "non sa",
        Missing.WITHHELD: "non comunicata",
    },
    "": {
        Missing.NOT_ASKED: "not asked",
        Missing.SKIPPED: "skipped",
        Missing.PREFER_NOT: "preferred not to say",
        Missing.BROKE_OFF: "broke off before",
        Missing.DONT_KNOW: "does not know",
        Missing.WITHHELD: "withheld",
    },
}


class StatTables(Sink):
    """`NAME.TABLE.SUFFIX` for each table, and `NAME-codebook.csv`, which has the names that columns have in them."""

    suffix: ClassVar[str]

    def __init__(self, export: Export, paths: Mapping[str, Path]) -> None:
        super().__init__(export, paths)
        if export.total * max(len(table.fields) for table in export.tables) > MOST_CELLS:
            raise Refused(
                f"{export.total:,} responses are too many for a .{self.suffix} file, which is made in memory."
                " Choose --format parquet or csv."
            )
        self._answers: dict[str, list[Any]] = {table.key: [] for table in export.tables}
        self._missing: dict[str, list[Any]] = {table.key: [] for table in export.tables}

    @classmethod
    def files(cls, export: Export) -> tuple[str, ...]:
        """The names of its files."""
        return (
            *(f"{export.stem}.{table.title}.{cls.suffix}" for table in export.tables),
            f"{export.stem}-codebook.csv",
        )

    def add(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> None:
        """Append a chunk."""
        for table in self.export.tables:
            self._answers[table.key].append(tables[table.key])
            self._missing[table.key].append(missing[table.key])

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write what remains, and the codebook."""
        for table in self.export.tables:
            path = self.paths[f"{self.export.stem}.{table.title}.{self.suffix}"]
            self.write(path, table, self._columns(table))
        write_rows(self.paths[f"{self.export.stem}-{CODEBOOK}.csv"], codebook)

    def _columns(self, table: Table) -> list[StatColumn]:
        answers = pa.Table.from_batches(self._answers[table.key], table.schema)
        batches = self._missing[table.key]
        missing = pa.Table.from_batches(batches) if batches else _no_reasons(table)
        return list(stat_columns(table, answers, missing, self.export.language))

    def write(self, path: Path, table: Table, columns: Sequence[StatColumn]) -> None:
        """Write one table."""
        raise NotImplementedError

    def reasons(self) -> Mapping[Missing, str]:
        """What is said of each kind of missing, in the language of the export."""
        return REASONS.get(self.export.language, REASONS[""])


def _no_reasons(table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    names = dict.fromkeys(field.variable.name for field in table.fields if field.variable)
    return pa.table({name: pa.array([], pa.int8()) for name in names})

"""A survey's responses as Arrow tables, a few thousand at a time: exports of any size in little memory.

async with snapshot(engine) as connection:
    source = await read_source(connection, name)
with opened_stream(source) as stream:
    for chunk in stream.chunks():
        chunk.tables[""]  # the responses; the rows of repeats under their names
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from admin_scripts.microdata.adbc import View, opened
from admin_scripts.microdata.arrow_columns import fields_of, type_of
from admin_scripts.microdata.calculations import widened
from admin_scripts.microdata.known import LINKS, about_fields
from admin_scripts.microdata.plan import Place
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.variables import CALCULATION, Variable
from admin_scripts.microdata.work import Chunk, Shown, Work
from storage.submitted import statement_of, statement_of_ids

__all__ = ["Chunk", "Shown", "Stream", "opened_stream"]


@dataclass(frozen=True, eq=False)
class Stream:
    """The responses of one survey as they were when it was opened; they can be gone through several times."""

    source: Source
    view: View

    @cached_property
    def schemas(self) -> Mapping[str, pa.Schema]:
        """The columns of every table: those of the response, or the links of a repeat's row; then of each variable."""
        return {table: pa.schema(self._fields(table)) for table in self.source.dictionary.tables}

    @cached_property
    def types(self) -> Mapping[Place, pa.DataType]:
        """The type of every variable's own column, by table and name."""
        forms, numbers = self.source.sources.forms, self._numbers()
        return {(one.table, one.name): type_of(one, forms, numbers) for one in self._variables()}

    def chunks(
        self,
        only: Collection[Place] | None = None,
        on_done: Callable[[int], object] = lambda _: None,
        *,
        with_known: bool = False,
        shown: Shown | None = None,
    ) -> Iterator[Chunk]:
        """All responses in the order of their random ids.

        `shown`: under other ids, and the rows of a chunk in the order of these, so that neither leads to another file.

        `only`: these variables, and what is known beside them `with_known` only.
        `on_done` is told how many responses a chunk had, after it has been used.
        """
        work = Work(self.source, {place: self.types[place] for place in (self.types if only is None else only)})
        for batch in self._batches():
            yield work.chunk(batch, shown, is_whole=only is None or with_known)
            on_done(batch.num_rows)

    def handed_in(self) -> Iterator[pa.StringArray]:
        """The ids of what was handed in, in their order, some at a time."""
        for batch in self.view.batches(statement_of_ids(self.source.survey, self._hashes, self.source.address)):
            yield batch["id"]

    def stopped(self) -> Sequence[str]:
        """The ids of those who stopped half-way, where they are wanted."""
        found: list[str] = self._half_way["id"].to_pylist() if self.source.unfinished else []
        return found

    @cached_property
    def _half_way(self) -> pa.RecordBatch:
        from admin_scripts.microdata.partial import rows_of  # noqa: PLC0415 - brings the conversation with it

        return rows_of(self.source)

    @property
    def _hashes(self) -> list[str]:
        """Of the versions that were read; one that came afterwards is left out."""
        return [form.hash for form in self.source.sources.forms]

    def _batches(self) -> Iterator[pa.RecordBatch]:
        """What was handed in, then those who stopped half-way, where they are wanted."""
        yield from self.view.batches(statement_of(self.source.survey, self._hashes, self.source.address))
        if self.source.unfinished:
            yield self._half_way

    def _numbers(self) -> Mapping[Place, pa.DataType]:
        """The calculations that only ever gave numbers: they have no type of their own, so all are looked at first."""
        calculations = {(one.table, one.name) for one in self._variables() if one.kind == CALCULATION}
        if not calculations:
            return {}
        work = Work(self.source, dict.fromkeys(calculations, pa.string()))
        found: dict[Place, pa.DataType | None] = {}
        for batch in self._batches():
            for place, texts in work.texts(batch):
                found[place] = widened(found.get(place), texts)
        return {place: kind for place, kind in found.items() if kind is not None}

    def _variables(self) -> Iterator[Variable]:
        return (variable for variables in self.source.dictionary.tables.values() for variable in variables)

    def _fields(self, table: str) -> Iterator[pa.Field]:
        if self.source.mark:
            yield pa.field(self.source.mark, pa.int8())
        yield from LINKS if table else (LINKS[0], *about_fields(self.source))
        for variable in self.source.dictionary.tables[table]:
            yield from fields_of(variable, self.types[table, variable.name])


@contextmanager
def opened_stream(source: Source) -> Iterator[Stream]:
    """The responses as they are now, until it is left."""
    with opened(source.address) as view:
        yield Stream(source, view)

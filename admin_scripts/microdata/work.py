"""One pass through a survey's responses: each batch of the database becomes a chunk of tables."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from admin_scripts.microdata.about import RESPONSES
from admin_scripts.microdata.answer_texts import read_answers
from admin_scripts.microdata.arrow_columns import Converter, fields_of
from admin_scripts.microdata.known import LINKS, about_arrays, about_fields
from admin_scripts.microdata.layout import Laid, Layout
from admin_scripts.microdata.plan import Place
from admin_scripts.microdata.source import Source


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some responses and the rows of their repeats, by table; "" is that of the responses.

    `missing` has a column of int8 for each variable: 0 where there is an answer, else a Missing. Of choices that say
    why there is no answer ("prefer not to say") the answer is there too.
    """

    tables: Mapping[str, pa.RecordBatch]
    missing: Mapping[str, pa.RecordBatch]


@dataclass(slots=True)
class Work:
    """Makes chunks of the variables in `types`; numbers the rows of each table, from one chunk to the next."""

    source: Source
    types: Mapping[Place, pa.DataType]
    _converters: dict[str, list[Converter]] = field(init=False)
    _layout: Layout = field(init=False)
    _rows: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._layout = Layout(self.source.plan, frozenset(self.types))
        self._converters = {
            table: [
                Converter(variable, self.types[table, variable.name])
                for variable in variables
                if (table, variable.name) in self.types
            ]
            for table, variables in self.source.dictionary.tables.items()
        }

    def texts(self, batch: pa.RecordBatch) -> Iterator[tuple[Place, pa.StringArray]]:
        """What was said to each variable in a batch, null where it was not asked."""
        for table, laid in self._laid(batch).items():
            for name, texts in laid.texts.items():
                yield (table, name), texts

    def chunk(self, batch: pa.RecordBatch, *, is_whole: bool) -> Chunk:
        """The tables of a batch; unless `is_whole`, without what is known beside the answers."""
        before = self._rows.copy()
        tables, missing = {}, {}
        for table, laid in self._laid(batch).items():
            known = self._known(table, laid, batch, before) if is_whole else {}
            tables[table], missing[table] = self._table(table, laid, known)
            self._rows[table] += len(laid.responses)
        return Chunk(tables, missing)

    def _laid(self, batch: pa.RecordBatch) -> dict[str, Laid]:
        coded = batch["form_hash"].dictionary_encode()
        forms = coded.indices.to_numpy().astype(np.int64)
        answers = read_answers(batch["answers"])
        return self._layout.lay(answers, forms, coded.dictionary.to_pylist(), batch.num_rows)

    def _known(self, table: str, laid: Laid, batch: pa.RecordBatch, before: Counter[str]) -> dict[pa.Field, pa.Array]:
        count = len(laid.responses)
        mark = {pa.field(self.source.mark, pa.int8()): pa.array(np.ones(count, np.int8))} if self.source.mark else {}
        index = pa.array(np.arange(1, count + 1) + before[table])
        if not table:
            about = dict(zip(about_fields(self.source), about_arrays(self.source, batch), strict=True))
            return mark | {LINKS[0]: index} | about
        parent = self.source.plan.parents[table]
        around = (
            index,
            batch["id"].take(pa.array(laid.responses)),
            pa.array(np.full(count, parent or RESPONSES)),
            pa.array(laid.parents + before[parent] + 1),
        )
        return mark | dict(zip(LINKS, around, strict=True))

    def _table(
        self, table: str, laid: Laid, known: Mapping[pa.Field, pa.Array]
    ) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        fields, arrays = list(known), list(known.values())
        reasons: dict[str, NDArray[np.int8]] = {}
        for converter in self._converters[table]:
            name = converter.variable.name
            columns, reasons[name] = converter.columns(laid.texts.get(name), len(laid.responses))
            fields += fields_of(converter.variable, converter.own)
            arrays += columns
        whole = pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))
        return whole, pa.RecordBatch.from_pydict(reasons, schema=pa.schema([(name, pa.int8()) for name in reasons]))

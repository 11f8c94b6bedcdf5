"""One pass through a survey's responses: each batch of the database becomes a chunk of tables."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from admin_scripts.microdata.about import DISPOSITION, RESPONSES
from admin_scripts.microdata.answer_texts import Answers, read_answers
from admin_scripts.microdata.arrow_columns import Converter, fields_of
from admin_scripts.microdata.known import LINKS, SHOWN, about_arrays, about_fields, shown_ids
from admin_scripts.microdata.layout import Laid, Layout
from admin_scripts.microdata.made import alike, numbers, plain, words
from admin_scripts.microdata.missing import BROKEN_OFF
from admin_scripts.microdata.plan import Place
from admin_scripts.microdata.source import Source
from admin_scripts.microdata.taking_part import said_no
from admin_scripts.microdata.variables import Missing
from storage.dispositions import Disposition

NOTHING = words([None])[0]

Shown = Callable[[Sequence[str]], NDArray[np.bytes_]]
"""The ids of some responses -> those under which they are let out, all of one length."""


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
        coded = self.source.coded.items()
        questions = {(place[0], one.question) for place, one in coded if place in self.types}
        self._layout = Layout(self.source.plan, frozenset(self.types) | questions)
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
        for table, laid in self._laid(batch, read_answers(batch["answers"])).items():
            for name, texts in laid.texts.items():
                yield (table, name), texts

    def chunk(self, batch: pa.RecordBatch, shown: Shown | None = None, *, is_whole: bool) -> Chunk:
        """The tables of a batch; unless `is_whole`, without what is known beside the answers.

        `shown`: under other ids, and in the order of these.
        """
        before, texts = self._rows.copy(), batch["answers"]
        batch, order = _under(shown, batch) if shown else (batch, None)
        answers = read_answers(texts, order)
        is_partial = DISPOSITION in batch.schema.names
        if DISPOSITION in self.source.about and not is_partial:
            batch = batch.append_column(DISPOSITION, self._dispositions(answers, batch.num_rows))
        tables, missing = {}, {}
        for table, laid in self._laid(batch, answers).items():
            known = self._known(table, laid, batch, before) if is_whole else {}
            said = self._with_coded(table, laid, batch)
            tables[table], missing[table] = self._table(table, said, known, is_partial=is_partial)
            self._rows[table] += len(laid.responses)
        return Chunk(tables, missing)

    def _laid(self, batch: pa.RecordBatch, answers: Answers) -> dict[str, Laid]:
        coded = batch["form_hash"].dictionary_encode()
        forms = plain(coded.indices).astype(np.int64)
        return self._layout.lay(answers, forms, coded.dictionary.to_pylist(), batch.num_rows)

    def _with_coded(self, table: str, laid: Laid, batch: pa.RecordBatch) -> Laid:
        """And what coders made of open answers."""
        texts = {}
        for (place, name), coded in self.source.coded.items():
            if place == table and (place, name) in self.types:
                ids = batch["id"].take(numbers(laid.responses)).to_pylist()
                keys = ((known, "/".join(map(str, key))) for known, key in zip(ids, laid.keys, strict=True))
                texts[name] = coded.texts(laid.texts.get(coded.question), keys, len(ids))
        return replace(laid, texts={**laid.texts, **texts}) if texts else laid

    def _dispositions(self, answers: Answers, count: int) -> pa.StringArray:
        """Of what was handed in: complete, or a refusal where the only answer was no."""
        is_refusal = said_no(answers, count, self.source.sources.forms)
        return words([Disposition.COMPLETE, Disposition.REFUSAL]).take(numbers(is_refusal.astype(np.int8)))

    def _known(self, table: str, laid: Laid, batch: pa.RecordBatch, before: Counter[str]) -> dict[pa.Field, pa.Array]:
        count = len(laid.responses)
        mark = {pa.field(self.source.mark, pa.int8()): numbers(np.ones(count, np.int8))} if self.source.mark else {}
        index = numbers(np.arange(1, count + 1) + before[table])
        if not table:
            about = dict(zip(about_fields(self.source), about_arrays(self.source, batch), strict=True))
            return mark | {LINKS[0]: index} | about
        parent = self.source.plan.parents[table]
        around = (
            index,
            shown_ids(batch).take(numbers(laid.responses)),
            words([parent or RESPONSES]).take(numbers(np.zeros(count, np.int8))),
            numbers(laid.parents + before[parent] + 1),
        )
        return mark | dict(zip(LINKS, around, strict=True))

    def _table(
        self, table: str, laid: Laid, known: Mapping[pa.Field, pa.Array], *, is_partial: bool
    ) -> tuple[pa.RecordBatch, pa.RecordBatch]:
        fields, arrays = list(known), list(known.values())
        reasons: dict[str, NDArray[np.int8]] = {}
        for converter in self._converters[table]:
            name = converter.variable.name
            columns, reasons[name] = _converted(converter, laid, is_partial=is_partial)
            fields += fields_of(converter.variable, converter.own)
            arrays += columns
        whole = pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))
        return whole, pa.RecordBatch.from_arrays(list(map(numbers, reasons.values())), names=list(reasons))


def _under(shown: Shown, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, NDArray[np.int64]]:
    """What is known beside the answers, which are long, under other ids and in their order; and this order."""
    told = shown(batch["id"].to_pylist())
    order = np.argsort(told)
    known = batch.select([name for name in batch.schema.names if name != "answers"]).take(numbers(order))
    return known.append_column(SHOWN, alike(told[order])), order


def _converted(converter: Converter, laid: Laid, *, is_partial: bool) -> tuple[list[pa.Array], NDArray[np.int8]]:
    """The columns and reasons of a variable; a mark says where somebody has broken off before it."""
    texts = laid.texts.get(converter.variable.name)
    if texts is None or not is_partial:
        return converter.columns(texts, len(laid.responses))
    is_ahead = pc.equal(texts, BROKEN_OFF).fill_null(False)  # noqa: FBT003 - Arrow's way
    columns, reasons = converter.columns(pc.if_else(is_ahead, NOTHING, texts), len(laid.responses))
    reasons[is_ahead.to_numpy(zero_copy_only=False)] = Missing.BROKE_OFF
    return columns, reasons

"""The answers that a protected export lets out: without what tells who somebody is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from admin_scripts.disclosure.exports import OtherNames, Rows, names_for, why_not_described
from admin_scripts.disclosure.protect import (
    Codes,
    Combination,
    Protection,
    count_in,
    dropped,
    protect,
    quasi_identifiers,
    withhold,
)
from admin_scripts.microdata.about import DISPOSITION
from admin_scripts.microdata.made import coded, numbers, plain, words
from admin_scripts.microdata.stream import Chunk, Stream
from admin_scripts.microdata.variables import Dictionary, Missing, Variable
from conversations.sent_kinds import SENT
from storage.dispositions import Disposition

MOMENTS = frozenset({"submitted_on", "submitted_at"})
BESIDE = ("form_version", "language")
"""Columns of a response that tell who it is together with others, as the questions so marked do."""
HANDED_IN = (Disposition.COMPLETE, Disposition.REFUSAL)


@dataclass(frozen=True, eq=False)
class Protected:
    """Without moments and variables that tell who it is; of those that do so together, what k rows share.

    Under other ids and names of files than those of the database, and in another order.
    """

    stream: Stream
    rows: Rows
    names: OtherNames
    protection: Protection
    coding: "Coding"
    dictionary: Dictionary
    schemas: Mapping[str, Any]
    withheld: Mapping[str, int | None]
    why: str = ""
    is_whole: bool = False
    _files: dict[str, str] = field(default_factory=dict)

    @property
    def describes(self) -> bool:
        """Whether it has columns of that kind that are not withheld as a whole."""
        return len(self.coding.names) > self.coding.in_sight and not self.why

    def chunks(self) -> Iterator[Chunk]:
        """Columns left out, values blanked; no row comes or goes."""
        for chunk in self.stream.chunks(shown=self.names.of):
            masks = self._masks(chunk)
            tables = {
                key: self._renamed(key, _blanked(batch, self._hidden(key, masks), self.schemas[key]))
                for key, batch in chunk.tables.items()
            }
            yield Chunk(tables, {key: self._reasons(key, batch, masks) for key, batch in chunk.missing.items()})

    def kept_name(self, name: str) -> str:
        """Of a file that the chunks so far have named."""
        return self._files.get(name, name)

    def _renamed(self, key: str, batch: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
        """What was sent, under its name in this export."""
        for variable in self.dictionary.tables[key]:
            if variable.kind in SENT:
                place = batch.schema.get_field_index(variable.name)
                given = batch.column(place).to_pylist()
                told = {name: self.names.of_file(name) for name in given if name}
                self._files.update({other: name for name, other in told.items()})
                batch = batch.set_column(place, batch.schema.field(place), words([told.get(name) for name in given]))
        return batch

    def _masks(self, chunk: Chunk) -> dict[str, Any]:
        """By column, in which rows it is withheld."""
        if not self.coding.names:
            return {}
        return dict(zip(self.coding.names, self.protection.masks(self.coding.codes(chunk)), strict=True))

    def _hidden(self, key: str, masks: Mapping[str, Any]) -> dict[str, Any]:
        """By column of a table, the rows in which it is blanked."""
        if key:
            return {}
        columns = {name: name for name in BESIDE}
        for variable in self.dictionary.tables[key]:
            columns |= dict.fromkeys((variable.name, *map(variable.column_of, variable.choices)), variable.name)
        return {column: masks[name] for column, name in columns.items() if name in masks}

    def _reasons(self, key: str, batch: Any, masks: Mapping[str, Any]) -> Any:  # noqa: ANN401
        columns = {}
        for variable in self.dictionary.tables[key]:
            codes = plain(batch.column(variable.name))
            if not key and variable.name in masks:
                codes = np.where(masks[variable.name], np.int8(Missing.WITHHELD), codes)
            columns[variable.name] = numbers(codes.astype(np.int8))
        return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


@dataclass(slots=True)
class Coding:
    """The columns that tell who it is together, as whole numbers, the same in every chunk.

    The first ones are `in_sight`: those who handed in hide among their like, those who stopped half-way among theirs.
    """

    names: tuple[str, ...]
    in_sight: int = 0
    known: dict[str, dict[str | None, int]] = field(default_factory=dict)

    def codes(self, chunk: Chunk) -> list[Codes]:
        """Of each column; reasons for none are their own (negative) codes."""
        return [self._codes(name, chunk) for name in self.names]

    def _codes(self, name: str, chunk: Chunk) -> Codes:
        known = self.known.setdefault(name, {})
        texts, places = coded(chunk.tables[""].column(name).cast(pa.string()))
        if name == DISPOSITION:
            texts = ["" if text in HANDED_IN else text for text in texts]
        found = [known.setdefault(text, len(known)) for text in [*texts, None]]
        codes: Codes = np.array(found, dtype=np.int64)[places]
        if name in chunk.missing[""].schema.names:
            why = plain(chunk.missing[""].column(name))
            codes = np.where(why == 0, codes, why)
        return codes


def protected(stream: Stream, rows: Rows, secret: bytes, now: datetime) -> Protected:
    """Go through the responses once to see what singles somebody out, unless nothing can."""
    dictionary = stream.source.dictionary
    gone = dropped(dictionary)
    told = _without(dictionary, gone)
    coding = _coding(stream, told)
    counts: Counter[Combination] = Counter()
    if coding.names:
        wanted = [("", name) for name in coding.names if name not in (*BESIDE, DISPOSITION)]
        for chunk in stream.chunks(only=wanted, with_known=True):
            counts.update(count_in(coding.codes(chunk)))
    survey, earlier = stream.source.survey, stream.source.earlier
    why = why_not_described(survey, rows, earlier, now) if coding.names else ""
    protection = (withhold if why else protect)(coding.names, counts, in_sight=coding.in_sight)
    schemas = {key: _schema(stream, key, told) for key in dictionary.tables}
    withheld = _told(stream, gone, protection, counts)
    names = names_for(secret, survey, rows)
    return Protected(stream, rows, names, protection, coding, told, schemas, withheld, why)


def _coding(stream: Stream, told: Dictionary) -> Coding:
    source = stream.source
    several = {"form_version": len(source.sources.forms) > 1, "language": len(source.dictionary.languages) > 1}
    together = (*quasi_identifiers(told), *(name for name in BESIDE if several[name]))
    in_sight = (DISPOSITION,) if together and DISPOSITION in source.about else ()
    return Coding((*in_sight, *together), len(in_sight))


def _without(dictionary: Dictionary, gone: frozenset[tuple[str, str]]) -> Dictionary:
    tables: dict[str, tuple[Variable, ...]] = {
        key: tuple(variable for variable in variables if (key, variable.name) not in gone)
        for key, variables in dictionary.tables.items()
    }
    return replace(dictionary, tables=tables)


def _schema(stream: Stream, key: str, told: Dictionary) -> Any:  # noqa: ANN401
    names = {
        name
        for variable in stream.source.dictionary.tables[key]
        if variable not in told.tables[key]
        for name in (variable.name, *map(variable.column_of, variable.choices))
    }
    return pa.schema([one for one in stream.schemas[key] if one.name not in names | MOMENTS])


def _blanked(batch: Any, hidden: Mapping[str, Any], schema: Any) -> Any:  # noqa: ANN401
    arrays = []
    for name in schema.names:
        cells = batch.column(name)
        if name in hidden and hidden[name].any():
            kept = np.where(hidden[name], -1, np.arange(batch.num_rows))
            cells = cells.take(numbers(kept, kept == -1))
        arrays.append(cells)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _told(
    stream: Stream,
    gone: frozenset[tuple[str, str]],
    protection: Protection,
    counts: Mapping[Combination, int],
) -> dict[str, int | None]:
    columns: dict[str, int | None] = {name: None for name in stream.schemas[""].names if name in MOMENTS}
    columns |= {name: None for _, name in sorted(gone)}
    for place, name in enumerate(protection.columns):
        rows = sum(number for one, number in counts.items() if protection.withheld[one][place])
        if rows:
            columns[name] = rows
    return columns

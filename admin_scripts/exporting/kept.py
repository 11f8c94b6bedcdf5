"""The answers that an export lets out: all of them, or those that single nobody out."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from admin_scripts.disclosure.protect import (
    Codes,
    Combination,
    Protection,
    count_in,
    dropped,
    protect,
    quasi_identifiers,
)
from admin_scripts.microdata.made import coded, numbers, plain
from admin_scripts.microdata.stream import Chunk, Stream
from admin_scripts.microdata.variables import Dictionary, Missing, Variable

MOMENTS = frozenset({"submitted_on", "submitted_at"})
BESIDE = ("form_version", "language")
"""Columns of a response that tell who it is together with others, as the questions so marked do."""


class Kept(Protocol):
    """Answers to be written."""

    @property
    def stream(self) -> Stream:
        """Where they come from."""

    @property
    def dictionary(self) -> Dictionary:
        """Of what is let out."""

    @property
    def schemas(self) -> Mapping[str, Any]:
        """The columns of every table."""

    @property
    def withheld(self) -> Mapping[str, int | None]:
        """By column, how many rows lack it; None: all, it is not there."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is kept back."""

    def chunks(self) -> Iterator[Chunk]:
        """All of it."""


@dataclass(frozen=True, eq=False)
class Whole:
    """Everything."""

    stream: Stream
    withheld: Mapping[str, int | None] = field(default_factory=dict)
    is_whole: bool = True

    @property
    def dictionary(self) -> Dictionary:
        """Of all variables."""
        return self.stream.source.dictionary

    @property
    def schemas(self) -> Mapping[str, Any]:
        """As they are read."""
        return self.stream.schemas

    def chunks(self) -> Iterator[Chunk]:
        """As they are read."""
        return self.stream.chunks()


@dataclass(frozen=True, eq=False)
class Protected:
    """Without moments and variables that tell who it is; of those that do so together, what k rows share."""

    stream: Stream
    protection: Protection
    coding: "Coding"
    dictionary: Dictionary
    schemas: Mapping[str, Any]
    withheld: Mapping[str, int | None]
    is_whole: bool = False

    def chunks(self) -> Iterator[Chunk]:
        """Columns left out, values blanked; the rows and their order stay."""
        for chunk in self.stream.chunks():
            masks = self._masks(chunk)
            tables = {
                key: _blanked(batch, self._hidden(key, masks), self.schemas[key]) for key, batch in chunk.tables.items()
            }
            yield Chunk(tables, {key: self._reasons(key, batch, masks) for key, batch in chunk.missing.items()})

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

    def _reasons(self, key: str, batch: Any, masks: Mapping[str, Any]) -> Any:  # noqa: ANN401 - pyarrow has no types
        columns = {}
        for variable in self.dictionary.tables[key]:
            codes = plain(batch.column(variable.name))
            if not key and variable.name in masks:
                codes = np.where(masks[variable.name], np.int8(Missing.WITHHELD), codes)
            columns[variable.name] = numbers(codes.astype(np.int8))
        return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


@dataclass(slots=True)
class Coding:
    """The columns that tell who it is together, as whole numbers, the same in every chunk."""

    names: tuple[str, ...]
    known: dict[str, dict[str | None, int]] = field(default_factory=dict)

    def codes(self, chunk: Chunk) -> list[Codes]:
        """Of each column; reasons for none are their own (negative) codes."""
        return [self._codes(name, chunk) for name in self.names]

    def _codes(self, name: str, chunk: Chunk) -> Codes:
        known = self.known.setdefault(name, {})
        texts, places = coded(chunk.tables[""].column(name).cast(pa.string()))
        found = [known.setdefault(text, len(known)) for text in [*texts, None]]
        codes: Codes = np.array(found, dtype=np.int64)[places]
        if name in chunk.missing[""].schema.names:
            why = plain(chunk.missing[""].column(name))
            codes = np.where(why == 0, codes, why)
        return codes


def protected(stream: Stream) -> Protected:
    """Go through the responses once to see what singles somebody out, unless nothing can."""
    dictionary = stream.source.dictionary
    gone = dropped(dictionary)
    told = _without(dictionary, gone)
    coding = Coding(_together(stream, told))
    counts: Counter[Combination] = Counter()
    if coding.names:
        wanted = [("", name) for name in coding.names if name not in BESIDE]
        for chunk in stream.chunks(only=wanted, with_known=True):
            counts.update(count_in(coding.codes(chunk)))
    protection = protect(coding.names, counts)
    schemas = {key: _schema(stream, key, told) for key in dictionary.tables}
    return Protected(stream, protection, coding, told, schemas, _told(stream, gone, protection, counts))


def _together(stream: Stream, told: Dictionary) -> tuple[str, ...]:
    source = stream.source
    several = {"form_version": len(source.sources.forms) > 1, "language": len(source.dictionary.languages) > 1}
    return (*quasi_identifiers(told), *(name for name in BESIDE if several[name]))


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

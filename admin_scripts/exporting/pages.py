"""Chunks of answers -> the pages of CSV, XLSX, JSON and Parquet: as people read them, and why some are missing.

A page is named after its table; `TITLE.missing` has the same columns and rows, with a word where an answer is missing.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from admin_scripts.exporting.layout import Export, Field, Table, said
from admin_scripts.microdata.about import LINKS
from admin_scripts.microdata.made import numbers, plain, words
from admin_scripts.microdata.variables import Missing, Variable
from conversations.forms import ControlKind

BETWEEN_LABELS = "; "
WHOLE = re.compile(r"-?(0|[1-9]\d{0,14})")
FIRST_CODE = min(Missing)
WORDS = words([Missing(code).name.lower() for code in range(FIRST_CODE, max(Missing) + 1)])
WHY = pa.dictionary(pa.int8(), pa.string())
REASONS = ".missing"


def page_titles(export: Export) -> tuple[str, ...]:
    """Every table, then every table of reasons."""
    titles = [table.title for table in export.tables]
    return (*titles, *(title + REASONS for title in titles))


def page_schemas(export: Export) -> dict[str, Any]:
    """By page: the columns and what they hold."""
    answers = {table.title: _schema(export, table) for table in export.tables}
    reasons = {
        table.title + REASONS: pa.schema([(field.header, _reason_type(table, field)) for field in table.fields])
        for table in export.tables
    }
    return answers | reasons


class Pages:
    """The pages of one export, chunk by chunk."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.schemas = page_schemas(export)

    def of(self, tables: Mapping[str, Any], missing: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """Title and record batch of every page of a chunk."""
        for table in self.export.tables:
            batch, why = tables[table.key], missing[table.key]
            answers, reasons = self.schemas[table.title], self.schemas[table.title + REASONS]
            kinds = zip(table.fields, answers.types, strict=True)
            columns = [_cells(self.export, field, batch, kind) for field, kind in kinds]
            yield table.title, pa.RecordBatch.from_arrays(columns, schema=answers)
            said = {name: _said(why.column(name)) for name in why.schema.names}
            columns = [_reasons(field, batch, said) for field in table.fields]
            yield table.title + REASONS, pa.RecordBatch.from_arrays(columns, schema=reasons)


def _schema(export: Export, table: Table) -> Any:  # noqa: ANN401 - pyarrow has no types
    return pa.schema([(field.header, _type(export, table, field)) for field in table.fields])


def _type(export: Export, table: Table, field: Field) -> Any:  # noqa: ANN401
    given = table.schema.field(field.header).type
    if pa.types.is_dictionary(given):
        given = given.value_type
    if field.choice is None and field.variable and has_numeric_codes(field.variable) and not export.has_labels:
        return pa.int64()
    return given


def has_numeric_codes(variable: Variable) -> bool:
    """Whether the one choice is a number: the steps of a scale, named 1 to 5."""
    names = [choice.name for choice in variable.choices]
    return variable.kind == ControlKind.SELECT_ONE and bool(names) and all(map(WHOLE.fullmatch, names))


def _cells(export: Export, field: Field, batch: Any, wanted: Any) -> Any:  # noqa: ANN401
    cells = batch.column(field.header)
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if export.has_labels and field.choice is None and field.variable and field.variable.choices:
        return labelled(cells, field.variable, export.language)
    return cells if cells.type == wanted else pc.cast(cells, wanted)


def labelled(cells: Any, variable: Variable, language: str) -> Any:  # noqa: ANN401
    """Labels in place of names; each text that occurs is looked up once."""
    labels = {choice.name: said(choice.labels, language) or choice.name for choice in variable.choices}
    is_several = variable.is_multiple or variable.is_ranking
    coded = cells.dictionary_encode()
    texts = [
        BETWEEN_LABELS.join(labels.get(name, name) for name in (text.split() if is_several else [text]))
        for text in coded.dictionary.to_pylist()
    ]
    return words(texts).take(coded.indices)


def _reason_type(table: Table, field: Field) -> Any:  # noqa: ANN401
    if field.variable:
        return WHY
    return table.schema.field(field.header).type if field.header in LINKS else pa.string()


def _reasons(field: Field, batch: Any, said: Mapping[str, Any]) -> Any:  # noqa: ANN401
    if field.variable is None:
        return batch.column(field.header) if field.header in LINKS else pa.nulls(batch.num_rows, pa.string())
    return said[field.variable.name]


def _said(reasons: Any) -> Any:  # noqa: ANN401
    codes = plain(reasons)
    places = numbers(codes.astype(np.int8) - np.int8(FIRST_CODE), codes == 0)
    return pa.DictionaryArray.from_arrays(places, WORDS)

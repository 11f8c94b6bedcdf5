"""Tables -> Stata files (format 118): labels, and the extended missing values .a to .f."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from admin_scripts.exporting.cut import cut_letters
from admin_scripts.exporting.layout import Table
from admin_scripts.exporting.legal_names import stata_names
from admin_scripts.exporting.stat_columns import Shape, StatColumn, stat_names
from admin_scripts.exporting.stat_tables import StatTables
from admin_scripts.microdata.variables import Missing

LABEL, VALUE_LABEL = 80, 32_000
DAYS_TO_1970 = 3653
"""Stata counts from 1960."""
LETTERS = {why: letter for letter, why in zip("abcdef", sorted(Missing), strict=True)}
FORMATS = {Shape.DATE: "%td", Shape.MOMENT: "%tc"}
VERSION = 14  # pyreadstat's number for format 118, which every Stata since 14 opens
STAMP = re.compile(rb"(<timestamp>\x11)\d\d \w{3} \d{4} \d\d:\d\d")


class DtaFiles(StatTables):
    """`NAME.TABLE.dta`."""

    suffix = "dta"

    def write(self, path: Path, table: Table, columns: Sequence[StatColumn]) -> None:
        """Write one table."""
        names = stat_names(table, stata_names)
        named = [(names[column.header], column) for column in columns]
        pyreadstat.write_dta(
            pd.DataFrame({name: _coded(column) for name, column in named}),
            str(path),
            version=VERSION,
            file_label=cut_letters(self.export.title, LABEL),
            column_labels={name: cut_letters(column.label, LABEL) for name, column in named},
            variable_value_labels={name: self._labels(column) for name, column in named if column.why is not None},
            missing_user_values={name: list(LETTERS.values()) for name, column in named if column.why is not None},
            variable_format={name: _format(column) for name, column in named if column.shape is not Shape.TEXT},
        )
        path.write_bytes(STAMP.sub(rb"\g<1>01 Jan 1970 00:00", path.read_bytes(), count=1))

    def _labels(self, column: StatColumn) -> dict[Any, str]:
        reasons: dict[Any, str] = {LETTERS[why]: text for why, text in self.reasons().items()}
        for code, why in reversed(list(column.missing_codes.items())):
            reasons[LETTERS[why]] = column.labels[code]
        own = {int(code): text for code, text in column.labels.items() if code not in column.missing_codes}
        return {code: cut_letters(text, VALUE_LABEL) for code, text in (own | reasons).items()}


def _coded(column: StatColumn) -> Any:  # noqa: ANN401 - numbers, or numbers and letters, or texts
    """The values as Stata has them, with letters where they are missing."""
    values = column.cells
    if column.shape is Shape.DATE:
        values = values + DAYS_TO_1970
    elif column.shape is Shape.MOMENT:
        values = (values + DAYS_TO_1970 * 86_400) * 1000
    if column.why is None or not column.why.any():
        return values
    mixed = values.astype(object)
    for why, letter in LETTERS.items():
        mixed[column.why == why] = letter
    return mixed


def _format(column: StatColumn) -> str:
    return FORMATS.get(column.shape) or (f"%12.{column.decimals}f" if column.decimals else "%10.0g")

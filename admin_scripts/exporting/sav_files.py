"""Tables -> SPSS system files: labels, levels of measurement, user-missing codes and multiple-response sets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyreadstat

from admin_scripts.exporting.cut import cut_bytes
from admin_scripts.exporting.layout import Table, said
from admin_scripts.exporting.legal_names import SPSS_LENGTH, free_name, spss_names
from admin_scripts.exporting.mrsets import MultipleSet, finish_sav
from admin_scripts.exporting.stat_columns import SECONDS_A_DAY, Shape, StatColumn, stat_names
from admin_scripts.exporting.stat_tables import StatTables
from admin_scripts.microdata.variables import Measure, Missing

LABEL_BYTES, VALUE_LABEL_BYTES, TEXT_BYTES = 255, 120, 32_767
EPOCH = 12_219_379_200.0
"""Seconds from 14 October 1582, from which SPSS counts, to 1970."""
MEASURES = {Measure.ORDINAL: "ordinal", Measure.SCALE: "scale", Measure.RANK: "ordinal", Measure.DATE: "scale"}
MISSING_RANGE = {"lo": float(min(Missing)), "hi": float(max(Missing))}
FORMATS = {Shape.DATE: "SDATE10", Shape.MOMENT: "DATETIME20"}
WIDEST = 40


class SavFiles(StatTables):
    """`NAME.TABLE.sav`."""

    suffix = "sav"

    @classmethod
    def too_long(cls, texts: Any) -> int:  # noqa: ANN401 - pyarrow has no types
        """A text holds 32,767 bytes of UTF-8."""
        return pc.sum(pc.greater(pc.binary_length(texts), TEXT_BYTES)).as_py() or 0

    def write(self, path: Path, table: Table, columns: Sequence[StatColumn]) -> None:
        """Write one table with its multiple-response sets."""
        names = stat_names(table, spss_names)
        with_codes = [(names[column.header], column) for column in columns]
        pyreadstat.write_sav(
            pd.DataFrame({name: _coded(column) for name, column in with_codes}),
            str(path),
            row_compress=True,
            file_label=cut_bytes(self.export.title, 64),
            column_labels={name: cut_bytes(column.label, LABEL_BYTES) for name, column in with_codes},
            variable_value_labels={name: self._labels(column) for name, column in with_codes if column.why is not None},
            missing_ranges={name: _missing(column) for name, column in with_codes if column.why is not None},
            variable_format={name: _format(column) for name, column in with_codes if column.shape is not Shape.TEXT},
            variable_measure={name: MEASURES.get(column.measure, "nominal") for name, column in with_codes},
            variable_display_width={name: _width(column) for name, column in with_codes},
        )
        finish_sav(path, self._sets(table, names))

    def _labels(self, column: StatColumn) -> dict[float, str]:
        """Of the choices, then of those kinds of missing that no choice stands for."""
        one = _one_choice_for(column)
        own = {code: text for code, text in column.labels.items() if code in one or code not in column.missing_codes}
        reasons = {float(code): text for code, text in self.reasons().items()}
        if not one:
            reasons |= {float(why): column.labels[code] for code, why in reversed(list(column.missing_codes.items()))}
        return {code: cut_bytes(text, VALUE_LABEL_BYTES) for code, text in (reasons | own).items()}

    def _sets(self, table: Table, names: Mapping[str, str]) -> list[MultipleSet]:
        several = {field.variable.name: field.variable for field in table.fields if field.choice and field.variable}
        sets: list[MultipleSet] = []
        taken: set[str] = set()
        for variable in several.values():
            if variable.is_multiple:
                name = free_name(spss_names([variable.name])[variable.name], SPSS_LENGTH - 1, taken)
                taken.add(name.lower())
                columns = tuple(names[variable.column_of(choice)] for choice in variable.choices)
                label = " ".join(said(variable.wording, self.export.language).split())
                sets.append(MultipleSet(name, cut_bytes(label, LABEL_BYTES), columns))
        return sets


def _one_choice_for(column: StatColumn) -> Mapping[float, Missing]:
    """SPSS allows a range of missing values and one value more: that is the choice, if there is only one."""
    return column.missing_codes if len(column.missing_codes) == 1 else {}


def _coded(column: StatColumn) -> Any:  # noqa: ANN401 - numbers or texts
    """The values as SPSS has them, with codes where they are missing."""
    if column.shape is Shape.TEXT:
        return [cut_bytes(text, TEXT_BYTES) for text in column.cells]
    values = column.cells
    if column.shape is Shape.DATE:
        values = values * SECONDS_A_DAY + EPOCH
    elif column.shape is Shape.MOMENT:
        values = values + EPOCH
    if column.why is None:
        return values
    kept = np.isin(column.cells, list(_one_choice_for(column)))
    return np.where((column.why != 0) & ~kept, column.why.astype(np.float64), values)


def _missing(column: StatColumn) -> list[Any]:
    return [MISSING_RANGE, *_one_choice_for(column)]


def _format(column: StatColumn) -> str:
    if column.shape in FORMATS:
        return FORMATS[column.shape]
    decimals = column.decimals
    given = np.abs(column.cells[np.isfinite(column.cells)])
    whole = len(str(int(given.max()))) if len(given) else 1
    return f"F{min(WIDEST, max(3, whole + 1) + (decimals + 1 if decimals else 0))}.{decimals}"


def _width(column: StatColumn) -> int:
    if column.shape is Shape.TEXT:
        return 20
    return 12 if column.shape in FORMATS else 8

"""Tables -> the columns of SPSS and Stata: numbers with labels, each with the reasons why some are missing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from admin_scripts.exporting.layout import Field, Table, said
from admin_scripts.microdata.variables import Measure, Missing, Variable
from conversations.forms import ControlKind

CHOSEN: Mapping[str, Mapping[float, str]] = {
    "it": {0.0: "No", 1.0: "Sì"},
    "": {0.0: "No", 1.0: "Yes"},
}
REASONS = "_missing"
WHY: Mapping[str, tuple[str, str]] = {
    "it": ("perché manca la risposta", "risposta data"),
    "": ("why there is no answer", "answered"),
}
SECONDS_A_DAY = 86_400


class Shape(Enum):
    """What the values are."""

    NUMBER = auto()
    DATE = auto()  # days since 1970
    MOMENT = auto()  # seconds since 1970
    TEXT = auto()


@dataclass(frozen=True, slots=True, eq=False)
class StatColumn:
    """One column: (n,) float64 with nan, or of texts (n,) object. `why` holds Missing codes, 0 where answered.

    `missing_codes`: values that count as missing though they are answers ("prefer not to say"), and what they mean.
    """

    header: str
    label: str
    shape: Shape
    cells: NDArray[Any]
    measure: Measure
    labels: Mapping[float, str] = field(default_factory=dict)
    why: NDArray[np.int8] | None = None
    missing_codes: Mapping[float, Missing] = field(default_factory=dict)

    @property
    def decimals(self) -> int:
        """How many decimals show every number, at most 6."""
        given = self.cells[np.isfinite(self.cells)]
        return next((d for d in range(6) if np.allclose(np.round(given, d), given, rtol=0, atol=1e-7)), 6)


def stat_names(table: Table, naming: Callable[[Iterable[str]], dict[str, str]]) -> dict[str, str]:
    """By header of a column, its name in a file: of all that there can be, so that answers change no name."""
    headers = [one.header for one in table.fields]
    return naming([*headers, *(header + REASONS for header in headers)])


def is_spread(one: Field) -> bool:
    """Whether the column stands in the file as those of its choices only."""
    return one.choice is None and one.variable is not None and bool(one.variable.choices) and _is_spread(one.variable)


def stat_columns(table: Table, answers: Any, missing: Any, language: str) -> Iterator[StatColumn]:  # noqa: ANN401
    """The columns of a table in their order: several answers and ranks by choice only, texts with their reasons."""
    for one in table.fields:
        if is_spread(one):
            continue
        cells = answers.column(one.header).combine_chunks()
        if one.variable is None:
            shape, values = _values(cells)
            yield StatColumn(one.header, one.note, shape, values, Measure.NOMINAL)
        else:
            why = missing.column(one.variable.name).to_numpy().astype(np.int8)
            yield from _answered(one, one.variable, cells, why, language)


def _is_spread(variable: Variable) -> bool:
    return variable.is_multiple or variable.is_ranking


def _answered(
    one: Field,
    variable: Variable,
    cells: Any,  # noqa: ANN401
    why: NDArray[np.int8],
    language: str,
) -> Iterator[StatColumn]:
    label = one.label(language)
    if one.choice is not None:
        labels = CHOSEN.get(language, CHOSEN[""]) if variable.is_multiple else {}
        measure = Measure.NOMINAL if variable.is_multiple else Measure.ORDINAL
        yield StatColumn(one.header, label, Shape.NUMBER, _values(cells)[1], measure, labels, why)
    elif variable.kind == ControlKind.SELECT_ONE and variable.choices:
        yield _chosen(one.header, label, variable, cells, why, language)
    else:
        shape, values = _values(cells)
        if shape is Shape.TEXT or _collides(values):
            yield StatColumn(one.header, label, shape, values, variable.measure)
            given = np.where(why == 0, 0.0, np.nan)
            told, answered = WHY.get(language, WHY[""])
            why_label = f"{label[:160]}: {told}"
            yield StatColumn(
                one.header + REASONS, why_label, Shape.NUMBER, given, Measure.NOMINAL, {0.0: answered}, why
            )
        else:
            yield StatColumn(one.header, label, shape, values, variable.measure, {}, why)


def _chosen(
    header: str,
    label: str,
    variable: Variable,
    cells: Any,  # noqa: ANN401
    why: NDArray[np.int8],
    language: str,
) -> StatColumn:
    codes = {choice.name: float(choice.code) for choice in variable.choices}
    coded = _decoded(cells).dictionary_encode()
    found = np.array([*(codes.get(name, np.nan) for name in coded.dictionary.to_pylist()), np.nan])
    values = found[coded.indices.fill_null(len(found) - 1).to_numpy(zero_copy_only=False)]
    labels = {float(choice.code): said(choice.labels, language) or choice.name for choice in variable.choices}
    reasons = {float(choice.code): choice.missing for choice in variable.choices if choice.missing is not None}
    return StatColumn(header, label, Shape.NUMBER, values, variable.measure, labels, why, reasons)


def _collides(values: NDArray[Any]) -> bool:
    """Whether an answer is a number that says why there is none."""
    return bool(np.isin(values, [float(code) for code in Missing]).any())


def _values(cells: Any) -> tuple[Shape, NDArray[Any]]:  # noqa: ANN401
    kind = cells.type
    if pa.types.is_date(kind):
        return Shape.DATE, _floats(pc.cast(pc.cast(cells, pa.date32()), pa.int32()))
    if pa.types.is_timestamp(kind):
        return Shape.MOMENT, _floats(pc.cast(pc.cast(cells, pa.timestamp("s")), pa.int64()))
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind):
        return Shape.NUMBER, _floats(cells)
    return Shape.TEXT, _decoded(cells).fill_null("").to_numpy(zero_copy_only=False)


def _decoded(cells: Any) -> Any:  # noqa: ANN401
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else pc.cast(cells, pa.string())


def _floats(cells: Any) -> NDArray[np.float64]:  # noqa: ANN401
    found: NDArray[np.float64] = pc.cast(cells, pa.float64()).to_numpy(zero_copy_only=False)
    return found

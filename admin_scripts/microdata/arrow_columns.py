"""What was said to one question in a batch -> its Arrow columns, and why there is no answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from admin_scripts.microdata.arrays import blank_reasons, reason_of
from admin_scripts.microdata.made import coded, numbers, without
from admin_scripts.microdata.plan import Place
from admin_scripts.microdata.variables import CALCULATION, Missing, Variable
from conversations.forms import ControlKind, FormDefinition

MOST_KNOWN = 100_000
"""Sets of choices that are remembered; the same few come again and again."""


def type_of(variable: Variable, forms: Sequence[FormDefinition], numbers: Mapping[Place, pa.DataType]) -> pa.DataType:
    """The type of a variable's own column. `numbers` are the calculations that only ever gave numbers."""
    if variable.kind == CALCULATION:
        return numbers.get((variable.table, variable.name), pa.string())
    if variable.kind == ControlKind.RANGE:
        return pa.int64() if _is_whole(variable, forms) else pa.float64()
    return TYPES.get(variable.kind, pa.string())


def fields_of(variable: Variable, own: pa.DataType) -> list[pa.Field]:
    """The columns of a variable: its own, then one for each choice where several can be chosen or put in order."""
    spread = variable.choices if variable.is_multiple or variable.is_ranking else ()
    each = pa.int16() if variable.is_ranking else pa.int8()
    return [pa.field(variable.name, own), *(pa.field(variable.column_of(choice), each) for choice in spread)]


def _is_whole(variable: Variable, forms: Sequence[FormDefinition]) -> bool:
    """Whether the steps of a range are whole, in every version."""
    return {form.nodes[variable.path].bind.datatype for form in forms if variable.path in form.nodes} <= {"int"}


TYPES: Mapping[str, pa.DataType] = {
    ControlKind.INTEGER: pa.int64(),
    ControlKind.DECIMAL: pa.float64(),
    ControlKind.DATE: pa.date32(),
}


# ---------------------------------------------------------------- one batch


@dataclass(slots=True)
class Converter:
    """Makes the columns of one variable, batch by batch."""

    variable: Variable
    own: pa.DataType
    _places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _reasons: dict[str, int] = field(default_factory=dict)

    def columns(self, texts: pa.StringArray | None, count: int) -> tuple[list[pa.Array], NDArray[np.int8]]:
        """The columns, null where there is no answer, and the reasons: 0 where there is one. None: nobody was asked."""
        if texts is None:
            nothing = [pa.nulls(count, one.type) for one in fields_of(self.variable, self.own)]
            return nothing, np.full(count, Missing.NOT_ASKED, dtype=np.int8)
        reasons = blank_reasons(self.variable, texts)
        said = without(texts, reasons != 0)
        return [said.cast(self.own), *self._by_choice(said, reasons)], reasons

    def _by_choice(self, said: pa.StringArray, reasons: NDArray[np.int8]) -> Iterator[pa.Array]:
        """The columns of the choices; and where what was chosen says why there is no answer, that is the reason."""
        is_spread = self.variable.is_multiple or self.variable.is_ranking
        says_why = any(choice.missing is not None for choice in self.variable.choices)
        if not self.variable.choices or not (is_spread or says_why):
            return
        names, places = coded(said)
        if says_why:
            why = np.array([*(self._reason(name) for name in names), 0], dtype=np.int8)[places]
            np.copyto(reasons, why, where=why != 0)
        if not is_spread:
            return
        table = np.array([*(self._place(name) for name in names), (0,) * len(self.variable.choices)], dtype=np.int16)
        is_missing = places == len(names)
        for column in table[places].T:
            if self.variable.is_ranking:
                yield numbers(column, is_missing | (column == 0))
            else:
                yield numbers((column > 0).astype(np.int8), is_missing)

    def _place(self, name: str) -> tuple[int, ...]:
        """Of each choice, its place in the answer, 0 where it is not in it."""
        if name not in self._places:
            if len(self._places) > MOST_KNOWN:
                self._places.clear()
            chosen = {one: place for place, one in enumerate(name.split(), start=1)}
            self._places[name] = tuple(chosen.get(choice.name, 0) for choice in self.variable.choices)
        return self._places[name]

    def _reason(self, name: str) -> int:
        if name not in self._reasons:
            if len(self._reasons) > MOST_KNOWN:
                self._reasons.clear()
            chosen = name.split() if self.variable.is_multiple or self.variable.is_ranking else [name]
            self._reasons[name] = reason_of(self.variable, chosen)
        return self._reasons[name]

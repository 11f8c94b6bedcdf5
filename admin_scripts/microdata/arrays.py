"""What was said to one question -> its Column: numbers, flags, places, dates or texts, and why there is none."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from admin_scripts.microdata.calculations import widened
from admin_scripts.microdata.dataset import Column
from admin_scripts.microdata.made import flags, is_blank, words
from admin_scripts.microdata.variables import CALCULATION, CODED, Missing, Variable
from conversations.forms import ControlKind

Values = NDArray[np.generic]
Reasons = NDArray[np.int8]


NAN = words(["NaN"])[0]


def column_of(variable: Variable, texts: pa.StringArray) -> Column:
    """The column of a variable. The texts are null where it was not asked, "" where it was left blank."""
    reasons = blank_reasons(variable, texts)
    return Column(variable, _reader(variable, texts)(variable, texts, reasons), reasons)


def blank_reasons(variable: Variable, texts: pa.StringArray) -> Reasons:
    """Why nothing is there; 0 where something is. A calculation that says nothing, or NaN, was never a question."""
    is_calculated = variable.kind == CALCULATION
    reasons = is_blank(texts) * np.int8(Missing.NOT_ASKED if is_calculated else Missing.SKIPPED)
    if is_calculated:
        reasons[flags(pc.equal(texts, NAN).fill_null(True))] = Missing.NOT_ASKED  # noqa: FBT003 - Arrow's way
    elif texts.null_count:
        reasons[flags(texts.is_null())] = Missing.NOT_ASKED
    return reasons


def reason_of(variable: Variable, names: Sequence[str]) -> int:
    """Why these choices are no answer that counts, 0 if one of them is; of several, that somebody would rather not."""
    meant = {choice.name: choice.missing for choice in variable.choices}
    reasons = {meant.get(name) for name in names}
    if None in reasons:
        return 0
    return Missing.PREFER_NOT if Missing.PREFER_NOT in reasons else Missing.DONT_KNOW


def _reader(variable: Variable, texts: pa.StringArray) -> Callable[[Variable, pa.StringArray, Reasons], Values]:
    if variable.kind == CALCULATION:
        return _numbers if widened(None, texts) in (pa.int64(), pa.float64()) else _texts
    if variable.kind == ControlKind.SELECT_ONE:
        return _codes if variable.choices else _texts
    return READING.get(variable.kind, _texts)


def _codes(variable: Variable, texts: pa.StringArray, reasons: Reasons) -> Values:
    codes = {choice.name: np.nan if choice.missing else choice.code for choice in variable.choices}
    names, places = _coded(texts)
    _say_why(variable, [[name] for name in names], places, reasons)
    return np.array([*(codes.get(name, np.nan) for name in names), np.nan], dtype=np.float64)[places]


def _flags(variable: Variable, texts: pa.StringArray, reasons: Reasons) -> Values:
    return _places(variable, texts, reasons).astype(bool)


def _places(variable: Variable, texts: pa.StringArray, reasons: Reasons) -> Values:
    """The place of each choice, from 1; one that says why there is no answer has none."""
    names, places = _coded(texts)
    _say_why(variable, [name.split() for name in names], places, reasons)
    counting = [choice.name if choice.missing is None else "" for choice in variable.choices]
    rows = [*(_ranks(name.split(), counting) for name in names), (0,) * len(counting)]
    return np.array(rows, dtype=np.int16).reshape(len(rows), len(counting))[places]


def _ranks(said: Sequence[str], counting: Sequence[str]) -> tuple[int, ...]:
    there = {name: place for place, name in enumerate((name for name in said if name in counting), start=1)}
    return tuple(there.get(name, 0) for name in counting)


def _coded(texts: pa.StringArray) -> tuple[list[str], NDArray[np.int64]]:
    """The different texts, and of each row which one it has; where there is none, the number of them."""
    coded = texts.dictionary_encode()
    names: list[str] = coded.dictionary.to_pylist()
    return names, coded.indices.cast(pa.int64()).fill_null(len(names)).to_numpy(zero_copy_only=False)


def _say_why(variable: Variable, said: Sequence[Sequence[str]], places: NDArray[np.int64], reasons: Reasons) -> None:
    """Where what was chosen says why there is no answer, that is the reason."""
    why = np.array([*(reason_of(variable, names) if names else 0 for names in said), 0], dtype=np.int8)[places]
    np.copyto(reasons, why, where=why != 0)


def _numbers(_variable: Variable, texts: pa.StringArray, reasons: Reasons) -> Values:
    said = pc.if_else(pa.array(reasons == 0), texts, pa.scalar(None, pa.string()))
    values: Values = said.cast(pa.float64()).fill_null(np.nan).to_numpy(zero_copy_only=False)
    return values


def _days(_variable: Variable, texts: pa.StringArray, reasons: Reasons) -> Values:
    said = pc.if_else(pa.array(reasons == 0), texts, pa.scalar(None, pa.string()))
    days: Values = said.cast(pa.date32()).to_numpy(zero_copy_only=False).astype("datetime64[D]")
    return days


def _texts(_variable: Variable, texts: pa.StringArray, reasons: Reasons) -> Values:
    said = pc.if_else(pa.array(reasons == 0), texts, "")
    values: Values = said.to_numpy(zero_copy_only=False)
    return values


READING: Mapping[str, Callable[[Variable, pa.StringArray, Reasons], Values]] = {
    ControlKind.SELECT_MULTIPLE: _flags,
    CODED: _flags,
    ControlKind.RANK: _places,
    ControlKind.INTEGER: _numbers,
    ControlKind.DECIMAL: _numbers,
    ControlKind.RANGE: _numbers,
    ControlKind.DATE: _days,
}

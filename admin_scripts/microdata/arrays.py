"""What was said to one question -> its Column: numbers, flags, places, dates or texts, and why there is none."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.dataset import Column
from admin_scripts.microdata.variables import CALCULATION, Choice, Missing, Variable
from conversations.forms import ControlKind

NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
"""What a calculation says when it says a number; 007 and NaN are texts."""

WHOLE_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})")

Said = NDArray[np.object_]
Values = NDArray[np.generic]
Reasons = NDArray[np.int8]


def column_of(variable: Variable, said: Said) -> Column:
    """The column of a variable. `said` is None where it was not asked, "" where it was left blank."""
    is_blank = said == ""
    reasons = np.where(said == None, Missing.NOT_ASKED, np.where(is_blank, Missing.SKIPPED, 0))  # noqa: E711 - an array
    reasons = reasons.astype(np.int8)
    if variable.kind == CALCULATION:
        reasons[is_blank] = Missing.NOT_ASKED
    read = _reader(variable)
    return Column(variable, read(variable, said, reasons), reasons)


def _reader(variable: Variable) -> Callable[[Variable, Said, Reasons], Values]:
    if variable.kind == ControlKind.SELECT_ONE:
        return _codes if variable.choices else _texts
    return READING.get(variable.kind, _texts)


def _codes(variable: Variable, said: Said, reasons: Reasons) -> Values:
    by_name = {choice.name: choice for choice in variable.choices}
    values = np.full(len(said), np.nan)
    for row in np.flatnonzero(reasons == 0):
        choice = by_name[said[row]]
        if choice.missing is None:
            values[row] = choice.code
        else:
            reasons[row] = choice.missing
    return values


def _flags(variable: Variable, said: Said, reasons: Reasons) -> Values:
    return _places(variable, said, reasons).astype(bool)


def _places(variable: Variable, said: Said, reasons: Reasons) -> Values:
    """The place of each choice, from 1; a choice that says why there is no answer counts only when it is alone."""
    columns = {choice.name: place for place, choice in enumerate(variable.choices)}
    values = np.zeros((len(said), len(columns)), dtype=np.int16)
    for row in np.flatnonzero(reasons == 0):
        names = said[row].split()
        counting = [columns[name] for name in names if variable.choices[columns[name]].missing is None]
        values[row, counting] = range(1, len(counting) + 1)
        if not counting:
            reasons[row] = _reason([variable.choices[columns[name]] for name in names])
    return values


def _reason(chosen: Sequence[Choice]) -> Missing:
    """Of several, that somebody would rather not say."""
    reasons = {choice.missing for choice in chosen}
    return Missing.PREFER_NOT if Missing.PREFER_NOT in reasons else Missing.DONT_KNOW


def _numbers(_variable: Variable, said: Said, reasons: Reasons) -> Values:
    values = np.full(len(said), np.nan)
    answered = reasons == 0
    values[answered] = said[answered].astype(np.float64)
    return values


def _calculated(variable: Variable, said: Said, reasons: Reasons) -> Values:
    """Numbers when it never was anything else."""
    reasons[said == "NaN"] = Missing.NOT_ASKED  # worked out from what was left blank
    answered = said[reasons == 0]
    is_number = len(answered) > 0 and all(map(NUMBER.fullmatch, answered))
    return _numbers(variable, said, reasons) if is_number else _texts(variable, said, reasons)


def _days(_variable: Variable, said: Said, reasons: Reasons) -> Values:
    values = np.full(len(said), np.datetime64("NaT"), dtype="datetime64[D]")
    answered = reasons == 0
    values[answered] = [date.fromisoformat(value) for value in said[answered]]
    return values


def _texts(_variable: Variable, said: Said, reasons: Reasons) -> Values:
    return np.where(reasons == 0, said, "").astype(object)


READING: Mapping[str, Callable[[Variable, Said, Reasons], Values]] = {
    ControlKind.SELECT_MULTIPLE: _flags,
    ControlKind.RANK: _places,
    ControlKind.INTEGER: _numbers,
    ControlKind.DECIMAL: _numbers,
    ControlKind.RANGE: _numbers,
    ControlKind.DATE: _days,
    CALCULATION: _calculated,
}

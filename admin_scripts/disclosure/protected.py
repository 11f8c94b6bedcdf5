"""A data set as it may be let out row by row: the values that single somebody out are withheld."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from admin_scripts.disclosure.protect import Codes, K, count_in, dropped, protect, quasi_identifiers
from admin_scripts.microdata.dataset import Column, Dataset, Rows
from admin_scripts.microdata.variables import Dictionary, Missing


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a protected data set lacks: whole variables, and the values of some rows by variable."""

    variables: tuple[str, ...]
    values: Mapping[str, int]


def protected(dataset: Dataset, k: int = K) -> tuple[Dataset, Withheld]:
    """The same data with withheld values marked so, and without variables and days that tell who it is."""
    gone = dropped(dataset.dictionary)
    names = quasi_identifiers(dataset.dictionary)
    responses = dataset.tables[""].columns
    codes = [codes_of(responses[name]) for name in names]
    masks = dict(zip(names, protect(names, count_in(codes), k).masks(codes), strict=True))
    tables = {
        table: _without(rows, {name for place, name in gone if place == table})
        for table, rows in dataset.tables.items()
    }
    hidden = {name: _withheld(responses[name], mask) for name, mask in masks.items()}
    tables[""] = replace(tables[""], columns={**tables[""].columns, **hidden})
    found = replace(dataset, dictionary=_told(dataset.dictionary, gone), tables=tables, first_day=None, last_day=None)
    return found, Withheld(
        tuple(sorted(name for _, name in gone)), {name: int(mask.sum()) for name, mask in masks.items()}
    )


def codes_of(column: Column) -> Codes:
    """Whole numbers, one for each different value, negative ones for each reason why there is none."""
    values = column.values
    if values.ndim > 1:
        _, places = np.unique(values, axis=0, return_inverse=True)
    elif values.dtype == object:
        _, places = np.unique(values.astype(str), return_inverse=True)
    else:
        _, places = np.unique(values, return_inverse=True)
    found: Codes = np.where(column.missing == 0, places.reshape(-1), column.missing).astype(np.int64)
    return found


def _without(rows: Rows, names: set[str]) -> Rows:
    return replace(rows, columns={name: column for name, column in rows.columns.items() if name not in names})


def _withheld(column: Column, mask: NDArray[np.bool_]) -> Column:
    """What stands in an array where there is no answer: nan, False, 0, NaT or an empty text."""
    blanks: Mapping[str, Any] = {"f": np.nan, "b": False, "i": 0, "M": np.datetime64("NaT"), "O": ""}
    values, missing = column.values.copy(), column.missing.copy()
    values[mask] = blanks[values.dtype.kind]
    missing[mask] = Missing.WITHHELD
    return replace(column, values=values, missing=missing)


def _told(dictionary: Dictionary, gone: frozenset[tuple[str, str]]) -> Dictionary:
    tables = {
        table: tuple(variable for variable in variables if (table, variable.name) not in gone)
        for table, variables in dictionary.tables.items()
    }
    return replace(dictionary, tables=tables)

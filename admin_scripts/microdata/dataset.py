"""The answers to be counted: one array a variable, whole in memory. Exports of any size stream instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.variables import Dictionary, Variable
from conversations.forms import FormDefinition
from storage.dispositions import Counts
from storage.surveys import Survey


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The answers to one question, a row for each response (or row of the repeat); `missing` says why there is none.

    `values` by what the variable is:
    - one choice: (n,) float64, the choice's code; nan where missing, also of "prefer not" and "don't know"
    - several answers: (n, choices) bool; rows with `missing` are all False
    - a ranking: (n, choices) int16, place from 1, 0 where not ranked
    - numbers, also calculations that only ever gave numbers: (n,) float64
    - dates: (n,) datetime64[D]; everything else: (n,) object of str
    """

    variable: Variable
    values: NDArray[np.generic]
    missing: NDArray[np.int8]  # 0 where there is an answer, else a Missing


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A table of answers: the responses, or the rows of one repeat."""

    columns: Mapping[str, Column]
    response: NDArray[np.int64]  # for each row, the place of its response
    parent: NDArray[np.int64]  # for each row, the place of the row around it; of a response its own


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A survey's responses and what is known of its field: all that tables can be made of.

    The order of the rows is random and tells nothing.
    """

    survey: Survey
    dictionary: Dictionary
    forms: Sequence[FormDefinition]  # the survey's own first, then older ones
    versions: Mapping[str, int]  # responses by version, in the author's words
    tables: Mapping[str, Rows]  # "" is that of the responses
    population: int  # eligible people of the register
    register: Mapping[str, Mapping[str, int]]  # eligible people by column and value, of columns that are also questions
    dispositions: Mapping[str, Mapping[str, Counts]]  # by column of the register and value; "" -> {"": everybody}
    first_day: date | None = None  # of the responses
    last_day: date | None = None
    languages: Mapping[str, int] = field(default_factory=dict)  # responses by the language they were given in

"""What a codebook tells: the tables of an export, who was asked each question in words, and how many answered."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from admin_scripts.exporting.explained import Tally, words_by_condition
from admin_scripts.exporting.layout import Export, Field, Table
from admin_scripts.exporting.legal_names import spss_names
from admin_scripts.exporting.stat_columns import is_spread, stat_names
from admin_scripts.microdata.variables import CALCULATION, Dictionary, Missing, Variable

NUMERIC = ("int", "double", "float", "bool", "date", "timestamp")


@dataclass(frozen=True)
class Codebook:
    """All that is told of one survey: the plan of its export, counted."""

    export: Export
    tally: Tally
    dictionary: Dictionary
    version: str  # of the questionnaire
    is_synthetic: bool

    @property
    def languages(self) -> Mapping[str, str]:
        """Tag -> the questionnaire's own name of the language, the default one first."""
        return self.dictionary.languages

    @cached_property
    def asked(self) -> Mapping[tuple[str, str], str]:
        """Who was asked, in words, by the author's condition and the language."""
        return words_by_condition(self.dictionary)

    def counts_of(self, variable: Variable) -> Counter[int]:
        """How many rows have an answer (under 0) and how many each kind of missing."""
        codes = (0, *map(int, Missing))
        return Counter({code: self.tally.counts[variable.table, variable.name, code] for code in codes})

    def rows_of(self, table: Table) -> int:
        """How many rows a table has."""
        first = next(iter(self.dictionary.tables[table.key]), None)
        return self.counts_of(first).total() if first else self.export.total

    def variables_of(self, table: Table) -> tuple[Variable, ...]:
        """Those of the table that are let out, in their order."""
        return tuple({one.variable.name: one.variable for one in table.fields if one.variable}.values())


def spss_columns(table: Table) -> Iterator[tuple[Field, str]]:
    """Each column with its name in SPSS files; "" of those that have none there."""
    names = stat_names(table, spss_names)
    return ((one, "" if is_spread(one) else names[one.header]) for one in table.fields)


def is_text(table: Table, one: Field) -> bool:
    """Whether the column holds texts as it is read."""
    return not str(table.schema.field(one.header).type).startswith(NUMERIC)


def is_several(variable: Variable) -> bool:
    """Whether each choice has a column of its own."""
    return bool(variable.choices) and (variable.is_multiple or variable.is_ranking)


def is_asked(variable: Variable) -> bool:
    """Whether it is a question."""
    return variable.kind != CALCULATION


def missing_of(counts: Counter[int]) -> dict[Missing, int]:
    """The kinds of missing that there are, in the order of their codes."""
    return {reason: counts[reason] for reason in sorted(Missing) if counts[reason]}

"""What a codebook tells: the tables of an export, who was asked each question in words, and how many answers it has."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from admin_scripts.exporting.layout import Field, Table
from admin_scripts.exporting.legal_names import spss_names, stata_names
from admin_scripts.microdata.plan import Place
from admin_scripts.microdata.variables import CALCULATION, Dictionary, Missing, Variable
from admin_scripts.relevance_words import words_of

REASONS = "_missing"
"""The end of the column that says in SPSS and Stata files why a text is missing."""

NUMERIC = ("int", "double", "float", "bool", "date", "timestamp")


@dataclass(slots=True)
class Counts:
    """Rows of each table; of each variable how many have an answer (under 0), and how many each kind of missing."""

    rows: Counter[str] = field(default_factory=Counter)
    kinds: dict[Place, Counter[int]] = field(default_factory=dict)

    def of(self, variable: Variable) -> Counter[int]:
        """Of one variable."""
        return self.kinds.get((variable.table, variable.name), Counter())


@dataclass(frozen=True)
class Codebook:
    """All that is told of one survey. `stem`: what its files begin with."""

    stem: str
    title: str
    version: str
    tables: tuple[Table, ...]
    dictionary: Dictionary
    counts: Counts
    is_synthetic: bool
    media_folder: str = ""

    @property
    def languages(self) -> Mapping[str, str]:
        """Tag -> the questionnaire's own name of the language, the default one first."""
        return self.dictionary.languages

    @cached_property
    def asked(self) -> Mapping[tuple[str, str], str]:
        """Who was asked, in words: by the author's condition and language. Of calculations, whom they are of."""
        conditions = {one.relevant for variables in self.dictionary.tables.values() for one in variables}
        return {
            (condition, language): words_of(condition, self.dictionary, language)
            for condition in conditions
            for language in self.languages
        }

    def names(self, table: Table) -> Iterator[tuple[Field, str, str]]:
        """Each column with its name in SPSS and in Stata files; "" where those have no such column."""
        headers = [header for one in table.fields for header in _statistical(table, one)]
        spss, stata = spss_names(headers), stata_names(headers)
        for one in table.fields:
            yield one, spss.get(one.header, ""), stata.get(one.header, "")


def _statistical(table: Table, one: Field) -> Iterator[str]:
    """The columns of SPSS and Stata files: several answers by choice only, texts with the reason beside them."""
    if one.variable and one.choice is None and one.variable.choices and is_spread(one.variable):
        return
    yield one.header
    if one.variable and one.choice is None and not one.variable.choices and is_text(table, one):
        yield one.header + REASONS


def is_spread(variable: Variable) -> bool:
    """Whether each choice has a column of its own."""
    return variable.is_multiple or variable.is_ranking


def is_text(table: Table, one: Field) -> bool:
    """Whether the column holds texts as it is read."""
    if one.header not in table.schema.names:
        return False
    return not str(table.schema.field(one.header).type).startswith(NUMERIC)


def is_asked(variable: Variable) -> bool:
    """Whether it is a question."""
    return variable.kind != CALCULATION


def missing_of(counts: Counter[int]) -> dict[Missing, int]:
    """The kinds of missing that there are, in the order of their codes."""
    return {reason: counts[reason] for reason in sorted(Missing) if counts[reason]}

"""The data dictionary: what each variable is, means and may tell. Every export, table and codebook speaks from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from conversations.forms import ControlKind

Texts = Mapping[str, str]
"""A text by language: its tag ("it"), or its name if it has none, or "" in a questionnaire that names no languages."""

CALCULATION = "calculate"
"""The kind of a variable that nobody is asked."""

CODED = "coded"
"""The kind of a variable that coders made of an open question: several codes for each text."""


class Measure(StrEnum):
    """The level of measurement: the author's x_measure, else what the type of the question makes likely."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"
    RANK = "rank"
    TEXT = "text"
    DATE = "date"


class Disclosure(StrEnum):
    """What a variable could tell of a person: the author's x_disclosure."""

    NONE = ""
    QUASI = "quasi"  # tells who it is together with others
    ID = "id"  # tells who it is
    FREETEXT = "freetext"


class Missing(IntEnum):
    """Why there is no answer. The numbers are the codes in files; no choice and no number of a survey has them."""

    NOT_ASKED = -99  # not relevant for this respondent, or not in this version
    SKIPPED = -98  # asked and left blank
    PREFER_NOT = -97  # chose not to say
    BROKE_OFF = -96  # stopped before it was asked
    DONT_KNOW = -95  # chose "don't know": an answer, but none that counts
    WITHHELD = -94  # answered, and not let out: with the rest of the row it would tell who it is


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list. `code` is its name where all names of the list are whole numbers, else its place from 1.

    `missing`: PREFER_NOT or DONT_KNOW of a choice that says so, None of one that counts.
    """

    name: str
    code: int
    labels: Texts
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """One question, calculation or coded text, of all versions of the questionnaire that have it."""

    name: str  # as in every file: unique in its table
    path: str  # /data/group/question; the newest version's
    table: str  # the repeat it is in; "" of the responses themselves
    kind: str  # a ControlKind, CALCULATION or CODED
    measure: Measure
    disclosure: Disclosure
    wording: Texts
    section: Texts  # the label of the outermost labelled group around it; {} if there is none
    choices: tuple[Choice, ...]  # of every version, the newest first; () where there are none
    relevant: str  # the condition under which it is asked, as the author wrote it; "" if everybody is
    versions: tuple[str, ...]  # the versions that have it, the newest first
    calculation: str = ""  # the formula as the author wrote it; "" of what is asked

    @property
    def is_multiple(self) -> bool:
        """Whether one respondent can have several of the choices."""
        return self.kind in (ControlKind.SELECT_MULTIPLE, CODED)

    @property
    def is_ranking(self) -> bool:
        """Whether the choices are put in order."""
        return self.kind == ControlKind.RANK

    def column_of(self, choice: Choice) -> str:
        """The name of the column of one choice, of several answers and of ranks: "services/roads"."""
        return f"{self.name}/{choice.name}"


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All variables by table, in the order of the questionnaire; "" is the table of the responses, the first."""

    tables: Mapping[str, tuple[Variable, ...]]
    parents: Mapping[str, str]  # of each repeat, the table around it
    languages: Mapping[str, str]  # tag -> the questionnaire's own name of the language; the default one first

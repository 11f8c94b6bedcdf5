"""What may be seen: plain figures that the gate let out. Tables, charts, report and open data know nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Texts = Mapping[str, str]
"""A text by language, as in the questionnaire."""


MADE_UP = "[SYNTHETIC] "
"""What the title of a rehearsal begins with."""


class TableKind(StrEnum):
    """How a question is counted, and so how it is shown."""

    CHOICE = "choice"  # one of several: nominal
    SCALE = "scale"  # one of several that have an order: Likert and the like
    MULTIPLE = "multiple"  # several answers: % of respondents, the sum is more than 100
    NUMBER = "number"
    NPS = "nps"  # 0 to 10, as promoters minus detractors, and its distribution
    RANK = "rank"
    TEXT = "text"  # open answers that nobody has coded: only how many


class Hidden(StrEnum):
    """Why a figure is not shown. Nothing that is hidden can be worked out from what is shown."""

    FEW = "few"  # fewer than k people
    ALIKE = "alike"  # (nearly) all of a small group said the same: only `prevalent` is told
    COMPLEMENT = "complement"  # it would tell another hidden one


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a base, with its 95 % interval for the finite population that the base stands for.

    `percent`, `low` and `high` are 0 to 100 and unrounded: `count / base` and the exact hypergeometric limits.
    `of_asked`: percent of those who were asked. `weighted`: percent with weights.
    """

    count: int
    base: int
    percent: float
    low: float
    high: float
    of_asked: float
    weighted: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One choice, class of numbers, or reason for no answer, in one group. `share` is None where hidden."""

    code: str  # the choice's name; of a reason "missing:skipped", "missing:prefer_not", "missing:dont_know", ...
    labels: Texts
    share: Share | None
    is_answer: bool = True  # False of reasons: counted beside the base, not in it


@dataclass(frozen=True, slots=True)
class Figure:
    """A number about a group: "median", "mean", "q1", "q3", "top2", "bottom2", "nps", "borda:norme", "first:norme"...

    `low` and `high`: the 95 % interval where there is one. Never a smallest or largest value.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a panel is about: everybody (`codes` empty), or those of some choices, merged when each has too few."""

    codes: tuple[str, ...]
    labels: Texts  # "Ambiente", "Ambiente + Cultura"


@dataclass(frozen=True, slots=True)
class Panel:
    """One question in one group. With `hidden` there are no lines and figures, only `prevalent` if ALIKE."""

    group: Group
    asked: int
    answered: int  # the base of every percentage
    population: int  # the people this base stands for: the register's share
    lines: tuple[Line, ...] = ()
    figures: tuple[Figure, ...] = ()
    hidden: Hidden | None = None
    prevalent: str = ""  # the code that (nearly) all chose
    margin: float | None = None  # points, the largest of any percentage on this base (at 50 %), 95 %


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the groups differ: an exact or permutation test. `adjusted` after Holm, over the whole publication."""

    test: str  # "fisher", "permutation chi-square", "mann-whitney", "kruskal-wallis (permutation)"
    p: float
    adjusted: float
    is_indicative: bool  # a group has fewer than 10
    left_out: tuple[str, ...] = ()  # groups that are hidden and not compared


@dataclass(frozen=True, slots=True)
class Table:
    """One question: everybody first, then the groups of the breakdown. `by` is the variable they are made by, or ""."""

    variable: str
    kind: TableKind
    wording: Texts
    section: Texts
    relevant: str  # who was asked, in the author's expression; "" everybody
    relevant_words: Texts  # the same in words
    panels: tuple[Panel, ...]
    by: str = ""
    comparison: Comparison | None = None
    repeat: str = ""  # the repeat whose rows are counted instead of respondents; then no intervals of people
    note: Texts | None = None


@dataclass(frozen=True, slots=True)
class Quotes:
    """Open answers to one question that may be read: shuffled, of at least `k_text` people, marked ones left out."""

    variable: str
    wording: Texts
    section: Texts
    answered: int
    texts: tuple[str, ...]  # empty if too few have answered, or none was released
    withheld: int  # texts kept back because they may name somebody
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """How many of a group of the register answered; counts are None where small, `rate` is words like "52 %"."""

    codes: tuple[str, ...]
    labels: Texts
    invited: int | None
    completed: int | None
    rate: str


@dataclass(frozen=True, slots=True)
class FieldWork:
    """How the survey went. Dispositions in AAPOR's terms; rates RR1 to RR6 as (name, part, whole)."""

    first_day: date | None
    last_day: date | None
    dispositions: Mapping[str, int]
    rates: tuple[tuple[str, int, float], ...]
    units: tuple[Unit, ...]
    unit_name: str = ""  # the register's column of the units
    languages: Mapping[str, int] | None = None  # None where small numbers would tell
    versions: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Weighting:
    """How the weights were made: by raking to the register's margins of these variables; Kish's design effect.

    Published without the digits, rounds and trims (then 0) from which it would follow how the margins are crossed.
    """

    margins: tuple[str, ...]
    left_out: Mapping[str, str]  # margin -> why it was not used
    iterations: int
    design_effect: float
    effective: float  # responses / design effect
    trimmed: int
    ratio: float  # largest weight / smallest weight


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the questionnaire as an appendix shows it: a section, a note or a question with its choices."""

    variable: str
    kind: str
    wording: Texts
    hint: Texts
    choices: tuple[tuple[str, Texts], ...]
    relevant_words: Texts
    level: int  # how many groups are around it


@dataclass(frozen=True, slots=True)
class Publication:
    """All of one survey that may be published together, under one set of rules."""

    name: str
    title: str
    mode: str
    is_synthetic: bool
    sender: str
    contact: str
    population: int
    responses: int
    k: int
    k_text: int
    by: str
    languages: Mapping[str, str]  # tag -> name, the default first
    tables: tuple[Table, ...]
    quotes: tuple[Quotes, ...]
    field: FieldWork
    weighting: Weighting | None
    questionnaire: tuple[Asked, ...]
    version: str  # of the questionnaire, the author's
    form_hash: str
    data_hash: str  # of the responses that were counted, in any order: the same answers give the same
    seed: int  # of every shuffle and permutation; from data_hash
    merged: Mapping[str, tuple[str, ...]]  # groups of the breakdown that were put together, by label key

    @property
    def heading(self) -> str:
        """The title without the mark that every page has beside it, in its own language."""
        return self.title.removeprefix(MADE_UP)

    opening: tuple[str, ...] = ()  # questions on which all others depend, as whether somebody takes part
    cells: bool = False  # made for open data: no number under k

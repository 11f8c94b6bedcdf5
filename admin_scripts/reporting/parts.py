"""What a report is made of, all of it in words: the vocabulary of the templates (see README.md)."""

from dataclasses import dataclass, field

from admin_scripts.charts.picture import Picture


@dataclass(frozen=True, slots=True)
class Grid:
    """A table in words; the first cell of each row is its heading, the last of a short row is as wide as the rest."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or several of one scale: their charts, the tables behind them, what has to be known of them."""

    id: str
    title: str
    pictures: tuple[Picture, ...]
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the questionnaire; `beside` are sentences about the questions that have no figures here."""

    id: str
    title: str
    questions: tuple[Question, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """The open answers to one question, shuffled."""

    id: str
    title: str
    base: str
    texts: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """Who has answered: sentences, a chart and tables."""

    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the questionnaire in the appendix; `is_heading` of a section."""

    title: str
    level: int
    is_heading: bool
    notes: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report in one language; `mark` is "" unless the answers are synthetic."""

    name: str
    language: str
    title: str
    sender: str
    contact: str
    period: str
    cover: tuple[str, ...]
    mark: str
    day: str  # ISO day of the last response, of the documents' properties
    summary: tuple[str, ...]
    participation: Participation
    sections: tuple[Section, ...]
    opened: tuple[Opened, ...]
    unopened: tuple[str, ...]  # questions whose open answers are not shown
    method: tuple[tuple[str, tuple[str, ...]], ...]
    questionnaire: tuple[Entry, ...]
    manifest: Grid
    pictures: dict[str, Picture] = field(default_factory=dict)  # all of them by name

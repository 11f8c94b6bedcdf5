"""The plan of an export: tables, variables in their order, where each answer goes. Versions are united by name."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from admin_scripts.questions import Question
from conversations.forms import ControlKind

RESPONSES = "responses"
CODEBOOK = "codebook"
INDEX, PARENT_INDEX, PARENT_TABLE, RESPONSE_ID = "_index", "_parent_index", "_parent_table", "response_id"
NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
"""What a spreadsheet shows as it was; other numbers, 007 among them, stay the text they are."""
SPREAD = frozenset({ControlKind.SELECT_MULTIPLE, ControlKind.RANK})
"""Kinds with a column for each choice beside the text."""


@dataclass(slots=True)
class Variable:
    """A question under its name in the export; `question` is the newest version's, with every version's choices."""

    name: str
    question: Question
    versions: list[str] = field(default_factory=list)

    @property
    def spread(self) -> dict[str, str]:
        """Choice -> its own column, "services/roads"."""
        if self.question.kind not in SPREAD:
            return {}
        return {choice: f"{self.name}/{choice}" for choice in self.question.choices}

    @property
    def headers(self) -> tuple[str, ...]:
        """Its columns, the text first."""
        return (self.name, *self.spread.values())

    @property
    def has_numeric_codes(self) -> bool:
        """Whether one choice is a number: the steps of a scale, named 1 to 5."""
        choices = self.question.choices
        return self.question.kind == ControlKind.SELECT_ONE and bool(choices) and all(map(NUMBER.fullmatch, choices))

    def add(self, version: str, question: Question) -> None:
        """Another version has this question too: its choices stay after the newer ones."""
        self.question = replace(
            self.question, choices={**self.question.choices, **question.choices, **self.question.choices}
        )
        self.versions.append(version)


@dataclass(slots=True)
class Table:
    """The responses, or the rows of one repeat. `parent` is the table around it, "" for the responses."""

    name: str
    parent: str
    variables: dict[str, Variable] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns that hold answers."""
        return tuple(header for variable in self.variables.values() for header in variable.headers)


@dataclass(slots=True)
class Plan:
    """The tables by name; by a questionnaire's hash and a path, where an answer goes and which table a repeat is."""

    tables: dict[str, Table]
    places: dict[tuple[str, str], tuple[Table, Variable]]
    repeats: dict[tuple[str, str], Table]


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """One version of the questionnaire."""

    form_hash: str
    version: str
    questions: tuple[Question, ...]


def plan_columns(versions: Sequence[Version], reserved: Iterable[str]) -> Plan:
    """Unite the versions, the newest first. `reserved`: headers that no question can have."""
    plan = Plan({RESPONSES: Table(RESPONSES, "")}, {}, {})
    tables = _names((RESPONSES, CODEBOOK), versions, lambda question: question.repeats)
    headers = _names(reserved, versions, lambda question: (question.path,))
    for version in versions:
        for question in version.questions:
            table = _table_of(plan, version.form_hash, question, tables)
            name = headers[version.form_hash, question.path]
            variable = table.variables.setdefault(name, Variable(name, question))
            variable.add(version.version, question)
            plan.places[version.form_hash, question.path] = (table, variable)
    return plan


def _table_of(plan: Plan, form_hash: str, question: Question, names: Mapping[tuple[str, str], str]) -> Table:
    table = plan.tables[RESPONSES]
    for path in question.repeats:
        name = names[form_hash, path]
        table = plan.tables.setdefault(name, Table(name, table.name))
        plan.repeats[form_hash, path] = table
    return table


def _names(
    reserved: Iterable[str], versions: Sequence[Version], paths_of: Callable[[Question], Sequence[str]]
) -> dict[tuple[str, str], str]:
    """The short name of every path where no version has it twice, else the name with its groups before it."""
    paths = {
        version: list(dict.fromkeys(path for q in version.questions for path in paths_of(q))) for version in versions
    }
    doubled = {name for found in paths.values() for name, times in Counter(map(_short, found)).items() if times > 1}
    names: dict[tuple[str, str], str] = {}
    for version, found in paths.items():
        taken = set(reserved)
        for path in found:
            name = _long(path) if _short(path) in doubled | taken else _short(path)
            while name in taken:
                name += "_"
            taken.add(name)
            names[version.form_hash, path] = name
    return names


def _short(path: str) -> str:
    return path.rpartition("/")[2]


def _long(path: str) -> str:
    return "-".join(path.split("/")[2:])

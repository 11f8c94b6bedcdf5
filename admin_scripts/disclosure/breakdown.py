"""By whom answers are broken down: the finest groups, those of the answers to one question, and how they merge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from admin_scripts.disclosure.merging import Node, cut, tree_of
from admin_scripts.microdata.dataset import Dataset
from admin_scripts.microdata.variables import Disclosure, Texts, Variable
from admin_scripts.publication import Group
from conversations.forms import ControlKind

Mask = NDArray[np.bool_]

REST = "missing"
"""The group of those who did not answer the question by which the others are made."""

REST_LABELS: Texts = {"it": "senza risposta", "en": "no answer"}


class BreakdownRefused(Exception):
    """Answers cannot be broken down by this; the message says why and what to do."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the finest groups; everybody is in exactly one."""

    code: str
    labels: Texts
    rows: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Breakdown:
    """The finest groups and the order in which they merge, the same for every question."""

    by: str
    parts: Sequence[Part]
    tree: Mapping[Node, Node]

    def cut(self, answered: Mask, k: int) -> tuple[Node, ...]:
        """The groups of a question of which each has at least k answers; () if that leaves fewer than two."""
        return cut(self.tree, [int((part.rows & answered).sum()) for part in self.parts], k)

    def rows(self, node: Node) -> Mask:
        """Who is in the group."""
        return np.asarray(np.any([self.parts[place].rows for place in node], axis=0))

    def group(self, node: Node) -> Group:
        """Its codes and labels: "Ambiente + Cultura"."""
        parts = [self.parts[place] for place in node]
        tags = parts[0].labels.keys()
        labels = {tag: " + ".join(part.labels.get(tag, part.code) for part in parts) for tag in tags}
        return Group(tuple(part.code for part in parts), labels)


def breakdown_of(dataset: Dataset, by: str, k: int) -> Breakdown:
    """By the answers to this question; BreakdownRefused if it is no question of one choice, or splits too finely."""
    variable = next((one for one in dataset.dictionary.tables[""] if one.name == by), None)
    if variable is None or variable.kind != ControlKind.SELECT_ONE or not variable.choices:
        raise BreakdownRefused(_no_groups(dataset, by, variable))
    if variable.disclosure is Disclosure.ID:
        raise BreakdownRefused(f"'{by}' tells who somebody is; nothing is broken down by it. {_instead(dataset, by)}")
    parts = [part for part in _parts(dataset, variable) if part.rows.any()]
    found = Breakdown(by, parts, tree_of([int(part.rows.sum()) for part in parts]))
    if not parts or not found.cut(np.ones(len(parts[0].rows), dtype=np.bool_), k):
        raise BreakdownRefused(f"By '{by}' there are not two groups of at least {k} people. Choose a coarser question.")
    return found


def _no_groups(dataset: Dataset, by: str, variable: Variable | None) -> str:
    """Why this makes no groups, and what does."""
    if variable is None and (near := _otherwise_written(dataset, by)):
        return f"The survey has no question '{by}'. Did you mean '{near}'?"
    if variable is None:
        is_in_repeat = any(one.name == by for table in dataset.dictionary.tables.values() for one in table)
        why = "is asked several times of each person" if is_in_repeat else "is no question of the survey"
    else:
        why = "can have several answers" if variable.is_multiple or variable.is_ranking else "has no choices"
    return f"'{by}' {why}, so it makes no groups. {_instead(dataset, by)}"


def _instead(dataset: Dataset, by: str) -> str:
    others = _offered(dataset, by)
    return f"Break down by one of: {others}." if others else "Leave --by out."


def _otherwise_written(dataset: Dataset, by: str) -> str:
    """The question of that name in other capitals."""
    names = (one.name for one in dataset.dictionary.tables[""] if one.kind == ControlKind.SELECT_ONE)
    return next((name for name in names if name.lower() == by.lower()), "")


def _offered(dataset: Dataset, by: str) -> str:
    """What describes people, else every question of one choice; without what was asked for and what tells who it is."""
    single = [one for one in dataset.dictionary.tables[""] if one.kind == ControlKind.SELECT_ONE and one.name != by]
    describing = [one.name for one in single if one.disclosure is Disclosure.QUASI]
    return ", ".join(describing or [one.name for one in single if one.disclosure is not Disclosure.ID])


def _parts(dataset: Dataset, variable: Variable) -> list[Part]:
    column = dataset.tables[""].columns[variable.name]
    values = np.asarray(column.values)
    counting = [choice for choice in variable.choices if choice.missing is None]
    parts = [Part(choice.name, choice.labels, np.asarray(values == choice.code)) for choice in counting]
    labels = {tag: REST_LABELS.get(tag, REST_LABELS["en"]) for tag in dataset.dictionary.languages}
    return [*parts, Part(REST, labels, np.asarray(column.missing != 0))]

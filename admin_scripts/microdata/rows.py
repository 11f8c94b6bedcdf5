"""Responses -> for each table the rows, and of each variable what was said in them."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.plan import Place, Plan

POSITION = re.compile(r"\[(\d+)\]")
Key = tuple[int, ...]
Answers = Sequence[tuple[str, str]]


def has_said_no(answers: Answers, asked: Container[str]) -> bool:
    """Whether all that was handed in is one answer, though the questionnaire asks more: it was no.

    `asked` are the paths of the questions, without positions. See storage.dispositions.SAID_NO_INSIDE.
    """
    return sum(POSITION.sub("", path) in asked for path, _ in answers) <= 1


@dataclass(slots=True)
class _Table:
    responses: list[int] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    said: dict[str, tuple[list[int], list[str]]] = field(default_factory=dict)  # by variable: rows and values


@dataclass(slots=True)
class Gathering:
    """Rows as they come in, numbered from 0. A row of a repeat is there when something in it is relevant."""

    plan: Plan
    tables: dict[str, _Table] = field(init=False)
    _open: dict[tuple[str, Key], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {table: _Table() for table in self.plan.tables}

    def add(self, form_hash: str, answers: Answers) -> None:
        """One response: its answers by path (/data/rep[2]/q)."""
        self._open = {}
        own = self._row("", (), 0)
        self.tables[""].parents[own] = self.tables[""].responses[own] = own
        places = self.plan.places[form_hash]
        for path, value in answers:
            if "[" in path:
                row = self._row_at(form_hash, path)
                place: Place = places[POSITION.sub("", path)]
            else:
                row, place = own, places[path]
            rows, values = self.tables[place[0]].said.setdefault(place[1], ([], []))
            rows.append(row)
            values.append(value)

    def _row_at(self, form_hash: str, path: str) -> int:
        """The row an answer belongs to, and the rows around it, made as they are needed."""
        row = self._row("", (), 0)
        key: Key = ()
        for found in POSITION.finditer(path):
            table = self.plan.repeats[form_hash][POSITION.sub("", path[: found.start()])]
            key = (*key, int(found[1]))
            row = self._row(table, key, row)
        return row

    def _row(self, name: str, key: Key, parent: int) -> int:
        known = self._open.get((name, key))
        if known is None:
            table = self.tables[name]
            known = self._open[name, key] = len(table.responses)
            table.responses.append(self._open["", ()])
            table.parents.append(parent)
        return known

    def values_of(self, table: str, variable: str) -> NDArray[np.object_]:
        """What was said in each row: "" where it was asked and left blank, None where it was not asked."""
        found = np.full(len(self.tables[table].responses), None, dtype=object)
        rows, values = self.tables[table].said.get(variable, ([], []))
        found[rows] = values
        return found

    def responses_of(self, table: str) -> NDArray[np.int64]:
        """Of each row, the row of its response."""
        return np.array(self.tables[table].responses, dtype=np.int64)

    def parents_of(self, table: str) -> NDArray[np.int64]:
        """Of each row, the row around it in the table around this one."""
        return np.array(self.tables[table].parents, dtype=np.int64)

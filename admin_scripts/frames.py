"""Responses -> one pandas frame for each table of the plan, its rows linked as in ODK's exports."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from admin_scripts.cells import Cell, cells_of, number
from admin_scripts.columns import (
    INDEX,
    NUMBER,
    PARENT_INDEX,
    PARENT_TABLE,
    RESPONSE_ID,
    RESPONSES,
    Plan,
    Table,
    Variable,
)
from admin_scripts.questions import CALCULATION

POSITION = re.compile(r"\[(\d+)\]")
Row = dict[str, Cell]
Key = tuple[int, ...]


@dataclass(slots=True)
class Gathering:
    """Rows as they come in. `labels` is the language of the choices' labels, None for their names.

    `asked` and `answered` count, by table and variable, how often a question was relevant and how often answered.
    """

    plan: Plan
    about: tuple[str, ...]  # headers of what is known about a response beside the answers
    labels: str | None = None
    rows: dict[str, list[Row]] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: Counter[tuple[str, str]] = field(default_factory=Counter)
    _open: dict[tuple[str, Key], Row] = field(default_factory=dict)

    def add(self, form_hash: str, about: Mapping[str, Cell], answers: list[tuple[str, str]]) -> None:
        """One response: what is known about it, and its answers by path (/data/rep[2]/q)."""
        self._open = {}
        response = self._row(self.plan.tables[RESPONSES], ())
        response.update(about)
        for path, value in answers:
            table, variable = self.plan.places[form_hash, POSITION.sub("", path)]
            row = self._row_at(form_hash, path, str(about[RESPONSE_ID]))
            row.update(cells_of(variable, value, self.labels))
            self.asked[table.name, variable.name] += 1
            self.answered[table.name, variable.name] += bool(value)

    def _row_at(self, form_hash: str, path: str, response_id: str) -> Row:
        """The row an answer belongs to, and the rows around it, made as they are needed."""
        row = self._row(self.plan.tables[RESPONSES], ())
        key: Key = ()
        for found in POSITION.finditer(path):
            table = self.plan.repeats[form_hash, POSITION.sub("", path[: found.start()])]
            key = (*key, int(found[1]))
            around, row = row, self._row(table, key)
            row.update({PARENT_TABLE: table.parent, PARENT_INDEX: around[INDEX], RESPONSE_ID: response_id})
        return row

    def _row(self, table: Table, key: Key) -> Row:
        if (table.name, key) not in self._open:
            rows = self.rows.setdefault(table.name, [])
            rows.append({INDEX: len(rows) + 1})
            self._open[table.name, key] = rows[-1]
        return self._open[table.name, key]

    def frames(self) -> dict[str, pd.DataFrame]:
        """A frame for each table, also for those without rows."""
        return {table.name: self._frame(table) for table in self.plan.tables.values()}

    def _frame(self, table: Table) -> pd.DataFrame:
        links = (RESPONSE_ID, PARENT_TABLE, PARENT_INDEX) if table.parent else self.about
        rows = self.rows.get(table.name, [])
        frame = pd.DataFrame(rows, columns=[INDEX, *links, *table.headers], dtype=object)
        for variable in table.variables.values():
            if _is_number(variable, rows):
                frame[variable.name] = frame[variable.name].map(number, na_action="ignore")
        return frame.convert_dtypes()


def _is_number(variable: Variable, rows: list[Row]) -> bool:
    """A calculation has no type of its own: it is a number when it never was anything else."""
    values = [str(row[variable.name]) for row in rows if row.get(variable.name) is not None]
    return variable.question.kind == CALCULATION and bool(values) and all(map(NUMBER.fullmatch, values))

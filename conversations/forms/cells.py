"""From a node of the XForm back to the cell of the workbook that it came from."""

import re
from collections.abc import Mapping

from conversations.forms.problems import Fault, Problem
from conversations.forms.workbook import BEGIN, END, Row, Sheet

_COLUMNS = {"jr:constraintMsg": "constraint_message", "jr:requiredMsg": "required_message"}
_MADE_BY_PYXFORM = re.compile(r"_(other|count)$")


class CellFinder:
    """Knows the row of each path; the root's name is left out, since the workbook does not say it."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        self._survey = sheets.get("survey")
        self._rows = dict(_rows_by_path(self._survey)) if self._survey else {}

    def problem(self, fault: Fault) -> Problem:
        """The fault with its cell, "" when it is nobody's."""
        row = self._row(fault.path)
        column = _COLUMNS.get(fault.column, fault.column)
        return fault.at(self._survey.cell(row, column) if self._survey and row else "")

    def _row(self, path: str) -> Row | None:
        """The row of a path; of a node that pyxform made, the row that made it."""
        inside = "/" + path.partition("/")[2].partition("/")[2]
        return self._rows.get(inside) or self._rows.get(_MADE_BY_PYXFORM.sub("", inside))


def _rows_by_path(survey: Sheet) -> list[tuple[str, Row]]:
    found: list[tuple[str, Row]] = []
    groups: list[str] = []
    for row in survey.rows:
        kind, name = row.get("type"), row.get("name")
        if END.fullmatch(kind):
            groups = groups[:-1]
        elif name:
            found.append(("/" + "/".join([*groups, name]), row))
            if BEGIN.fullmatch(kind):
                groups = [*groups, name]
    return found

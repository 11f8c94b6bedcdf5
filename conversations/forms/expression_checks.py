"""Expressions as the author wrote them: can each be read, does each function exist, is each ${name} a question."""

import re
from collections.abc import Iterator

from conversations.forms.problems import Problem
from conversations.forms.workbook import Row, Sheet
from conversations.forms.xpath import XPathSyntaxError, faults_in, parse

_REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}]*?)\s*\}")
_EXPRESSIONS = ("relevant", "constraint", "calculation", "required", "readonly", "choice_filter", "repeat_count")
_PLAIN = frozenset({"yes", "no", "true", "false", "1", "0"})


def check_expressions(survey: Sheet) -> Iterator[Problem]:
    """The problems of every expression and every reference, cell by cell."""
    names = {row.get("name") for row in survey.rows}
    for row in survey.rows:
        for column in row.cells:
            yield from _check_references(survey, row, column, names)
            if column in _EXPRESSIONS and row.get(column).lower() not in _PLAIN:
                yield from _check_expression(survey, row, column)


def _check_references(survey: Sheet, row: Row, column: str, names: set[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(_REFERENCE.findall(row.get(column))):
        if name not in names:
            yield Problem(
                code="unknown-name",
                cell=survey.cell(row, column),
                what=f"No question is called '{name}'.",
                remedy=f"Correct ${{{name}}}, or add a question of that name.",
            )


def _check_expression(survey: Sheet, row: Row, column: str) -> Iterator[Problem]:
    cell = survey.cell(row, column)
    try:
        tree = parse(_REFERENCE.sub(" /data/x ", row.get(column)))
    except XPathSyntaxError as error:
        yield unreadable(cell, column, row.get("name"), str(error).partition(" (at character")[0])
        return
    for fault in faults_in(tree):
        yield faulty_call(cell, column, row.get("name"), fault.what)


def unreadable(cell: str, column: str, name: str, why: str) -> Problem:
    """An expression that is none."""
    return Problem(
        code="expression",
        cell=cell,
        what=f"The {column} of '{name}' cannot be read: {why}.",
        remedy="Check brackets, quotes and operators.",
    )


def faulty_call(cell: str, column: str, name: str, why: str) -> Problem:
    """A function that is not there, or not in this way."""
    return Problem(
        code="function",
        cell=cell,
        what=f"In the {column} of '{name}' {why}.",
        remedy="Look the function up in the XLSForm documentation: https://docs.getodk.org/form-operators-functions/",
    )

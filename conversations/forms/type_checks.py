"""Types of questions that nobody knows, and what their author may have meant."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from conversations.forms.problems import Problem
from conversations.forms.workbook import Row, Sheet

_WITH_A_LIST = ("select", "rank", "add select", "q select", "begin", "end", "osm")


def check_known(survey: Sheet, known: Collection[str]) -> Iterator[Problem]:
    """Types that are not among the `known`."""
    for row in survey.rows:
        kind = row.get("type")
        if kind and kind not in known and not kind.lower().startswith(_WITH_A_LIST):
            yield _unknown(survey, row, known)


def _unknown(survey: Sheet, row: Row, known: Collection[str]) -> Problem:
    kind = row.get("type")
    near = get_close_matches(kind, [*known, "select_one", "select_multiple", "begin group", "begin repeat"], n=1)
    return Problem(
        code="unknown-type",
        cell=survey.cell(row, "type"),
        what=f"There is no type of question called '{kind}'.",
        remedy=f"Did you mean '{near[0]}'?" if near else "See https://xlsform.org/en/#question-types for the types.",
    )

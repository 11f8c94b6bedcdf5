"""Types of questions that a workbook asks for: those nobody knows, and those a chat cannot carry yet."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from conversations.forms.problems import Problem
from conversations.forms.workbook import Row, Sheet

_UNASKABLE = frozenset(
    {
        *("geopoint", "gps", "location", "geotrace", "geoshape", "barcode", "osm"),
        *("image", "photo", "audio", "video", "file", "background-audio", "start-geopoint"),
    },
)
_WITH_A_LIST = ("select", "rank", "add select", "q select", "begin", "end")


def check_askable(survey: Sheet) -> Iterator[Problem]:
    """Questions of a known type that this version cannot ask."""
    for row in survey.rows:
        if row.get("type").lower() in _UNASKABLE:
            yield unaskable(survey.cell(row, "type"), row.get("name"), row.get("type"))


def check_known(survey: Sheet, known: Collection[str]) -> Iterator[Problem]:
    """Types that are not among the `known`."""
    for row in survey.rows:
        kind = row.get("type")
        if kind and kind not in known and not kind.lower().startswith(_WITH_A_LIST):
            yield _unknown(survey, row, known)


def unaskable(cell: str, name: str, kind: str) -> Problem:
    """A question that cannot be asked in a chat."""
    return Problem(
        code="unaskable",
        cell=cell,
        what=f"'{name}' asks for {kind}, which this version cannot ask in a chat.",
        remedy="Ask for a text, a number, a date or a choice instead, or take the question out.",
    )


def _unknown(survey: Sheet, row: Row, known: Collection[str]) -> Problem:
    kind = row.get("type")
    near = get_close_matches(kind, [*known, "select_one", "select_multiple", "begin group", "begin repeat"], n=1)
    return Problem(
        code="unknown-type",
        cell=survey.cell(row, "type"),
        what=f"There is no type of question called '{kind}'.",
        remedy=f"Did you mean '{near[0]}'?" if near else "See https://xlsform.org/en/#question-types for the types.",
    )

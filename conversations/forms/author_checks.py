"""What can be seen in the sheets themselves, before anything is compiled: all of it at once, cell by cell."""

import re
from collections.abc import Iterator, Mapping

from conversations.forms.carried import check_carried
from conversations.forms.expression_checks import check_expressions
from conversations.forms.nesting import read_nesting
from conversations.forms.problems import Problem
from conversations.forms.workbook import BEGIN, END, Row, Sheet
from conversations.forms.written import HIDDEN

_NAME = re.compile(r"[A-Za-z_][\w.-]*")
_LISTED = re.compile(
    r"(?:select_one|select_multiple|select one|select multiple|select all that apply|rank)\s+(?:from\s+)?(\S+)",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:csv|xml|geojson)$", re.IGNORECASE)
_OPTIONAL_NAME = re.compile(r"end[_ ]|(audit|background-audio)$", re.IGNORECASE)


def check_sheets(sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """The problems of the survey and choices sheets."""
    survey = sheets.get("survey")
    if survey is None:
        yield _no_survey()
        return
    if not survey.rows:
        yield _no_questions()
    nesting = read_nesting(survey)
    yield from nesting.problems
    yield from _check_names(survey, nesting.closed)
    yield from check_expressions(survey, [sheets[name] for name in ("choices", "settings") if name in sheets])
    yield from check_carried(sheets)
    yield from _check_lists(survey, sheets.get("choices"))
    if "choices" in sheets:
        yield from _check_choices(sheets["choices"])


def _check_names(survey: Sheet, closed: Mapping[int, int]) -> Iterator[Problem]:
    """Names are there, are well formed, and differ within their group; `closed` is how many groups end at a row."""
    names: list[dict[str, Row]] = [{}]
    for row in survey.rows:
        if END.fullmatch(row.get("type")):
            del names[len(names) - closed.get(row.number, 0) :]
            continue
        yield from _check_name(survey, row, names[-1])
        if BEGIN.fullmatch(row.get("type")):
            names.append({})


def _check_name(survey: Sheet, row: Row, taken: dict[str, Row]) -> Iterator[Problem]:
    name = row.get("name")
    if not name:
        if row.get("type") and not _OPTIONAL_NAME.search(row.get("type")):
            yield _problem(survey, row, "type", "no-name", "This question has no name.", "Give it a name of its own.")
        return
    if not _NAME.fullmatch(name) and not HIDDEN.search(name):
        yield _problem(
            survey,
            row,
            "name",
            "name",
            f"'{name}' cannot be a name.",
            "Begin with a letter and use letters, digits, '_', '-' and '.' only, no spaces.",
        )
    if name in taken:
        yield _problem(
            survey,
            row,
            "name",
            "duplicate-name",
            f"'{name}' is already used in row {taken[name].number}.",
            "Give one of the two another name.",
        )
    taken.setdefault(name, row)


def _check_lists(survey: Sheet, choices: Sheet | None) -> Iterator[Problem]:
    """Every list that a question names is on the choices sheet."""
    lists = {row.get("list_name") for row in choices.rows} if choices else set()
    for row in survey.rows:
        found = _LISTED.match(row.get("type"))
        if found and found[1] not in lists and not found[1].startswith("${") and not _FILE.search(found[1]):
            yield _problem(
                survey,
                row,
                "type",
                "no-choices",
                f"There are no choices for '{found[1]}'.",
                f"Add rows with the list_name '{found[1]}' to the choices sheet.",
            )


def _check_choices(choices: Sheet) -> Iterator[Problem]:
    """Every choice has a name without spaces."""
    for row in choices.rows:
        name = row.get("name")
        if row.get("list_name") and not name:
            yield _problem(
                choices, row, "name", "no-choice-name", "This choice has no name.", "Give it a short name: a code."
            )
        elif " " in name:
            yield Problem(
                code="choice-name",
                cell=choices.cell(row, "name"),
                what=f"The name '{name}' has a space in it, so it could not be told from two choices.",
                remedy="Write '_' instead of the space; the label may have spaces.",
                severity="warning",
            )


def _no_survey() -> Problem:
    return Problem(
        code="no-survey",
        cell="",
        what="The workbook has no sheet called 'survey'.",
        remedy="Name the sheet with the questions 'survey'.",
    )


def _no_questions() -> Problem:
    return Problem(
        code="no-questions",
        cell="survey!A2",
        what="The sheet 'survey' has no questions.",
        remedy="Write one question a row, with its type, name and label.",
    )


def _problem(sheet: Sheet, row: Row, column: str, code: str, what: str, remedy: str) -> Problem:
    return Problem(code, sheet.cell(row, column), what, remedy)

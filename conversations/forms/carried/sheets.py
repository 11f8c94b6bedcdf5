"""Settings, columns and sheets beside the questions: what is refused, and what has no effect here."""

from collections.abc import Iterator, Mapping

from conversations.forms.problems import Problem, Severity
from conversations.forms.workbook import Sheet

Verdicts = Mapping[str, tuple[Severity, str, str]]


def _without_effect(why: Mapping[str, str]) -> Verdicts:
    return {name: ("advice", f"{name} has no effect: {reason}.", "It can stay.") for name, reason in why.items()}


_NO_SMS = "nothing is sent by SMS"
_NO_APP = "no app is opened"

SETTINGS: Verdicts = {
    "public_key": (
        "error",
        "Answers cannot be encrypted with a key of the author: the bot must be able to read them to ask on.",
        "Take public_key out; what is stored, and who can read it, stands in the README under Privacy.",
    ),
    "submission_url": (
        "warning",
        "Answers are not sent to the address in submission_url: they stay in the database of the bot.",
        "Take it out, and use colloquio export.",
    ),
    **_without_effect(
        {
            "auto_send": "a response is handed in by the respondent",
            "auto_delete": "nothing is kept on a telephone",
            "style": "a chat asks one question at a time",
            "sms_keyword": _NO_SMS,
            "sms_separator": _NO_SMS,
        }
    ),
}
"""Columns of the settings sheet that are not carried."""

COLUMNS: Verdicts = {
    "save_to": (
        "warning",
        "Entities are not written: what save_to asks for is not done; the answers are kept as answers.",
        "Take the column out, or make the entities from an export.",
    ),
    "body::intent": (
        "error",
        "A question opens another app (body::intent), which a chat cannot do.",
        "Ask for the value, or calculate it; take the column out.",
    ),
    "query": (
        "error",
        "A question searches the sheet external_choices (query), an old form of ODK that is not carried.",
        "Write select_one_from_file FILE.csv and a choice_filter.",
    ),
    **_without_effect(
        {
            "autoplay": "a chat never plays by itself",
            "no_app_error_string": _NO_APP,
            "noapperrorstring": _NO_APP,
            "sms_field": _NO_SMS,
            "sms_option": _NO_SMS,
            "compact_tag": _NO_SMS,
        }
    ),
}
"""Columns of the survey sheet that are not carried; each is told once, at the first cell that uses it."""


def check_settings(settings: Sheet) -> Iterator[Problem]:
    """Settings that are refused or have no effect."""
    yield from _check(settings, SETTINGS)


def check_survey_columns(survey: Sheet) -> Iterator[Problem]:
    """Columns that are refused or have no effect."""
    yield from _check(survey, COLUMNS)


def _check(sheet: Sheet, table: Verdicts) -> Iterator[Problem]:
    for column, (severity, what, remedy) in table.items():
        row = next((row for row in sheet.rows if row.get(column)), None)
        if row is not None:
            yield Problem("not-carried", sheet.cell(row, column), what, remedy, severity)


def check_entities(sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """A sheet called entities."""
    sheet = sheets.get("entities")
    if sheet is not None and sheet.rows:
        yield Problem(
            code="not-carried",
            cell=f"{sheet.name}!A2",
            what="Entities are not written: the sheet 'entities' has no effect, the answers are kept as answers.",
            remedy="Take the sheet out, or make the entities from an export.",
            severity="warning",
        )

"""Settings, columns and sheets beside the questions: what is refused, and what has no effect here."""

from collections.abc import Iterator, Mapping

from conversations.forms.problems import Problem, Severity
from conversations.forms.workbook import Sheet

SETTINGS: Mapping[str, tuple[Severity, str, str]] = {
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
    "auto_send": ("advice", "auto_send has no effect: a response is handed in by the respondent.", "It can stay."),
    "auto_delete": ("advice", "auto_delete has no effect: nothing is kept on a telephone.", "It can stay."),
    "style": ("advice", "style has no effect: a chat asks one question at a time.", "It can stay."),
    "sms_keyword": ("advice", "sms_keyword has no effect: nothing is sent by SMS.", "It can stay."),
    "sms_separator": ("advice", "sms_separator has no effect: nothing is sent by SMS.", "It can stay."),
}
"""Columns of the settings sheet that are not carried."""

COLUMNS: Mapping[str, tuple[Severity, str, str]] = {
    "save_to": (
        "warning",
        "Entities are not written: what save_to asks for is not done; the answers are kept as answers.",
        "Take the column out, or make the entities from an export.",
    ),
    "autoplay": ("advice", "autoplay has no effect: a chat never plays by itself.", "It can stay."),
    "body::intent": (
        "error",
        "A question opens another app (body::intent), which a chat cannot do.",
        "Ask for the value, or calculate it; take the column out.",
    ),
    "no_app_error_string": ("advice", "noAppErrorString has no effect: no app is opened.", "It can stay."),
    "noapperrorstring": ("advice", "noAppErrorString has no effect: no app is opened.", "It can stay."),
    "sms_field": ("advice", "sms_field has no effect: nothing is sent by SMS.", "It can stay."),
    "sms_option": ("advice", "sms_option has no effect: nothing is sent by SMS.", "It can stay."),
    "compact_tag": ("advice", "compact_tag has no effect: nothing is sent by SMS.", "It can stay."),
    "query": (
        "error",
        "A question searches the sheet external_choices (query), an old form of ODK that is not carried.",
        "Write select_one_from_file FILE.csv and a choice_filter.",
    ),
}
"""Columns of the survey sheet that are not carried; each is told once, at the first cell that uses it."""


def check_settings(settings: Sheet) -> Iterator[Problem]:
    """Settings that are refused or have no effect."""
    yield from _check(settings, SETTINGS)


def check_survey_columns(survey: Sheet) -> Iterator[Problem]:
    """Columns that are refused or have no effect."""
    yield from _check(survey, COLUMNS)


def _check(sheet: Sheet, table: Mapping[str, tuple[Severity, str, str]]) -> Iterator[Problem]:
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

"""What of XLSForm a chat carries, what it cannot, and what it carries otherwise than a form on a screen does.

The tables here and the tables for authors in docs/xlsform.md say the same; a test compares them.
"""

from collections.abc import Iterator, Mapping

from conversations.forms.carried.appearances import check_appearances
from conversations.forms.carried.parameters import check_parameters
from conversations.forms.carried.sheets import check_entities, check_settings, check_survey_columns
from conversations.forms.carried.types import check_types
from conversations.forms.problems import Problem
from conversations.forms.workbook import Sheet


def check_carried(sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """What the workbook asks for and a chat does not carry, cell by cell."""
    survey = sheets.get("survey")
    if survey is not None:
        yield from check_types(survey)
        yield from check_appearances(survey)
        yield from check_parameters(survey)
        yield from check_survey_columns(survey)
    if "settings" in sheets:
        yield from check_settings(sheets["settings"])
    yield from check_entities(sheets)

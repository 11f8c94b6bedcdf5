"""What pyxform remarks: told in our words with its cell, or left out where another check says it better."""

import pytest

from conversations.forms.lint import check_form
from conversations.forms.remarks import is_left_out
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook

REMARKABLE = """
| survey |
| | type | name | label::Italiano (it) | label::English (en) | hint::Italiano (it) | disabled |
| | image | a | A? | A? | Un aiuto | |
| | begin_repeat | r | | | | |
| | text | b | B? | B? | | no |
| | end_repeat | | | | | |
| | | | | | A remark | |
| | select_one l | q | Q? | Q? | | |
| choices |
| | list_name | name | label::Italiano (it) | label::English (en) | a b |
| | l | x | | | |
| | l | y | Y | Y | |
| setting |
| | form_id |
| | x |
| settings |
| | form_id | id_string |
| | x | y |
"""


def remarks(table):
    found = check_form(read_xlsform(workbook(table)))
    return {problem.cell: problem for problem in found if problem.code == "xlsform"}


def test_what_is_of_use_has_its_cell():
    """Of the column that is meant, not of the type."""
    found = remarks(REMARKABLE)
    assert set(found) == {"settings!B1", "choices!E1", "choices!C2", "survey!C3", "survey!F4", "survey!E6"}
    assert "'r'" in found["survey!C3"].what
    assert all("{" not in problem.what and "pyxform" not in problem.what for problem in found.values())


def test_a_sheet_that_is_nearly_called_settings_is_named():
    """Pyxform looks for it when there is no sheet of that name."""
    nearly = "| survey |\n| | type | name | label |\n| | text | q | Q? |\n| setting |\n| | form_id |\n| | x |"
    assert [(cell, one.what.partition(",")[0]) for cell, one in remarks(nearly).items()] == [
        ("setting!A1", "There is no sheet 'settings'"),
    ]


@pytest.mark.parametrize(
    "remark",
    [
        "[row : 2] Use the max-pixels parameter to speed up submission sending and save storage space.",
        "Language 'English (en)' is missing the survey columns hint, image.",
        "The following language declarations do not contain valid machine-readable codes: Italiano.",
        "[row : 3] On the 'survey' sheet, the 'name' value 'A' is a case-insensitive match to another name.",
        "[row : 4] simserial is no longer supported on most devices.",
    ],
)
def test_what_means_nothing_in_a_chat_or_is_told_elsewhere_is_left_out(remark):
    """Each of them has its own check, or none is needed."""
    assert is_left_out(remark)

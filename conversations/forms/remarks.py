"""What pyxform remarks of a questionnaire that it compiles: which of it is of use in a chat, in which words, where."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from conversations.forms.problems import Problem
from conversations.forms.workbook import Sheet, column_name

LEFT_OUT = tuple(
    map(
        re.compile,
        (
            r".* Use the max-pixels parameter",  # channels make pictures smaller by themselves
            r"This form uses or_other and translations",  # or-other
            r"Language '.*' is missing the ",  # no-column, untranslated
            r"The following language declarations do not contain valid",  # no-language-code
            r".*is a case-insensitive match to another name",  # similar-names
            r".*is no longer supported on most devices",  # not-carried
            r".*select one external is only meant for",  # not-carried
            r"Could not export itemsets.csv",  # not-carried
            r"When looking for a sheet named 'entities'",  # entities are not carried at all
        ),
    )
)
"""Of no meaning in a chat, or told by the check whose code stands beside it, with its cell."""


class _Told(NamedTuple):
    """A remark in words for authors; `column` is that of the cell, "" for the first that is filled."""

    remark: re.Pattern[str]
    sheet: str
    column: str
    what: str
    remedy: str


_TOLD = (
    _Told(
        re.compile(r"The form_id and id_string column headers are both"),
        "settings",
        "id_string",
        "The settings have both form_id and id_string, an old name of the same.",
        "Take the column id_string out.",
    ),
    _Told(
        re.compile(r"When looking for a sheet named '(?P<meant>[^']+)', .* were found: '(?P<column>[^']+)'"),
        "",
        "",
        "There is no sheet '{meant}', but one called '{column}', which is not read.",
        "Name it '{meant}'; if it is something else, begin its name with an underscore.",
    ),
    _Told(
        re.compile(r".*The 'disabled' column header"),
        "survey",
        "disabled",
        "The column 'disabled' is no longer part of XLSForm; a row with yes in it is left out.",
        "Take out the rows that nobody is to be asked, and then the column.",
    ),
    _Told(
        re.compile(r".*Row without name, text, or label is being skipped"),
        "survey",
        "",
        "This row has no type, no name and no label, so it is skipped.",
        "Take it out, or write the type and name of a question.",
    ),
    _Told(
        re.compile(r".*Repeat has no label: \{'name': '(?P<column>[^']*)'"),
        "survey",
        "label",
        "The repeat '{column}' has no label, so nothing says what one more of it would be.",
        "Write into the label what a row of it is about, such as “Member of the household”.",
    ),
    _Told(
        re.compile(r".*the 'label' value is invalid. Choices should have a label"),
        "choices",
        "label",
        "This choice has no label.",
        "Write what its button is to say.",
    ),
    _Told(
        re.compile(r".*the '(?P<column>[^']*)' value is invalid. Column headers must not be empty"),
        "choices",
        "",
        "The header '{column}' has a space in it, or is empty: nothing below it is read.",
        "Write '_' instead of the space, or delete the whole column.",
    ),
)


def is_left_out(remark: str) -> bool:
    """Whether nothing is to be told of it; `remark` is one line."""
    return any(pattern.match(remark) for pattern in LEFT_OUT)


def in_own_words(remark: str, sheets: Mapping[str, Sheet]) -> Problem | None:
    """The warning, with its cell; None for a remark that is not known here. `remark` is one line."""
    for told in _TOLD:
        if found := told.remark.match(remark):
            words = found.groupdict()
            cell = _cell(told, remark, words.get("column", ""), sheets)
            what, remedy = told.what.format(**words), told.remedy.format(**words)
            return Problem(code="xlsform", cell=cell, what=what, remedy=remedy, severity="warning")
    return None


def _cell(told: _Told, remark: str, named: str, sheets: Mapping[str, Sheet]) -> str:
    if not told.sheet:
        return f"{named}!A1"
    sheet = sheets.get(told.sheet)
    if sheet is None:
        return ""
    number = re.search(r"\[row\s*:\s*(\d+)\]", remark)
    row = next((row for row in sheet.rows if number and row.number == int(number[1])), None)
    if row:
        return sheet.cell(row, told.column or next(iter(row.cells)))
    return f"{sheet.name}!{sheet.letters.get(told.column or column_name(named), 'A')}1"

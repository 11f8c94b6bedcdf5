"""Every word of the column appearance that ODK knows: what it does in a chat, or that it does nothing there."""

import re
from collections.abc import Iterator
from itertools import takewhile

from conversations.forms.problems import Problem, Severity
from conversations.forms.workbook import END, Row, Sheet

CARRIED = frozenset(
    {
        *("field-list", "table-list", "label", "list-nolabel", "multiline", "masked", "numbers", "thousands-sep"),
        *("year", "month-year", "no-calendar", "likert", "rating", "quick", "minimal", "search", "autocomplete"),
        *("columns-n", "counter", "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9"),
    }
)
"""They change what is asked or how."""

NO_DIFFERENCE = frozenset(
    {
        *("compact", "quickcompact", "columns-pack", "no-buttons", "horizontal", "horizontal-compact", "list"),
        *("vertical", "no-ticks", "picker", "spinner", "full", "maps", "placement-map", "new", "new-front", "selfie"),
        *("hide-input", "quick-compact", "autoadvance", "pages", "columns", "w10", "w11", "w12"),
        *("summary", "theme-grid"),
    }
)
"""They arrange a screen; a chat asks the same question without them."""

_CALENDARS = frozenset({"ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian", "buddhist"})
_MAPS = "shows places on a map; a chat lists them as any other choices"
_DRAWING = "lets somebody draw; a chat takes a picture of what was drawn"

OTHERWISE = {
    **dict.fromkeys(sorted(_CALENDARS), "is another calendar; the day is asked and stored in the Gregorian one"),
    "map": _MAPS,
    "image-map": "lets somebody tap on a picture; a chat lists the choices below it",
    **dict.fromkeys(("annotate", "draw", "signature"), _DRAWING),
    "bearing": "reads a compass; a chat asks for the number",
    "url": "opens a page; a chat shows the text as it is",
    "hidden-answer": "reads a code without showing it; a chat shows what was read",
    "camera": "forbids a file; a chat cannot tell a new picture from an old one",
}
"""Warned of: the question is asked, but what the word is for is not done."""

REFUSED = {
    "ex:": (
        "external-app",
        "opens another app, which a chat cannot do",
        "Ask for the value, or calculate it; take the appearance out.",
    ),
    "printer": ("external-app", "prints, which a chat cannot do", "Take the question out."),
    "search(": (
        "search",
        "takes its choices from a file by search(), an old form of ODK that is not carried",
        "Write select_one_from_file FILE.csv and a choice_filter.",
    ),
}
"""Refused, by how the appearance begins: the answers would not come."""

_WORD = re.compile(r"[^\s(]+(?:\([^)]*\)\S*)?")
_CHOOSES = re.compile(r"(add |q )?select|rank", re.IGNORECASE)
_NUMBERED = re.compile(r"columns-\d+")


def check_appearances(survey: Sheet) -> Iterator[Problem]:
    """The words that are refused, that are carried otherwise, and those that nobody knows."""
    for row in survey.rows:
        refused = list(_refused(survey, row))
        yield from refused
        yield from _lone_label(survey, row)
        for word in () if refused else _WORD.findall(row.get("appearance")):
            plain = "columns-n" if _NUMBERED.fullmatch(word) else word
            if plain in OTHERWISE:
                yield _problem(survey, row, "appearance", f"{OTHERWISE[plain]}.", "It can stay.", word)
            elif plain not in CARRIED | NO_DIFFERENCE:
                remedy = "Look for a slip of the pen: the words are in docs/xlsform.md."
                yield _problem(survey, row, "unknown-appearance", "is not known and does nothing.", remedy, word)


def _lone_label(survey: Sheet, row: Row) -> Iterator[Problem]:
    """A choice that shows its labels for a table below it, where no such table is."""
    if "label" not in row.get("appearance").split() or not _CHOOSES.match(row.get("type")):
        return
    below = takewhile(lambda other: not END.fullmatch(other.get("type")), survey.rows[survey.rows.index(row) + 1 :])
    lists = [other.get("type").split()[-1] for other in below if "list-nolabel" in other.get("appearance").split()]
    if row.get("type").split()[-1] not in lists:
        what = "shows labels for rows with 'list-nolabel' and the same list, and none follow; it is asked."
        yield _problem(survey, row, "appearance", what, "Take it out, or give it to the rows below.", "label")


def _refused(survey: Sheet, row: Row) -> Iterator[Problem]:
    appearance = row.get("appearance")
    for beginning, (code, what, remedy) in REFUSED.items():
        if re.search(rf"(?:^|\s){re.escape(beginning)}", appearance):
            word = beginning.rstrip("(:") + ("()" if beginning.endswith("(") else "")
            yield _problem(survey, row, code, f"{what}.", remedy, word, "error")


def _problem(  # noqa: PLR0913, PLR0917 - a cell, and what is said of it
    survey: Sheet, row: Row, code: str, what: str, remedy: str, word: str, severity: Severity = "warning"
) -> Problem:
    said = f"The appearance '{word}' of '{row.get('name')}' {what}"
    return Problem(code, survey.cell(row, "appearance"), said, remedy, severity)

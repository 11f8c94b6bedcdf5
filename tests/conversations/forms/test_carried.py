"""What of XLSForm is carried: all that pyxform knows has its row in docs/xlsform.md, and the code does what it says."""

import re
from pathlib import Path

import pytest
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from conversations.forms.carried import appearances, sheets, types
from conversations.forms.carried.xform import check_xform
from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform
from conversations.forms.xml_reading import read_xml
from tests.sheets import workbook

TABLE = (Path(__file__).parents[3] / "docs" / "xlsform.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| (.*?) \| (yes|in part|no) \| (.+) \|$", re.MULTILINE)
_WORD = re.compile(r"`([^`]+)`")
SAYS = {"error": "no", "warning": "in part", "advice": "in part"}


def documented(heading: str) -> dict[str, str]:
    """What the section says of each word in lower case: "yes", "in part" or "no"."""
    section = TABLE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {
        word.lower(): carried
        for row in _ROW.finditer(section)
        for word in _WORD.findall(row[1])
        for carried in [row[2]]
    }


def told(table):
    """(code, cell, severity) of every problem but advice on style."""
    problems = check_form(read_xlsform(workbook(table)))
    return [(problem.code, problem.cell, problem.severity) for problem in problems]


def test_every_type_that_pyxform_knows_is_decided():
    """A later pyxform that knows more is to be looked at before it is used."""
    known = {kind.lower() for kind in QUESTION_TYPE_DICT}
    assert known - types.CARRIED - types.NOT_CARRIED.keys() == set()
    assert not types.CARRIED & types.NOT_CARRIED.keys()


def test_every_type_has_its_row_in_the_table_for_authors():
    """And the row says what the code does."""
    says = documented("Types of questions")
    for kind in {kind.lower() for kind in QUESTION_TYPE_DICT}:
        verdict = types.NOT_CARRIED.get(kind)
        assert says.get(kind) == (SAYS[verdict.severity] if verdict else "yes"), kind


def test_every_appearance_has_its_row_in_the_table_for_authors():
    """As the types."""
    says = documented("Appearances")
    decided = dict.fromkeys(appearances.CARRIED | appearances.NO_DIFFERENCE, "yes")
    decided |= dict.fromkeys(appearances.OTHERWISE, "in part") | dict.fromkeys(appearances.REFUSED, "no")
    assert says == decided


@pytest.mark.parametrize(
    ("heading", "table"),
    [("Columns of the settings sheet", sheets.SETTINGS), ("Columns of the survey sheet", sheets.COLUMNS)],
)
def test_every_column_that_is_not_carried_has_its_row(heading, table):
    """With the same weight."""
    says = documented(heading)
    for column, (severity, *_) in table.items():
        assert says.get(column.replace("noapperrorstring", "no_app_error_string")) == SAYS[severity], column


@pytest.mark.parametrize("kind", sorted(types.NOT_CARRIED.keys() - {"select one external"}))
def test_a_type_that_is_not_carried_is_told_with_its_cell(kind):
    """By its name, whatever pyxform makes of it."""
    table = f"| survey |\n| | type | name | label |\n| | {kind} | it | It? |\n| | text | q | Q? |"
    assert ("not-carried", "survey!A2", types.NOT_CARRIED[kind].severity) in told(table)


def test_types_that_are_carried_are_not_spoken_of():
    """All that a chat can ask."""
    asked = [
        "text",
        "range",
        "geopoint",
        "geotrace",
        "geoshape",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "deviceid",
    ]
    rows = "\n".join(f"| | {kind} | q{number} | Q {number}? |" for number, kind in enumerate(asked))
    assert not [code for code, _, _ in told(f"| survey |\n| | type | name | label |\n{rows}") if "carried" in code]


OLD_CHOICES = """
| survey           |
|                  | type                       | name | label | choice_filter | appearance      |
|                  | text                       | zone | Zone? |               |                 |
|                  | select_one_external towns  | town | Town? | zone=${zone}  |                 |
|                  | select_one l               | more | More? |               | {appearance}    |
| choices          |
|                  | list_name | name | label |
|                  | l         | x    | X     |
| external_choices |
|                  | list_name | name | label | zone |
|                  | towns     | a    | A     | b    |
"""


@pytest.mark.parametrize("appearance", ["search('towns')", "minimal search('towns', 'matches', 'zone', ${zone})"])
def test_old_ways_of_choosing_from_files_are_refused(appearance):
    """search() and select_one_external, with the new way as the remedy."""
    problems = check_form(read_xlsform(workbook(OLD_CHOICES.replace("{appearance}", appearance))))
    refused = {(problem.code, problem.cell) for problem in problems if problem.severity == "error"}
    assert {("not-carried", "survey!A3"), ("search", "survey!E4")} <= refused
    assert all("select_one_from_file" in p.remedy for p in problems if (p.code, p.cell) in refused)


def appearing(word):
    table = f"| survey |\n| | type | name | label | appearance |\n| | text | q | Q? | {word} |"
    return [(code, severity) for code, cell, severity in told(table) if cell == "survey!D2"]


def test_other_apps_are_refused():
    """Their answer would never come."""
    assert appearing("ex:org.example.scale(unit='kg')") == [("external-app", "error")]
    assert appearing("printer") == [("external-app", "error")]


def test_appearances_are_told_only_when_something_is_lost():
    """Words for a screen are nobody's loss; a word that nobody knows may be a slip of the pen."""
    assert appearing("multiline w3") == appearing("new no-ticks columns-5") == []
    assert appearing("signature") == [("appearance", "warning")]
    assert appearing("multilin") == [("unknown-appearance", "warning")]
    assert appearing("islamic numbr") == [("appearance", "warning"), ("unknown-appearance", "warning")]


def test_encryption_is_refused():
    """The bot must read the answers to ask on."""
    table = """
    | survey   |
    |          | type | name | label |
    |          | text | q    | Q?    |
    | settings |
    |          | public_key | submission_url      |
    |          | abc        | https://example.org |
    """
    assert {("not-carried", "settings!A2", "error"), ("not-carried", "settings!B2", "warning")} <= set(told(table))


def test_entities_are_warned_of():
    """Their sheet and the column save_to."""
    table = """
    | survey   |
    |          | type | name | label | save_to |
    |          | text | q    | Q?    | title   |
    | entities |
    |          | list_name | label |
    |          | trees     | ${q}  |
    """
    assert {("not-carried", "entities!A2", "warning"), ("not-carried", "survey!D2", "warning")} <= set(told(table))


def test_columns_passed_through_are_warned_of_by_name():
    """Pyxform writes them into the XForm, and nobody here reads them."""
    table = "| survey |\n| | type | name | label | body::kind | bind::odk:bar |\n| | text | q | Q? | x | y |"
    problems = [p for p in check_form(read_xlsform(workbook(table))) if p.code == "not-carried"]
    assert [problem.what for problem in problems] == [
        "The column bind::bar is not known here and has no effect.",
        "The column body::kind is not known here and has no effect.",
    ]


def test_an_app_that_a_column_opens_is_refused():
    """body::intent."""
    table = "| survey |\n| | type | name | label | body::intent |\n| | text | q | Q? | org.example |"
    assert ("not-carried", "survey!D2", "error") in told(table)


XFORM = """
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
  <h:head><model><instance><data id="d"><q/></data></instance>{model}</model></h:head>
  <h:body><input ref="/data/q"><label>Q?</label>{inside}</input>{body}</h:body>
</h:html>
"""


@pytest.mark.parametrize(
    "part",
    [
        {"model": '<send ref="/data/q" event="odk-instance-load"/>'},
        {"model": '<setvalue ref="/data/q" event="xforms-ready"/>'},
        {"inside": '<setvalue ref="/data/q" event="xforms-focus"/>'},
        {"inside": '<insert event="xforms-value-changed"/>'},
        {"body": "<switch><case/></switch>"},
    ],
)
def test_what_would_never_happen_is_refused(part):
    """Actions, events and elements that are not known: from other programs than pyxform, too."""
    text = XFORM
    for place in ("model", "inside", "body"):
        text = text.replace(f"{{{place}}}", part.get(place, ""))
    assert [fault.severity for fault in check_xform(read_xml(text))] == ["error"]
    plain = XFORM.replace("{model}", "").replace("{inside}", "").replace("{body}", "")
    assert list(check_xform(read_xml(plain))) == []


@pytest.mark.parametrize(
    ("kind", "parameters", "cells"),
    [
        ("integer", "foo=bar", ["survey!D2"]),
        ("date", "rows=3", ["survey!D2"]),
        ("text", "rows=3", []),
        ("range", "start=1 end=5 step=1", []),
        ("geopoint", "capture-accuracy=5", []),
        ("select_one l", "randomize=true seed=4", []),
    ],
)
def test_a_parameter_that_means_nothing_is_told(kind, parameters, cells):
    """With its cell; it would be dropped without a word."""
    found = told(
        f"""
        | survey |
        | | type | name | label | parameters |
        | | {kind} | q | Q? | {parameters} |
        | choices |
        | | list_name | name | label |
        | | l | a | A |
        """
    )
    assert [cell for code, cell, _ in found if code == "unknown-parameter"] == cells

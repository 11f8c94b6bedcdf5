"""What a stored value looks like in a table, kind by kind, and that every value has its place."""

from datetime import UTC, date, datetime

import pytest

from admin_scripts.cells import cells_of
from admin_scripts.columns import RESPONSES, Version, plan_columns
from admin_scripts.frames import POSITION
from admin_scripts.questions import questions_of
from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from conversations.session import FormSession
from tests.admin_scripts.field_work import EXAMPLES
from tests.sheets import form

KINDS = """
| survey  |
|         | type                | name     | label | calculation | parameters | appearance |
|         | integer             | integer  | I?    |             |            |            |
|         | decimal             | decimal  | D?    |             |            |            |
|         | range               | range    | R?    |             | start=0 end=5 step=0.5 |   |
|         | date                | date     | D?    |             |            |            |
|         | time                | time     | T?    |             |            |            |
|         | datetime            | datetime | T?    |             |            |            |
|         | text                | text     | T?    |             |            |            |
|         | acknowledge         | agreed   | A?    |             |            |            |
|         | select_one steps    | step     | S?    |             |            |            |
|         | select_one colours  | colour   | C?    |             |            |            |
|         | select_multiple colours | many | M?    |             |            |            |
|         | rank colours        | rank     | R?    |             |            |            |
|         | note                | told     | N     | 1 + 1       |            |            |
|         | note                | silent   | N     |             |            |            |
|         | calculate           | sum      |       | 2 + 2       |            |            |
|         | begin repeat        | row      | Row   |             |            |            |
|         | text                | inside   | I?    |             |            |            |
|         | begin repeat        | deep     | Deep  |             |            |            |
|         | text                | deeper   | D?    |             |            |            |
|         | end repeat          |          |       |             |            |            |
|         | end repeat          |          |       |             |            |            |
| choices |
|         | list_name | name | label |
|         | steps     | 1    | One   |
|         | steps     | 2    | Two   |
|         | colours   | red  | Red   |
|         | colours   | blue | +Blue |
"""


def variables(table=KINDS):
    read = form(table)
    return plan_columns([Version(read.hash, "1", questions_of(read))], ()).tables[RESPONSES].variables


@pytest.mark.parametrize(
    ("name", "value", "cell"),
    [
        ("integer", "-12", -12),
        ("integer", "12345678901234567890", "12345678901234567890"),
        ("decimal", "2.50", 2.5),
        ("decimal", "2", 2),
        ("range", "4.5", 4.5),
        ("date", "2026-11-23", date(2026, 11, 23)),
        ("date", "some day", "some day"),
        ("time", "14:30:00.000+01:00", "14:30:00.000+01:00"),
        ("text", "12", "12"),
        ("text", "=1+1", "=1+1"),
        ("agreed", "OK", "OK"),
        ("step", "2", 2),
        ("colour", "red", "red"),
        ("colour", "unheard of", "unheard of"),
        ("text", "", None),
    ],
)
def test_a_value_becomes_the_cell_of_its_kind(name, value, cell):
    """What a spreadsheet cannot show exactly stays the text it is; blank is blank."""
    found = dict(cells_of(variables()[name], value, None))[name]
    assert (found, type(found)) == (cell, type(cell))


@pytest.mark.parametrize(
    ("name", "value", "labels", "cells"),
    [
        ("many", "blue", None, {"many": "blue", "many/red": 0, "many/blue": 1}),
        ("many", "", None, {"many": None, "many/red": None, "many/blue": None}),
        ("many", "red blue", "", {"many": "Red; +Blue", "many/red": 1, "many/blue": 1}),
        ("rank", "blue red", None, {"rank": "blue red", "rank/red": 2, "rank/blue": 1}),
        ("step", "2", "", {"step": "Two"}),
    ],
)
def test_choices_are_codes_or_labels(name, value, labels, cells):
    """The columns beside the text stay numbers."""
    assert dict(cells_of(variables()[name], value, labels)) == cells


@pytest.mark.parametrize("name", ["kinds", "zone_omogenee_po", "zone_omogenee_sindaci"])
def test_every_value_of_a_response_has_its_place(name):
    """What the engine hands in and what the export plans are the same, notes and rows of repeats included."""
    read = form(KINDS) if name == "kinds" else example(name)
    plan = plan_columns([Version(read.hash, "1", questions_of(read))], ())
    filled = FormSession.start(read, now=datetime(2026, 11, 23, tzinfo=UTC), language=read.default_language, seed=1)
    paths = [POSITION.sub("", path) for path, _ in filled.submission_values()]
    assert paths
    assert all((read.hash, path) in plan.places for path in paths)


def example(name):
    compiled = read_xlsform((EXAMPLES / f"{name}.xlsx").read_bytes())
    return load_form(compiled.xform)

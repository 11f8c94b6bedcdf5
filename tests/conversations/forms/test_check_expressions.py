"""Expressions that cannot be: the place in the cell is shown, and what was meant is guessed where it can be."""

import pytest

from conversations.forms.lint import check_form
from conversations.forms.written import pointed
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook


def told(expression):
    """The problems of a second question with that relevance."""
    table = (
        f"| survey |\n| | type | name | label | relevant |\n| | text | q | Q? | |\n| | text | r | R? | {expression} |"
    )
    return check_form(read_xlsform(workbook(table)))


@pytest.mark.parametrize(
    ("expression", "code", "marked", "remedy"),
    [
        ("${q} == 'a'", "expression", "=", "Write = for"),
        ("${q} <> 'a'", "expression", ">", "Write != for"),
        ("${q} => 3", "expression", ">", "Write >= for"),
        ("${q} = 'a' && ${q} != 'b'", "expression", "&", "Write and"),
        ("${q} = 'a' AND ${q} != 'b'", "expression", "A", "small letters"),
        ("if(${q} = 'a'; 1; 2)", "expression", ";", "Write a comma"),
        ("${q} = (1", "expression", "", "Check brackets"),
        ("${q} = ´a´", "curly-quotes", "´", "by hand"),
        ("${q} = 'l’ente'", "curly-quotes", "’", "double quotes"),
        ("${q}\u200b = 'a'", "hidden-character", " ", "by hand"),
        ("${q} = yes", "unquoted", "y", "Write 'yes' for the text"),
        ("${qq} = 'a'", "unknown-name", "$", "Did you mean ${q}?"),
        ("${q = 'a'", "reference", "$", "Write ${name}"),
        ("strng-length(${q}) > 2", "function", "s", "Did you mean string-length()?"),
        ("1 = 1 and round(${q}, 1, 2) > 2", "function", "r", "docs.getodk.org"),
    ],
)
def test_a_mistake_in_an_expression_is_shown_at_its_place(expression, code, marked, remedy):
    """With its code, a mark below the place, and a remedy that fits."""
    (problem, *_) = [one for one in told(expression) if one.code == code]
    line, mark = problem.excerpt.splitlines()
    assert (problem.cell, line[len(mark) - 1 :][:1]) == ("survey!D3", marked)
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    "expression",
    [
        "${q} = ‘a’ or ${q} = “b”",
        '${q} = "l’ente"',
        "${q} = 'a && b'",
        "position(..) > 1",
        "yes",
        "not(contains(${q}, '´'))",
        "TRUE",
    ],
)
def test_what_only_looks_like_a_mistake_is_none(expression):
    """Typographic quotes that pyxform makes straight, signs inside a text, paths, plain yes."""
    assert [one.code for one in told(expression) if one.severity == "error"] == []


def test_references_are_looked_for_everywhere():
    """In labels, messages, choices, parameters and the settings."""
    table = """
    | survey |
    | | type | name | label | hint | constraint_message | parameters |
    | | select_one l | q | Q ${a}? | H ${b} | M ${c} | randomize=true, seed=${d} |
    | choices |
    | | list_name | name | label |
    | | l | x | X ${e} |
    | settings |
    | | form_title | instance_name |
    | | T | concat(${q}, ${f}) |
    """
    found = {(one.code, one.cell) for one in check_form(read_xlsform(workbook(table))) if one.severity == "error"}
    unknown = {cell for code, cell in found if code == "unknown-name"}
    assert unknown == {"survey!C2", "survey!D2", "survey!E2", "survey!F2", "choices!C2", "settings!B2"}


def test_all_is_told_though_pyxform_stops_at_its_first_error():
    """Errors, warnings and advice of every kind, with a list that does not end."""
    table = """
    | survey |
    | | type | name | label | relevant | constraint |
    | | begin group | g | G | | |
    | | select_one yn | q | Q? | | |
    | | text | t | T? | ${q} = 'si' | . == 3 |
    | choices |
    | | list_name | name | label |
    | | yn | yes | Sì |
    | | yn | no | No |
    | | other | x | X |
    """
    compiled = read_xlsform(workbook(table))
    assert compiled.xform is None
    codes = {one.code for one in check_form(compiled)}
    assert {"not-ended", "expression", "label-compared", "no-message", "unused-list"} <= codes


def test_a_long_expression_is_cut_around_its_place():
    """So that the mark stays on the screen; a line of several is shown alone."""
    text = "${a} = 1 and " * 20 + "&& ${b}"
    line, mark = pointed(text, text.index("&&")).splitlines()
    assert len(line) < 80
    assert line[len(mark) - 1 :].startswith("&&")
    assert pointed("${a} = 1\nand = 2", 13) == "and = 2\n    ^"


def test_circles_are_told_though_nothing_compiles():
    """With all who form them; what only looks like one is none."""
    table = """
    | survey |
    | | type | name | label | relevant | calculation |
    | | integr | n | N? | | |
    | | calculate | a | | | ${b} + 1 |
    | | calculate | b | | | ${c} + 1 |
    | | calculate | c | | | ${a} + 1 |
    | | begin group | g | G | ${inside} = 1 | |
    | | text | inside | I? | | |
    | | end group | | | | |
    | | begin repeat | r | R | | count(${r}) |
    | | text | x | X? | ${y} = 1 | |
    | | text | y | Y? | ${x} != '' | |
    | | end repeat | | | | |
    | | calculate | d | | | ${a} + ${n} |
    """
    compiled = read_xlsform(workbook(table))
    assert compiled.xform is None
    cycles = [one for one in check_form(compiled) if one.code == "cycle"]
    assert [(one.cell, sorted(set(one.what.split("of ")[1].split(" depend")[0].split(" → ")))) for one in cycles] == [
        ("survey!E3", ["a", "b", "c"]),
        ("survey!D6", ["g", "inside"]),
    ]

"""The list that coordinators work through, as it stands in a terminal of 80 columns."""

import pytest

from admin_scripts.__main__ import main
from admin_scripts.problem_list import problem_lines
from conversations.forms import Problem
from tests.sheets import workbook

MISTAKES = """
| survey |
| | type | name | label | relevant |
| | select_one yn | q | Q? | |
| | text | t | T? | ${q} == 'yes' |
| | text | u | U? | ${q} = 'si' |
| choices |
| | list_name | name | label |
| | yn | yes | Sì |
| | yn | no | No |
"""


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """The exit code and the words of `colloquio check` for a table, piped."""
    monkeypatch.chdir(tmp_path)

    def checked(table):
        (tmp_path / "form.xlsx").write_bytes(workbook(table))
        code = main(["check", "form.xlsx"])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return checked


def test_errors_come_first_each_with_its_place_and_remedy(check):
    """Nothing is wider than the screen, also when it is piped."""
    code, said = check(MISTAKES)
    assert code == 1
    assert said.startswith(
        "ERRORS (no survey can be made with them)\n\n"
        "survey!D3  expression\n"
        "  The relevant of 't' cannot be read: '=' was not expected here.\n"
        "      ${q} == 'yes'\n"
        "            ^\n"
        "  → Write = for 'is equal to'.\n\n"
        "WARNINGS (probably not what you want)\n\n"
        "survey!D4  label-compared\n"
    )
    assert "form.xlsx has 1 error, 1 warning." in said
    assert max(map(len, said.splitlines()[:-1])) <= 80


def test_a_questionnaire_that_does_not_compile_says_what_is_still_unchecked(check):
    """So that nobody thinks the list is whole."""
    _, said = check(MISTAKES.replace("| q | Q? |", "| q q | Q? |"))
    assert "told once it compiles" in " ".join(said.split())


def test_a_questionnaire_without_fault_says_so_and_how_long_it_takes(check):
    """One line, and the three ways through."""
    code, said = check(MISTAKES.replace("==", "=").replace("'si'", "'no'"))
    assert code == 0
    assert "ERRORS" not in said
    assert "WARNINGS" not in said
    table = [line.replace("│", " ").split() for line in said.splitlines()]
    assert ["Shortest", "1", "4", "1"] in table
    assert ["Longest", "2", "5", "1"] in table
    assert said.rstrip().endswith("form.xlsx is without fault.")


def test_problems_are_in_the_order_of_the_sheets():
    """The whole workbook first, then by sheet, row and column."""
    cells = ["choices!A2", "survey!AA2", "survey!B2", "survey!A10", "", "settings!A2", "towns.csv"]
    lines = problem_lines([Problem("name", cell, "What.", "Do.") for cell in cells], 80)
    heads = [line.plain.removesuffix("  name") for line in lines if line.plain.endswith("  name")]
    assert heads == [
        *("the whole workbook", "settings!A2", "survey!B2", "survey!AA2", "survey!A10", "choices!A2", "towns.csv"),
    ]


def test_of_a_file_that_is_no_workbook_nothing_is_said_of_cells(tmp_path, capsys):
    """It may be the list beside the workbook."""
    (tmp_path / "towns.csv").write_text("name,label\nmi,Milano\n")
    assert main(["check", str(tmp_path / "towns.csv")]) == 1
    captured = capsys.readouterr()
    said = " ".join((captured.out + captured.err).split())
    assert "This is a CSV file and no XLSX workbook." in said
    assert "cell" not in said

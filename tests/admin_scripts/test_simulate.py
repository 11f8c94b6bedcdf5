"""`colloquio simulate` tells a coordinator what respondents would meet, before there are any."""

import pytest

from admin_scripts.__main__ import main
from tests.admin_scripts.field_work import EXAMPLES
from tests.sheets import workbook

PO = str(EXAMPLES / "zone_omogenee_po.xlsx")


@pytest.fixture
def wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")


def made(tmp_path, table):
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(table))
    return str(path)


@pytest.mark.usefixtures("wide")
def test_the_report_is_the_same_for_the_same_seed(capsys):
    """Byte for byte."""
    assert main(["simulate", PO, "--n", "25", "--seed", "7"]) == 0
    first = capsys.readouterr().out
    assert main(["simulate", PO, "--n", "25", "--seed", "7"]) == 0
    assert capsys.readouterr().out == first
    assert "37 of 37" in first
    assert "Nobody got stuck." in first


@pytest.mark.usefixtures("wide")
def test_a_dead_end_is_shown_and_ends_with_1(tmp_path, capsys):
    """With the question, the constraint, and what to do."""
    form = made(
        tmp_path,
        """
        | survey |
        | | type    | name | label | constraint       | required |
        | | integer | none | N?    | . > 10 and . < 5 | yes      |
        """,
    )
    assert main(["simulate", form, "--n", "3"]) == 1
    shown = capsys.readouterr()
    assert "Dead ends" in shown.out
    assert ". > 10 and . < 5" in shown.out
    assert "has dead ends" in shown.err


def test_a_questionnaire_with_errors_is_not_walked(tmp_path, capsys):
    """The errors are shown as `check` shows them."""
    form = made(tmp_path, "| survey |\n| | type | name | label |\n| | integr | n | N? |")
    assert main(["simulate", form]) == 1
    assert "nobody can walk it" in capsys.readouterr().err

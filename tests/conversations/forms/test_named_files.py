"""Files that are missing or faulty are told also when nothing compiles."""

import pytest

from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook

FORM = """
| survey |
| | type | name | label | media::image | calculation | relevant |
| | select_one_from_file towns.csv | town | Where? | mappa.png | | |
| | csv-external | stock | | | | |
| | calculate | price | | | pulldata('prices', 'price', 'code', 'a') | |
| | select_one l | q | Q? | ${town}.png | | |
| MISTAKE |
| choices |
| | list_name | name | label | image |
| | l | a | A | a.png |
"""


@pytest.mark.parametrize("mistake", ["texxt | t | T? | | |", "text | t | ${no}? | | |", "select_one m | t | T? | | |"])
def test_missing_files_are_told_though_nothing_compiles(mistake):
    """Lists, pictures of questions and of choices, and what pulldata() reads; names that answers decide are not."""
    compiled = read_xlsform(workbook(FORM.replace("| MISTAKE |", f"| | {mistake} |")))
    assert compiled.xform is None
    found = check_form(compiled)
    missing = {problem.what.split("'")[1]: problem.cell for problem in found if problem.code == "missing-file"}
    assert [*missing] == ["towns.csv", "stock.csv", "prices.csv", "mappa.png", "a.png"]
    assert (missing["towns.csv"], missing["mappa.png"], missing["a.png"]) == ("survey!A2", "survey!D2", "choices!D2")
    assert any(problem.severity == "error" and problem.code != "missing-file" for problem in found)


def test_a_faulty_file_is_told_though_nothing_compiles():
    """With its row."""
    compiled = read_xlsform(workbook(FORM.replace("| MISTAKE |", "| | texxt | t | T? | | |")))
    found = check_form(compiled, {"towns.csv": b"name,label\nmi,Milan\xe0\n"})
    assert ("data-file", "towns.csv!2") in {(problem.code, problem.cell) for problem in found}

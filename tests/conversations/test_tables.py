"""Tables, asked row by row: each row under the heading of the table."""

from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Style
from tests.scenario import Scenario
from tests.sheets import form, workbook

LISTS = """
| choices |
| | list_name | name | label |
| | l | x | X |
| | l | y | Y |
"""


def asked(rows, language="en"):
    return Scenario(form(f"| survey |\n| | type | name | label | appearance |\n{rows}{LISTS}"), language=language)


TABLE = """| | text | first | First? | |
| | begin_group | t | How good? | table-list |
| | select_one l | a | Bread | |
| | select_one l | b | Milk | |
| | end_group | | | |"""

HEADLINE = """| | begin_group | g | Shops | field-list |
| | select_one l | h | How near? | label |
| | select_one l | a | Baker | list-nolabel |
| | select_one l | b | Butcher | list-nolabel |
| | select_one l | i | How dear? | label |
| | select_one l | c | Baker | list-nolabel |
| | end_group | | | |"""


def test_each_row_of_a_table_has_its_heading():
    """And says which of how many it is."""
    walk = asked(TABLE).takes_part().types("x").asks("a").says("How good?").says("1 of 2")
    assert walk.text.count("How good?") == 1
    walk.presses("X").asks("b").says("How good?").says("2 of 2")
    bars = [block.text for block in walk.prompt.blocks if block.style is Style.PROGRESS]
    assert bars == ["Question 3"], "only the way through the survey is a bar"


def test_the_rows_below_a_headline_have_its_label():
    """Each those of its own table; the headline itself is not asked."""
    walk = asked(HEADLINE).takes_part().asks("a").says("Shops").says("How near?").says("1 of 2")
    walk.presses("X").asks("b").says("How near?").says("2 of 2").presses("Y").asks("c").says("How dear?").says("1 of 1")


def test_a_choice_called_label_with_no_row_below_it_is_asked():
    """Or nobody would ever learn why it stays blank."""
    walk = asked("| | select_one l | lone | Alone? | label |\n| | text | t | T? | |").takes_part().asks("lone")
    walk.presses("X").asks("t")
    assert walk.kept() == {"lone": "x"}


def told(rows):
    sheet = workbook(f"| survey |\n| | type | name | label | appearance |\n{rows}{LISTS}")
    return [problem.cell for problem in check_form(read_xlsform(sheet)) if problem.code == "appearance"]


def test_the_author_is_told_of_such_a_choice():
    """And not of a headline."""
    assert told("| | select_one l | lone | Alone? | label |\n| | text | t | T? | |") == ["survey!D2"]
    assert told(HEADLINE) == told(TABLE) == []

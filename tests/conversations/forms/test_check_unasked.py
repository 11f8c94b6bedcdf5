"""Rules for what nobody is asked, and ranks that nobody can put in order, are told to the author."""

from conversations.forms.lint import check_form
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook

CODES = ("required-unasked", "constraint-unasked", "long-rank")


def told(table):
    problems = check_form(read_xlsform(workbook(table)))
    return sorted((one.code, one.cell, one.severity) for one in problems if one.code in CODES)


def test_a_rule_for_what_nobody_can_answer_is_told():
    """Notes, what is read only (by its group, too) and calculations; a question that is asked may have both."""
    assert told(
        """
        | survey |
        | | type | name | label | required | constraint | readonly | calculation |
        | | integer | a | A? | yes | . > 1 | | |
        | | note | n | Read. | yes | | | |
        | | text | r | For you. | yes | . != 'x' | yes | ${a} |
        | | calculate | c | | yes | | | ${a} |
        """
    ) == [
        ("constraint-unasked", "survey!E4", "warning"),
        ("required-unasked", "survey!D3", "warning"),
        ("required-unasked", "survey!D4", "warning"),
        ("required-unasked", "survey!D5", "warning"),
    ]


def test_a_rank_of_more_than_twenty_is_told():
    """Twenty can be put in order."""
    table = "| survey |\n| | type | name | label |\n| | rank l | r | Order? |\n"
    table += "| choices |\n| | list_name | name | label |\n"
    rows = [f"| | l | n{number} | Label {number} |\n" for number in range(21)]
    assert told(table + "".join(rows)) == [("long-rank", "survey!A2", "warning")]
    assert told(table + "".join(rows[:20])) == []

"""What nobody is asked holds nobody up: a response goes out, or something can be done about it."""

import pytest

from conversations.protocol import Status
from tests.scenario import Scenario
from tests.sheets import form

HEAD = """
| survey |
| | type | name | label | required | readonly | calculation | constraint | constraint_message |
| | text | b | B? | | | | | |
"""


@pytest.mark.parametrize(
    "row",
    [
        "| | note | n | Read this. | yes | | | | |",
        "| | text | n | For you. | yes | yes | | | |",
        "| | text | n | For you. | yes | yes | ${b} | | |",
        "| | calculate | n | | yes | | ${b} | | |",
        "| | integer | n | For you. | | yes | 3 | . > 5 | Too few. |",
        "| | note | n | Read this. | | | 'x' | . = 'y' | No. |",
    ],
)
def test_what_cannot_be_answered_does_not_keep_a_response_from_going_out(row):
    """Notes, what is read only and calculations: blank though required, or wrong with no question to put it right."""
    walk = Scenario(form(HEAD + row), language="en").takes_part().presses("Skip")
    if walk.session.status is Status.REVIEWING:
        walk.presses("Submit my answers")
    assert walk.session.status is Status.SUBMITTED


@pytest.mark.parametrize("kind", ["calculate", "integer"])
def test_a_broken_rule_of_what_is_calculated_leads_to_the_question_it_follows_from(kind):
    """With the author's words, through calculations of calculations; then it can be put right."""
    shares = form(
        f"""
        | survey |
        | | type | name | label | calculation | readonly | constraint | constraint_message |
        | | text | a | A? | | | | |
        | | integer | b | B? | | | | |
        | | calculate | twice | | ${{b}} * 2 | | | |
        | | {kind} | sum | Sum | ${{twice}} + 1 | yes | . < 10 | Less than ten, please. |
        """
    )
    walk = Scenario(shares, language="en").takes_part().types("x").types("7").asks("~review")
    walk.presses("Submit my answers").asks("b")
    assert walk.notices() == ["Less than ten, please."]
    walk.types("3").asks("~review").presses("Submit my answers")
    assert walk.submitted()["/data/sum"] == "7"


def test_in_rows_it_leads_to_the_question_of_the_same_row():
    """Not to the first one of that name."""
    rows = form(
        """
        | survey |
        | | type | name | label | repeat_count | readonly | calculation | constraint |
        | | begin repeat | r | Row | 2 | | | |
        | | integer | b | B? | | | | |
        | | integer | c | C | | yes | ${b} | . < 5 |
        | | end repeat | | | | | | |
        """
    )
    walk = Scenario(rows, language="en").takes_part().types("1").types("7").asks("~review")
    walk.presses("Submit my answers").asks("b").says("this question needs another look")
    assert walk.prompt.place == "/data/r[2]/b"

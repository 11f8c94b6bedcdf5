"""What is told back to the person who gave it: everything in words, and of a secret nothing, wherever it went."""

import pytest

from conversations.told_back import told_draft, told_response
from tests.scenario import NOON, TERMS, Scenario
from tests.sheets import form

SECRETS = form("""
| survey |
|        | type          | name   | label            | appearance | calculation         | trigger   | relevant        |
|        | text          | secret | A secret?        | masked     |                     |           |                 |
|        | calculate     | twice  |                  |            | concat(${secret},2) |           |                 |
|        | calculate     | far    |                  |            | string(${twice})    |           |                 |
|        | calculate     | copy   |                  |            | ${secret}           | ${secret} |                 |
|        | calculate     | all    |                  |            | join('', /data/*)   |           |                 |
|        | calculate     | other  |                  |            | 1 + 1               |           |                 |
|        | text          | why    | ${secret} ${far} |            |                     |           | ${secret} != '' |
|        | select_one of | which  | Which?           |            |                     |           |                 |
| choices |
|         | list_name | name | label        |
|         | of        | a    | As ${secret} |
|         | of        | b    | Another      |
| settings |
|          | form_title | form_id |
|          | Secrets    | data    |
""")
HIDDEN = "stored, but not shown here"


def told(*, is_handed_in):
    """By the name of the question: the question, the answer, the value."""
    walk = Scenario(SECRETS, language="en").takes_part().types("geheim").types("because").types("1")
    if is_handed_in:
        given = list(walk.presses("Submit my answers").submitted().items())
        found = told_response(SECRETS, TERMS, walk.session, given, now=NOON)
    else:
        found = told_draft(SECRETS, TERMS, walk.session, list(walk.kept().items()), now=NOON)
    return {one.ref.rpartition("/")[2]: (one.question, one.answer, one.value) for one in found}


@pytest.mark.parametrize("is_handed_in", [False, True])
def test_a_secret_is_told_nowhere(is_handed_in):
    """Not in what follows from it by a calculation, however far, or by a trigger; not where labels quote it."""
    found = told(is_handed_in=is_handed_in)
    assert "geheim" not in str(found)
    assert {name for name, (_, answer, _) in found.items() if answer == HIDDEN} == {
        "secret",
        "twice",
        "far",
        "copy",
        "all",
    }
    assert found["secret"] == ("A secret?", HIDDEN, "")


@pytest.mark.parametrize("is_handed_in", [False, True])
def test_what_only_stands_beside_a_secret_is_told(is_handed_in):
    """A question that quotes it is told without it, also where it is asked only because of it."""
    found = told(is_handed_in=is_handed_in)
    assert found["why"] == ("(not shown) (not shown)", "because", "because")
    assert found["which"] == ("Which?", " As (not shown) ", "a")
    assert found["other"] == ("", "2", "2")


def test_an_answer_to_a_question_that_only_an_older_version_had_is_named():
    """Nobody knows any more whether it was a secret; what has gone over to a new place is told there."""
    walk = Scenario(SECRETS, language="en").takes_part()
    found = told_draft(SECRETS, TERMS, walk.session, [("/data/old", "geheim"), ("/data/which", "b")], now=NOON)
    assert [(one.ref, one.answer) for one in found[:2]] == [("/data/old", HIDDEN), ("/data/which", "Another")]

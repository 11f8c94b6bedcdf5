"""Both kinds of repeat in a chat: rows one adds, rows that are counted."""

import pytest

from conversations.protocol import Kind
from tests.scenario import Scenario
from tests.sheets import form

OPEN = form(
    """
    | survey |
    | | type | name | label | required |
    | | begin_repeat | child | Child | |
    | | text | called | Name? | yes |
    | | integer | age | Age? | |
    | | end_repeat | | | |
    | | text | more | Anything else? | |
    """
)
WITH_DEFAULT = form(
    """
    | survey |
    | | type | name | label | default |
    | | begin_repeat | child | Child | |
    | | text | called | Name? | |
    | | integer | age | Age? | 5 |
    | | end_repeat | | | |
    """
)
COUNTED = form(
    """
    | survey |
    | | type | name | label | required | repeat_count |
    | | integer | n | How many? | yes | |
    | | begin_repeat | child | Child | | ${n} |
    | | text | called | Name? | yes | |
    | | end_repeat | | | | |
    """
)


@pytest.fixture
def two():
    walk = Scenario(OPEN, language="en").takes_part().types("Ada").types("3").asks("child+").presses("Yes, add")
    return walk.types("Eva").types("4").asks("child+")


def test_rows_are_added_until_one_says_no(two):
    """And each row says its number."""
    two.presses("No, go on").asks("more").presses("Skip").asks("~review").presses("Submit my answers")
    assert two.submitted() == {
        "/data/child[1]/called": "Ada",
        "/data/child[1]/age": "3",
        "/data/child[2]/called": "Eva",
        "/data/child[2]/age": "4",
        "/data/more": "",
    }


def test_the_title_says_which_row_it_is():
    """Child 2, not only Child."""
    walk = Scenario(OPEN, language="en").takes_part().says("Child 1").types("Ada").types("3").presses("Yes, add")
    walk.says("Child 2")


def test_yes_and_no_can_be_typed(two):
    """As everywhere."""
    two.types("yes").asks("called").says("Child 3").types("Ugo").types("1").types("no").asks("more")


def test_a_double_tap_adds_one_row(two):
    """The second tap belongs to a prompt that is gone."""
    old = two.said[-1]
    two.presses("Yes, add").asks("called").presses_at(old, "Yes, add").asks("called").says("Child 3")
    assert len([q for q in two.chat() if "Name" in q[0]]) == 2


def test_the_last_row_can_be_removed(two):
    """By mistake added, not for ever."""
    two.presses("Remove the last one (number 2)").asks("child+").presses("No, go on").presses("Skip")
    assert "/data/child[2]/called" not in two.presses("Submit my answers").submitted()


def test_back_from_a_row_that_was_just_added_takes_it_away(two):
    """Else whoever pressed by mistake would have to make a row up."""
    two.presses("Yes, add").asks("called").presses("Back").asks("child+").says("Add another")
    assert two.actions()[2] == "Remove the last one (number 2)"
    two.presses("No, go on").presses("Skip").asks("~review")


def test_back_from_a_row_with_an_answer_keeps_it(two):
    """Also when it is left twice."""
    two.presses("Yes, add").types("Ugo").asks("age").presses("Back").asks("called").presses("Back").asks("age")
    assert two.prompt.place == "/data/child[2]/age"
    two.presses("Keep this answer").asks("age")
    assert two.prompt.place == "/data/child[3]/age"


def test_back_from_the_first_row_goes_to_the_question_before():
    """Nobody has asked for that row."""
    walk = Scenario(COUNTED, language="en").takes_part().types("2").asks("called").presses("Back").asks("n")
    walk.presses("Keep this answer").types("Ada").asks("called").presses("Back")
    assert walk.prompt.place == "/data/child[1]/called"


def test_a_row_added_after_a_removal_begins_empty(two):
    """What was remembered of the removed row goes with it."""
    two.presses("Remove the last one (number 2)").presses("Yes, add").asks("called")
    assert two.prompt.value == ""


def test_a_default_is_asked_again_in_a_row_that_takes_the_place_of_a_removed_one():
    """That somebody stood by it in the removed row says nothing of this one."""
    walk = Scenario(WITH_DEFAULT, language="en").takes_part().types("Ada").asks("age").presses("Keep this answer")
    walk.presses("Remove the last one", "Yes, add").types("Eva").asks("age")


def test_rows_can_be_added_from_the_review(two):
    """The repeat is a line of its own in the summary."""
    two.presses("No, go on").presses("Skip").asks("~review")
    [number] = [e.button.label for e in two.prompt.entries if e.answer == "2 entered"]
    two.presses(number).asks("child+").presses("Yes, add").asks("called").types("Ugo").types("1").asks("child+")


def test_a_counted_repeat_asks_that_many_rows():
    """No question whether to add one."""
    walk = (
        Scenario(COUNTED, language="en")
        .takes_part()
        .types("2")
        .says("Child 1")
        .types("Ada")
        .says("Child 2")
        .types("Eva")
    )
    walk.asks("~review").presses("Submit my answers")
    assert walk.submitted()["/data/child[2]/called"] == "Eva"


def test_a_smaller_count_leaves_rows_out_and_a_larger_one_brings_them_back():
    """Kept aside."""
    walk = Scenario(COUNTED, language="en").takes_part().types("2").types("Ada").types("Eva").asks("~review")
    walk.presses("1").types("1").asks("~review")
    assert len(walk.prompt.entries) == 2
    walk.presses("1").types("2").asks("~review")
    assert walk.prompt.kind is Kind.REVIEW
    assert [e.answer for e in walk.prompt.entries] == ["2", "Ada", "Eva"]


def test_zero_rows_of_an_open_repeat_can_be_reached():
    """Remove the only one and go on."""
    walk = Scenario(OPEN, language="en").takes_part().types("Ada").types("3").presses("Remove the last one (number 1)")
    walk.asks("child+").says("Child").presses("No, go on").asks("more")


NESTED = form(
    """
    | survey |
    | | type | name | label |
    | | begin_repeat | member | Member |
    | | text | called | Name? |
    | | begin_repeat | pet | Pet |
    | | text | animal | Which animal? |
    | | end_repeat | | |
    | | end_repeat | | |
    """
)


def test_a_row_in_a_row_says_of_which():
    """In the title, in the question whether there is another one, and in the summary."""
    walk = Scenario(NESTED, language="en").takes_part().types("Ada").says("Pet 1 – Member 1").types("Cat")
    walk.asks("pet+").says("Add another “Pet – Member 1”?").presses("No, go on").asks("member+").presses("Yes, add")
    walk.types("Eva").says("Add “Pet – Member 2”?").presses("Yes, add").says("Pet 1 – Member 2").types("Dog").presses(
        "No, go on"
    ).presses("No, go on").asks("~review")
    said = [entry.question for entry in walk.prompt.entries]
    assert {"Pet 1 – Member 2: Which animal?", "Pet – Member 1", "Member"} <= {*said}

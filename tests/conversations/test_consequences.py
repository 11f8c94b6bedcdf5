"""What the change of an earlier answer makes necessary is asked at once, with the reason; then the walk goes on."""

import pytest

from conversations.protocol import Manner, Status
from tests.scenario import Scenario
from tests.sheets import form

TEAM = form(
    """
    | survey |
    | | type | name | label | appearance | relevant | choice_filter |
    | | text | team | Team? | | | |
    | | text | why | Why none? | | ${team} = 'none' | |
    | | text | since | Since when? | | ${team} = 'none' | |
    | | text | head | Who leads it? | | ${team} != 'none' | |
    | | select_multiple tea | teas | Teas? | | | |
    | | select_one tea | one | The best? | | | selected(${teas}, name) |
    | | text | story | What happened? | multiline | | |
    | | text | more | More? | | | |
    | | text | late | Later? | | ${team} = 'new' | |
    | choices |
    | | list_name | name | label |
    | | tea | black | Black |
    | | tea | green | Green |
    | | tea | white | White |
    """
)
TWO_MORE = "Because of your change, 2 more questions are asked."
AGAIN = "Because of your change, 1 answer is no longer among the choices: its question is asked again."
ASIDE = "1 answer does not count any more. It is kept aside, in case you change this again."


@pytest.fixture
def begun():
    return Scenario(TEAM, language="en").takes_part().types("ours", "m1").types("Ada", "m2").asks("teas")


@pytest.fixture
def reviewed(begun):
    begun.presses("Black", "Green", "Done", "Green").types("It rained.", "m3").presses("Done")
    return begun.types("nothing", "m4").asks("~review")


def test_what_an_edit_made_necessary_is_asked_at_once_and_then_it_goes_on(begun):
    """With the reason, in the same message that says what was corrected."""
    begun.edits("m1", "none").asks("why").says("Your answer to “Team?” is now: none").says(TWO_MORE)
    assert begun.turn.manner is Manner.ASK
    begun.types("left").asks("since").types("May").asks("teas")
    assert begun.notices() == []
    assert begun.kept() == {"team": "none", "head": "Ada", "why": "left", "since": "May"}


def test_answers_that_a_change_put_aside_are_mentioned_and_come_back(begun):
    """Nobody has to wonder where an answer went, nor to give it twice."""
    begun.edits("m1", "none").says(ASIDE).answers(why="left", since="May").asks("teas")
    begun.edits("m1", "ours").asks("teas").says("2 answers do not count any more.")
    assert ("Who leads it?", "Ada") in begun.chat()


def test_what_was_ticked_is_there_when_the_walk_comes_back(begun):
    """Ticks that were not sent yet are no answer, and no waste."""
    begun.presses("Black", "White").edits("m1", "none").answers(why="left", since="May").asks("teas")
    assert [button.name for button in begun.prompt.choices if button.chosen] == ["black", "white"]
    assert begun.presses("Done").asks("one").kept()["teas"] == "black white"


def test_a_text_that_is_being_written_is_there_when_the_walk_comes_back(begun):
    """Message by message, as it was."""
    begun.presses("Black", "Done", "Black").types("First.").edits("m1", "none").asks("why")
    begun.answers(why="left", since="May").asks("story").says("First.").types("Then.").presses("Done")
    assert begun.kept()["story"] == "First.\nThen."


def test_a_changed_answer_leads_back_to_where_it_was_changed_from(begun):
    """By a button of long ago as well, also where nobody stood at the first open question."""
    begun.presses("Black", "Done", "Black").commands("back").asks("one")
    begun.presses_at(begun.said[3], "White").presses("Change that answer").asks("teas")
    begun.presses("Green", "Done").asks("one")


def test_ticks_that_a_change_left_without_a_choice_are_gone():
    """What stands at the place that was left is put together with what is offered there now."""
    sheet = """
        | survey |
        | | type | name | label | relevant | choice_filter |
        | | text | kind | Kind? | | |
        | | text | why | Why? | ${kind} = 'mild' | |
        | | select_multiple tea | teas | Teas? | | kind = ${kind} or kind = 'any' |
        | choices |
        | | list_name | name | label | kind |
        | | tea | black | Black | strong |
        | | tea | green | Green | mild |
        | | tea | mint | Mint | any |
        """
    walk = Scenario(form(sheet), language="en").takes_part().types("strong", "m1").presses("Black", "Mint")
    walk.edits("m1", "mild").asks("why").types("so").asks("teas").offers("Green", "Mint")
    assert walk.session.draft == ("mint",)


def test_an_edit_while_something_else_is_changed_comes_back_to_the_first_place(begun):
    """However many changes were begun on the way."""
    begun.presses("Black", "Done").asks("one").presses_at(begun.said[3], "White").presses("Change that answer")
    begun.asks("teas").edits("m1", "none").asks("why").answers(why="left", since="May").asks("one")


def test_an_edit_that_makes_the_question_irrelevant_asks_the_next_one():
    """Nobody is left at a question that is not asked any more."""
    sheet = """
        | survey |
        | | type | name | label | relevant |
        | | text | team | Team? | |
        | | text | head | Head? | ${team} != 'none' |
        | | text | more | More? | |
        """
    walk = Scenario(form(sheet), language="en").takes_part().types("ours", "m1").asks("head")
    walk.edits("m1", "none").asks("more").says("Your answer to “Team?” is now")
    assert len(walk.notices()) == 1


def test_what_a_change_opens_further_on_is_asked_in_its_turn(begun):
    """It is not asked out of its order, and needs no reason."""
    begun.edits("m1", "new").asks("teas")
    assert begun.notices() == ["Your answer to “Team?” is now: new"]


def test_from_the_summary_the_reason_is_said_too(reviewed):
    """And the summary comes back."""
    reviewed.presses("1").asks("team").types("none").asks("why").says(TWO_MORE).says(ASIDE)
    reviewed.answers(why="left", since="May").asks("~review")
    assert reviewed.session.status is Status.REVIEWING


def test_a_choice_that_is_gone_is_asked_again_with_the_reason(reviewed):
    """The answer before cannot stay; that it is asked again has a cause."""
    reviewed.presses("3").asks("teas").presses("Green", "White", "Done").asks("one").says(AGAIN)


def test_what_is_asked_again_and_what_is_new_are_told_apart():
    """Nobody is told of one more question who is asked for the second time."""
    sheet = """
        | survey |
        | | type | name | label | relevant | choice_filter |
        | | text | kind | Kind? | | |
        | | text | why | Why? | ${kind} = 'mild' | |
        | | select_one tea | tea | Which? | | kind = ${kind} |
        | | text | more | More? | | |
        | choices |
        | | list_name | name | label | kind |
        | | tea | black | Black | strong |
        | | tea | green | Green | mild |
        """
    walk = Scenario(form(sheet), language="en").takes_part().types("strong", "m1").presses("Black")
    walk.edits("m1", "mild").asks("why").says(f"{AGAIN} Because of your change, 1 more question is asked.")


def test_a_first_answer_is_no_change(begun):
    """What follows from it is what is asked next anyway."""
    begun.presses("Black", "Done").asks("one")
    assert begun.notices() == []


def test_after_a_stop_the_walk_goes_on_with_what_was_left(begun):
    """What was being changed keeps its answer."""
    begun.presses("Black", "Done").asks("one").presses_at(begun.said[3], "White").presses("Change that answer")
    begun.commands("stop").presses("Go on").asks("one")

"""Somebody takes the answers back: asked first, then they are gone, and the door stays open."""

from dataclasses import replace

import pytest

from conversations.protocol import Kind, Pressed, Status, Withdrawn
from tests.conversations.test_commands import STATES
from tests.conversations.test_going_back import TEA
from tests.scenario import Scenario
from tests.sheets import form

MANY = form("""
| survey  |
|         | type                 | name | label        |
|         | text                 | name | Your name?   |
|         | select_multiple with | with | What with?   |
| choices |
|         | list_name | name | label |
|         | with      | milk | Milk  |
|         | with      | ice  | Ice   |
""")
ERASE, KEEP = "Erase my answers", "Keep my answers"
WITH_ANSWERS = ("answering", "reviewing", "submitted", "stopped")


@pytest.mark.parametrize("state", WITH_ANSWERS)
def test_the_command_asks_and_changes_nothing(state):
    """It is a question by itself, with two ways out."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.commands("withdraw")
    assert "Do you want to withdraw from the survey “Indagine”?" in walk.text
    assert [button.label for button in walk.prompt.actions] == [ERASE, KEEP]
    assert ("already been published" in walk.text) is (state == "submitted")
    assert (walk.session.status, walk.session.filled) == (before.status, before.filled)


def is_as_before(walk, before):
    """Status, place, draft and answers; only the revision has gone on."""
    return replace(walk.session, revision=0) == replace(before, revision=0)


@pytest.mark.parametrize("state", WITH_ANSWERS)
@pytest.mark.parametrize("words", [KEEP, "keep my answers", "no"])
def test_to_keep_them_goes_on_where_one_was(state, words):
    """By the button, or typed."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.commands("withdraw")
    walk.presses(words) if words == KEEP else walk.types(words)
    assert walk.turn.toast == "Your answers stay as they are."
    assert is_as_before(walk, before)


@pytest.mark.parametrize("state", WITH_ANSWERS)
@pytest.mark.parametrize("command", ["start", "back"])
def test_two_commands_lead_back_as_well(state, command):
    """To what was asked, or said, before; a stopped questionnaire goes on at the start, as always."""
    walk = STATES[state](Scenario(TEA, language="en"))
    alone = STATES[state](Scenario(TEA, language="en"))
    if command == "start":
        alone.commands("start")
    walk.commands("withdraw").commands(command)
    assert (walk.session.status, walk.session.place) == (alone.session.status, alone.session.place)


@pytest.mark.parametrize("state", WITH_ANSWERS)
def test_commands_that_only_tell_leave_the_question_standing(state):
    """Below what they tell."""
    walk = STATES[state](Scenario(TEA, language="en")).commands("withdraw").commands("privacy").commands("help")
    assert [button.label for button in walk.prompt.actions] == [ERASE, KEEP]
    assert walk.session.place == "~withdrawal"


@pytest.mark.parametrize("state", WITH_ANSWERS)
@pytest.mark.parametrize("words", ["yes", "1", "Green", "I do not know", "Erase my answers?", "Keep my answers ?"])
def test_other_words_erase_nothing_and_answer_nothing(state, words):
    """Not even a yes, for what cannot be undone; a sentence says which words do."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.commands("withdraw").types(words)
    assert f"Nothing has been erased. Press one of the two buttons, or write “{ERASE}” or “{KEEP}”." in walk.text
    assert (walk.session.status, walk.session.filled) == (before.status, before.filled)
    assert [button.label for button in walk.prompt.actions] == [ERASE, KEEP]


def test_nothing_stands_beside_the_two_buttons():
    """Neither after a correction that cannot be taken, nor after an old button of a question."""
    walk = Scenario(TEA, language="en").takes_part()
    old = walk.said[-1]
    walk.types("no", message="7").commands("withdraw").edits("7", "perhaps").says("Your answer stays: No")
    assert walk.actions() == [ERASE, KEEP]
    walk.presses_at(old, "Yes").says("Nothing has been erased.")
    assert walk.actions() == [ERASE, KEEP]


def test_who_has_withdrawn_is_not_pushed_to_come_back():
    """An edit changes nothing, words and pictures are told how one could answer after all."""
    walk = Scenario(TEA, language="en").takes_part().types("no", message="7").commands("withdraw").presses(ERASE)
    walk.edits("7", "yes").says("There are no answers of yours in this survey.")
    walk.types("May I?").says("To answer after all, press “I have changed my mind”.")
    walk.sends("photo").says("I cannot read a picture here. Please press a button.")
    assert walk.session.status is Status.DECLINED


def test_what_was_ticked_is_ticked_still():
    """And a correction of an earlier message leaves the question standing."""
    walk = Scenario(MANY, language="en").takes_part().types("a", message="7").presses("Milk")
    before = walk.session
    walk.commands("withdraw").edits("7", "b")
    assert walk.session.place == "~withdrawal"
    walk.presses(KEEP)
    assert walk.session.draft == before.draft != ()
    assert walk.session.place == before.place


def test_an_old_button_asks_again():
    """What was asked before more answers were given is not what is erased."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes").commands("withdraw")
    code = walk.prompt.actions[0].code
    walk.presses(KEEP).hears(Pressed(code))
    assert walk.session.status is Status.ANSWERING
    assert [button.label for button in walk.prompt.actions] == [ERASE, KEEP]


@pytest.mark.parametrize("state", WITH_ANSWERS)
@pytest.mark.parametrize("is_typed", [False, True])
def test_to_erase_them_leaves_nothing_of_them(state, is_typed):
    """A refusal stays, as of somebody who had never begun."""
    walk = STATES[state](Scenario(TEA, language="en"))
    never_begun = Scenario(TEA, language="en").presses("No, thank you").session
    walk.commands("withdraw")
    walk.types("erase my answers") if is_typed else walk.presses(ERASE)
    assert Withdrawn() in walk.turn.changes
    assert "Your answers have been erased." in walk.text
    assert walk.prompt.kind is Kind.DECLINED
    assert (walk.session.status, walk.session.receipt, walk.session.seen) == (Status.DECLINED, "", ())
    assert walk.session.filled == never_begun.filled


def test_who_changes_mind_begins_anew():
    """From the welcome, with no answer in place."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes").commands("withdraw").presses(ERASE)
    walk.presses("I have changed my mind").takes_part()
    assert walk.session.progress[0] == 0
    assert walk.session.status is Status.ANSWERING


@pytest.mark.parametrize("state", ["notified", "declined"])
def test_without_answers_there_is_nothing_to_ask(state):
    """What is asked is asked again."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.commands("withdraw")
    assert "there is nothing to erase" in walk.text
    assert ERASE not in [button.label for button in walk.prompt.actions]
    assert walk.session == before


@pytest.mark.parametrize("label", [ERASE, KEEP])
def test_a_second_tap_does_nothing_more(label):
    """Nor does the other button, once all is erased."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes").commands("withdraw")
    code = walk.said[-1].button(label).code
    walk.presses(ERASE)
    after = walk.session
    walk.hears(Pressed(code))
    assert walk.turn.toast == "This has already been done."
    assert walk.session == after

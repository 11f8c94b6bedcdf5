"""Somebody takes the answers back: asked first, then they are gone, and the door stays open."""

import pytest

from conversations.protocol import Kind, Pressed, Status, Withdrawn
from tests.conversations.test_commands import STATES
from tests.conversations.test_going_back import TEA
from tests.scenario import Scenario

ERASE, KEEP = "Erase my answers", "Keep my answers"
WITH_ANSWERS = ("answering", "reviewing", "submitted", "stopped")


@pytest.mark.parametrize("state", WITH_ANSWERS)
def test_the_command_asks_and_changes_nothing(state):
    """Neither the answers nor where one is."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.commands("withdraw")
    assert "Do you want to withdraw from the survey “Indagine”?" in walk.text
    assert [button.label for button in walk.prompt.actions[:2]] == [ERASE, KEEP]
    assert ("already been published" in walk.text) is (state == "submitted")
    assert walk.session == before


@pytest.mark.parametrize("state", WITH_ANSWERS)
def test_to_keep_them_goes_on_where_one_was(state):
    """With words that say so."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.commands("withdraw").presses(KEEP)
    assert walk.turn.toast == "Your answers stay as they are."
    assert walk.session == before


@pytest.mark.parametrize("state", WITH_ANSWERS)
def test_to_erase_them_leaves_nothing_of_them(state):
    """A refusal stays, as of somebody who had never begun."""
    walk = STATES[state](Scenario(TEA, language="en"))
    never_begun = Scenario(TEA, language="en").presses("No, thank you").session
    walk.commands("withdraw").presses(ERASE)
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

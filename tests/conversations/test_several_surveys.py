"""Of several surveys of one person: the list, arriving from another one, and a button of another one."""

from dataclasses import replace

import pytest

from conversations.codes import Verb, make_code
from conversations.protocol import Beside, Command, Commanded, Manner, Pressed
from conversations.stops import SURVEYS
from conversations.turn import is_of
from tests.conversations.test_commands import STATES
from tests.conversations.test_going_back import TEA
from tests.scenario import Scenario

WORDS = {
    "notified": "not begun yet.",
    "declined": "you are not taking part.",
    "answering": "1 of about 5 questions answered.",
    "reviewing": "3 of about 3 questions answered.",
    "submitted": "your answers have been submitted.",
    "stopped": "stopped, 1 of about 5 questions answered.",
}


def beside(state: str, *, is_open: bool = True) -> Beside:
    return Beside("Coffee", STATES[state](Scenario(TEA, language="en")).session, is_open=is_open)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("here", STATES)
def test_the_list_tells_of_every_survey_in_every_state(state, here):
    """There is a way to each."""
    walk = STATES[here](Scenario(TEA, language="en"))
    before = walk.session
    walk.hears(Commanded(Command.SURVEYS, (beside(state),)))
    assert f"1. “Indagine”, where you are now: {WORDS[here]}" in walk.text
    assert f"2. “Coffee”: {WORDS[state]}" in walk.text
    ways = [button.label for button in walk.prompt.actions if button.label == "Go to “Coffee”"]
    assert len(ways) == 1
    assert walk.session == before


def test_a_survey_that_is_not_open_is_said_to_be():
    """What was submitted there is said all the same."""
    walk = Scenario(TEA, language="en")
    for state, words in (("answering", "not open now."), ("submitted", WORDS["submitted"])):
        walk.hears(Commanded(Command.SURVEYS, (beside(state, is_open=False),)))
        assert f"“Coffee”: {words}" in walk.text


@pytest.mark.parametrize("state", STATES)
def test_who_arrives_is_told_where(state):
    """And asked what was asked there before; nothing moves."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.hears(Pressed(make_code(walk.session.seed, SURVEYS, Verb.SWITCH)))
    assert WORDS[state] in walk.text.lower() or WORDS[state] in walk.text
    assert walk.turn.manner is Manner.ASK
    assert walk.session == before


@pytest.mark.parametrize("state", STATES)
def test_a_button_of_another_survey_is_told_whose_it_is(state):
    """It is found to be foreign here and at home there; here it answers nothing."""
    there = Scenario(TEA, language="en").takes_part()
    there.session = replace(there.session, seed=7)
    code = make_code(7, there.session.place, Verb.CHOOSE)
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.hears(Pressed(code))
    assert walk.turn.is_foreign
    assert is_of(there.form, there.terms, there.session, code, now=there.now)
    assert not is_of(walk.form, walk.terms, walk.session, code, now=walk.now)
    walk.hears(Pressed(code, beside("answering")))
    assert f"This button belongs to the survey “Coffee”: {WORDS['answering']}" in walk.text
    assert walk.session == before

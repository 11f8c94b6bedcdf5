"""The two buttons of a reminder, and how far a session says it is."""

from dataclasses import replace

import pytest

from conversations.codes import Verb, make_code, place_key
from conversations.letters import Occasion, write_letter
from conversations.protocol import Kind, Manner, Pressed, RemindersOff, Status
from conversations.session.record import from_record, to_record
from conversations.stops import REMINDER
from conversations.walk import Walk
from tests.conversations.test_commands import STATES
from tests.conversations.test_going_back import TEA
from tests.conversations.test_rows import OPEN
from tests.scenario import NOON, TERMS, Said, Scenario


def in_state(state):
    return STATES[state](Scenario(TEA, language="en"))


def reminder(walk):
    """A reminder as it stands in the chat."""
    letter = write_letter(TEA, TERMS, Occasion.HALF_WAY, language="en", name="", session=walk.session, now=NOON)
    return Said(letter.prompt)


def presses(walk, label):
    """Press a button of a reminder, perhaps an old one."""
    old = reminder(walk)
    return walk.presses_at(old, label)


@pytest.mark.parametrize("state", ["notified", "answering", "reviewing"])
def test_going_on_asks_again_what_is_asked_now(state):
    """The question had scrolled away; nothing is changed."""
    walk = in_state(state)
    before, asked = walk.session, walk.derived
    walk.presses_at(reminder(Scenario(TEA, language="en")), "See what it is about")
    assert (walk.session, walk.prompt, walk.turn.manner) == (before, asked, Manner.ASK)
    assert not walk.turn.changes


@pytest.mark.parametrize(("state", "kind"), [("declined", Kind.DECLINED), ("stopped", Kind.STOPPED)])
def test_a_press_on_an_old_reminder_takes_no_decision_back(state, kind):
    """Whoever stopped has to say so themselves, by the button that is shown then."""
    walk = in_state(state)
    status = walk.session.status
    presses(walk, "Go on with")
    assert (walk.prompt.kind, walk.session.status, walk.turn.manner) == (kind, status, Manner.ASK)
    assert not walk.notices()
    walk.presses(walk.actions()[0])
    assert walk.session.status is not status


def test_after_the_submission_a_reminder_says_that_it_is_finished():
    """And shows the receipt."""
    walk = presses(in_state("submitted"), "Go on with").says("You have already finished")
    assert walk.prompt.kind is Kind.RECEIPT
    assert not walk.turn.changes


@pytest.mark.parametrize("state", STATES)
def test_no_more_reminders_is_kept_and_confirmed_in_every_state(state):
    """Twice is as good as once, and no answer is touched."""
    walk = in_state(state)
    before = walk.session
    for _ in range(2):
        presses(walk, "No more reminders")
        assert walk.turn.changes == (RemindersOff(),)
        assert "no more" in walk.notices()[0]
        assert walk.session == before


def test_who_wants_no_more_reminders_can_still_answer():
    """It is said where it holds."""
    presses(in_state("answering"), "No more reminders").says("can still answer").asks("which").presses("Green").asks(
        "pot"
    )
    assert "can still answer" not in presses(in_state("stopped"), "No more reminders").text


@pytest.mark.parametrize("verb", [Verb.RESUME, Verb.QUIET])
def test_a_reminder_of_another_questionnaire_acts_on_none(verb):
    """The code names the session: another survey's reminders are not turned off by mistake."""
    walk = in_state("answering")
    walk.hears(Pressed(make_code(walk.session.seed + 1, REMINDER, verb))).says("from another questionnaire")
    assert not walk.turn.changes


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", Verb)
def test_a_forged_button_of_any_place_harms_nothing(state, verb):
    """Also one that no prompt has ever had; only its own place turns reminders off."""
    walk = in_state(state)
    for place in (walk.prompt.place, "/data/likes", "/data/more", REMINDER, "~nowhere"):
        walk.hears(Pressed(f"{place_key(walk.session.seed, place)}{verb}9"))
        turns_off = place == REMINDER and verb is Verb.QUIET
        assert (RemindersOff() in walk.turn.changes) is turns_off


@pytest.mark.parametrize("verb", Verb)
def test_a_forged_button_harms_no_repeat_either(verb):
    """What adds and removes rows belongs there, what answers does not."""
    walk = Scenario(OPEN, language="en").takes_part().types("Ada").types("3").asks("child+")
    kept = walk.kept()
    for argument in ("", "1", "2", "abcdefgh"):
        walk.hears(Pressed(f"{place_key(walk.session.seed, '/data/child+')}{verb}{argument}"))
    assert walk.kept() == kept


# ---------------------------------------------------------------- how far


def test_a_session_says_how_far_it_is_at_every_step():
    """Done and asked; what is asked follows the answers."""
    walk = Scenario(TEA, language="en")
    labels = ("Take part", "Yes", "Green", "Glass", "Skip", "Skip", "Submit my answers")
    assert [walk.session.progress, *(walk.presses(label).session.progress for label in labels)] == [
        (0, 3),
        (0, 3),
        (1, 5),
        (2, 5),
        (3, 5),
        (4, 5),
        (5, 5),
        (5, 5),
    ]


def test_going_back_takes_nothing_off_and_changing_an_answer_counts_anew():
    """An answer that leads elsewhere has fewer questions behind it."""
    walk = in_state("reviewing")
    assert walk.session.progress == (3, 3)
    assert walk.presses("Back").session.progress == (3, 3)
    assert walk.commands("back").commands("back").presses("Yes").session.progress == (3, 5)


def test_a_session_of_an_earlier_version_still_loads_and_learns_how_far_it_is():
    """With its next change, not before: a look changes nothing."""
    walk = in_state("answering")
    record = to_record(walk.session)
    del record["progress"]
    old = from_record(record)
    assert old == replace(walk.session, progress=(0, 0))
    walk.session = old
    assert walk.commands("help").session == old
    assert walk.presses("Green").session.progress == (2, 5)


def test_a_stop_and_a_refusal_keep_how_far_one_was():
    """For the statistics, and for coming back."""
    assert in_state("stopped").session.progress == (1, 5)
    assert in_state("declined").session.progress == (0, 3)
    assert in_state("submitted").session.progress == (3, 3)


def test_how_far_is_counted_once_a_turn(monkeypatch):
    """Counting walks through every question."""
    walk, counted = in_state("answering"), []
    count = Walk.progress
    monkeypatch.setattr(Walk, "progress", lambda walk: counted.append(walk) or count(walk))
    walk.presses("Green")
    assert len(counted) == 1
    assert walk.session.status is Status.ANSWERING

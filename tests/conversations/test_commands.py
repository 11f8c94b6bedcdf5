"""Commands work in every state, and none of them loses an answer."""

from dataclasses import replace

import pytest

from conversations.protocol import Command, Kind, Manner, Status
from tests.conversations.test_going_back import TEA
from tests.scenario import NOON, TERMS, Scenario
from tests.sheets import form

STATES = {
    "notified": lambda w: w,
    "declined": lambda w: w.presses("No, thank you"),
    "answering": lambda w: w.takes_part().presses("Yes"),
    "reviewing": lambda w: w.takes_part().presses("No").types("a").types("b"),
    "submitted": lambda w: w.takes_part().presses("No").types("a").types("b").presses("Submit my answers"),
    "stopped": lambda w: w.takes_part().presses("Yes").commands("stop"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", Command)
def test_every_command_answers_in_every_state(state, command):
    """With a message, and without touching an answer."""
    walk = STATES[state](Scenario(TEA, language="en"))
    filled = walk.session.filled
    walk.commands(command.value)
    assert walk.turn.manner is Manner.ASK
    assert walk.text
    assert walk.session.filled == filled


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["sticker", "voice", "contact", "photo", "dice"])
def test_what_cannot_be_read_gets_a_sentence_in_every_state(state, kind):
    """And changes nothing; after the end that is the receipt."""
    walk = STATES[state](Scenario(TEA, language="en"))
    before = walk.session
    walk.sends(kind)
    assert walk.notices() or walk.prompt.kind is Kind.RECEIPT
    assert walk.session == before


def test_stop_keeps_the_answers_and_start_goes_on_where_one_was():
    """Also after days."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes", "Green").commands("stop")
    assert walk.prompt.kind is Kind.STOPPED
    walk.commands("start").asks("pot").offers("Glass", "Clay")
    assert walk.session.status is Status.ANSWERING


def test_stop_before_the_beginning_is_a_refusal():
    """Nothing has been answered, so nothing is said to be saved; and it can be taken back."""
    walk = Scenario(TEA, language="en").commands("stop")
    assert walk.session.status is Status.DECLINED
    assert "saved" not in walk.text
    assert walk.commands("stop").session.status is Status.DECLINED
    assert walk.presses("I have changed my mind").prompt.kind is Kind.WELCOME


def test_who_goes_on_after_a_stop_is_where_it_was_said():
    """Also at a question that had been answered before, and was gone back to."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes", "Green").commands("back").asks("which")
    walk.commands("stop").presses("Go on with the questionnaire").asks("which")


def test_help_offers_only_what_is_of_use():
    """Nobody who has no answers is told that they can be erased; after the end nothing can be changed."""
    fresh = Scenario(TEA, language="en").commands("help").notices()[0]
    assert "/withdraw" not in fresh
    assert "stay saved" not in fresh
    done = STATES["submitted"](Scenario(TEA, language="en")).commands("help").notices()[0]
    assert "/withdraw" in done
    assert "/back" not in done


def test_stop_before_the_first_answer_returns_to_the_first_question():
    """Taking part was agreed to."""
    Scenario(TEA, language="en").takes_part().commands("stop").commands("start").asks("likes")


SAYS = {
    "notified": {
        "status": "not begun",
        "privacy": "voluntary",
        "help": "/clean clears this chat.",
        "stop": "not to take part in the survey “Indagine”",
    },
    "declined": {
        "status": "not taking part",
        "privacy": "voluntary",
        "help": "/clean clears this chat.",
        "start": "invites you",
    },
    "answering": {"status": "1 of about", "privacy": "voluntary", "help": "/back", "stop": "stays saved"},
    "reviewing": {"status": "3 of about 3", "privacy": "voluntary", "help": "/back", "back": "More?", "start": "3 of"},
    "submitted": {
        "status": "You have finished",
        "privacy": "voluntary",
        "stop": "already finished",
        "start": "Receipt",
    },
    "stopped": {
        "status": "1 of about",
        "privacy": "voluntary",
        "help": "For the survey “Indagine”:",
        "start": "Which?",
    },
}


@pytest.mark.parametrize(
    ("state", "command", "words"), [(s, c, w) for s, says in SAYS.items() for c, w in says.items()]
)
def test_what_each_command_says_in_each_state(state, command, words):
    """What it says is true there."""
    STATES[state](Scenario(TEA, language="en")).commands(command).says(words)


@pytest.mark.parametrize("state", STATES)
def test_privacy_says_how_to_see_and_to_erase_what_is_stored(state):
    """Whatever state one is in: before there is an answer, that is a reason to give one."""
    STATES[state](Scenario(TEA, language="en")).commands("privacy").says("With /mydata you see what is stored")
    Scenario(TEA, language="it").commands("privacy").says("con /withdraw può cancellare le sue risposte")


def test_privacy_repeats_the_authors_notice():
    """It was shown before the first question, and can be read again."""
    told = form(
        """
        | survey |
        | | type | name | label |
        | | note | notice | Controller: the body that invites you. |
        | | text | a | A? |
        | | text | b | B? |
        """
    )
    walk = Scenario(told, language="en").takes_part().commands("privacy").says("Controller: the body")
    walk.types("x").types("y").presses("Submit my answers").commands("privacy").says("voluntary")


def test_stop_in_the_review_returns_to_the_review():
    """Everything was answered."""
    walk = STATES["reviewing"](Scenario(TEA, language="en")).commands("stop").commands("start").asks("~review")
    assert walk.session.status is Status.REVIEWING


def test_start_in_the_middle_says_how_far_one_is_and_asks_again():
    """People press START whenever they open a chat."""
    Scenario(TEA, language="en").takes_part().presses("Yes", "Green").commands("start").asks("pot").says("2 of about 5")


def test_start_after_a_refusal_asks_once_more():
    """The link was opened again on purpose."""
    assert STATES["declined"](Scenario(TEA, language="en")).commands("start").prompt.kind is Kind.WELCOME


def test_status_says_how_far_and_when_it_closes():
    """In the survey's time zone."""
    terms = replace(TERMS, closes_at=NOON)
    Scenario(TEA, terms=terms, language="en").takes_part().commands("status").says("0 of about").says(
        "Monday 23 November 2026 at 12:00"
    )


def test_help_names_whom_to_ask():
    """A person, not a robot."""
    Scenario(TEA, language="en").commands("help").says("indagine@example.org")


def test_a_questionnaire_in_one_language_says_so():
    """/language never fails."""
    Scenario(TEA, language="en").takes_part().commands("language").asks("likes").says("one language")


def test_three_languages_are_offered_as_buttons():
    """Two switch at once; more have to be chosen."""
    three = form(
        """
        | survey |
        | | type | name | label::Italiano (it) | label::English (en) | label::Deutsch (de) |
        | | text | a | Uno | One | Eins |
        """
    )
    walk = Scenario(three, language="it").takes_part().commands("language").presses("Deutsch").says("Eins")
    assert walk.prompt.language == "de"


def test_words_at_the_welcome_are_understood_or_explained():
    """Yes and no are enough."""
    assert Scenario(TEA, language="en").types("no").session.status is Status.DECLINED
    assert Scenario(TEA, language="en").types("Yes!").session.status is Status.ANSWERING
    assert Scenario(TEA, language="en").types("what is this").notices()


def test_a_chat_that_was_cleared_shows_what_is_answered_from_then_on():
    """Nothing is lost: the summary has everything, and what is answered anew is in sight again."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes", "Green").commands("clean")
    walk.asks("pot").says("has been cleared; your answers stay saved")
    assert (walk.chat(), walk.kept()) == ([], {"likes": "y", "which": "green"})
    assert [answer for _, answer in walk.presses("Glass").chat()] == ["Glass"]
    walk.commands("back").commands("back").presses("Green")
    assert [answer for _, answer in walk.chat()] == ["Green", "Glass"]


def test_a_chat_is_cleared_once_however_often_that_is_asked():
    """The second time there is nothing left to hide, and it is said all the same."""
    walk = Scenario(TEA, language="en").takes_part().presses("Yes").commands("clean")
    session = walk.session
    walk.commands("clean").says("has been cleared")
    assert walk.session == session

"""Who comes back after hours is told where that was, with the last answer, before anything else; and only once."""

import pytest

from conversations.protocol import Manner, Style
from tests.scenario import Scenario
from tests.sheets import form

TEA = form(
    """
    | survey |
    | | type | name | label | appearance | required |
    | | select_one yn | likes | Tea? | | yes |
    | | text | code | Your code? | masked | |
    | | select_multiple tea | which | Which? | | yes |
    | | text | why | Why? | | |
    | | begin repeat | pot | Pot | | |
    | | text | name | Its name? | | |
    | | end repeat | | | | |
    | choices |
    | | list_name | name | label |
    | | yn | y | Yes |
    | | yn | n | No |
    | | tea | black | Black |
    | | tea | green | Green |
    """
)
AT_WHICH = "You stopped at question 3 of about 5."
AT_WHY = "You stopped at question 4 of about 5."
LAST = "Your last answer, to “Which?”: Black"


@pytest.fixture
def walk():
    return Scenario(TEA, language="en").takes_part().presses("Yes")


@pytest.fixture
def at_why(walk):
    return walk.types("secret", "m1").presses("Black", "Done").asks("why")


def test_what_does_not_fit_is_answered_with_where_that_was_and_the_last_answer(at_why):
    """Before the words about what was heard, in one message with the question."""
    at_why.is_away(9).sends("sticker").asks("why")
    assert at_why.notices()[0] == f"{AT_WHY} {LAST}"
    assert at_why.notices()[1].startswith("I cannot read a sticker")
    assert at_why.prompt.blocks[0].style is Style.NOTICE


@pytest.mark.parametrize("command", ["start", "help", "status", "privacy", "language"])
def test_commands_begin_with_it(at_why, command):
    """One sentence of welcome, not two."""
    at_why.is_away(9).commands(command).asks("why")
    assert at_why.notices()[0] == f"{AT_WHY} {LAST}"
    assert not any("Welcome back" in words for words in at_why.notices())


def test_a_late_answer_counts_and_the_sentence_is_short(walk):
    """Question and answer stand right above it, so nothing is quoted."""
    walk.types("secret", "m1").is_away(9).presses("Black")
    assert (walk.turn.manner, walk.notices()) == (Manner.REFRESH, [AT_WHICH])
    walk.is_away(9).presses("Done").asks("why")
    assert walk.notices() == [f"{AT_WHICH} Your answer to it is saved."]
    walk.is_away(9).types("so", "m2").asks("name")
    assert walk.notices() == [f"{AT_WHY} Your answer to it is saved."]
    assert walk.kept() == {"likes": "y", "code": "secret", "which": "black", "why": "so"}


def test_what_is_not_to_be_seen_is_never_quoted(walk):
    """Neither by a command nor by what does not fit."""
    walk.types("secret", "m1").is_away(9).commands("start").asks("which").is_away(9).sends("dice").asks("which")
    assert not any("secret" in said.prompt.blocks[0].text for said in walk.said)
    assert walk.notices()[0] == AT_WHICH


def test_what_was_cleared_is_not_quoted(at_why):
    """Nor put into sight again; what was answered from then on is."""
    at_why.commands("clean").is_away(9).sends("sticker")
    assert at_why.notices()[0] == AT_WHY
    at_why.commands("back").presses("Green", "Done").is_away(9).sends("sticker")
    assert at_why.notices()[0] == f"{AT_WHY} Your last answer, to “Which?”: Black, Green"


def test_an_old_button_asks_again_after_a_pause(at_why):
    """A toast alone would leave people with a chat that they do not remember."""
    at_why.is_away(9).presses_at(at_why.said[1], "Yes").asks("why").says(AT_WHY)
    assert at_why.turn.manner is Manner.ASK


def test_nothing_is_said_after_a_coffee_nor_to_who_has_not_begun(walk):
    """Three hours by the clock may be two."""
    walk.is_away(3).sends("sticker").asks("code")
    assert len(walk.notices()) == 1
    fresh = Scenario(TEA, language="en").is_away(99).takes_part().asks("likes").is_away(99).commands("status")
    assert len(fresh.notices()) == 1


def test_at_the_summary_only_the_submission_is_missing(at_why):
    """And after it nothing is."""
    at_why.types("so", "m2").types("Tom", "m3").presses("No, go on").asks("~review").is_away(9).commands("help")
    assert at_why.notices()[0] == "You stopped at the summary: all that is missing is to submit your answers."
    at_why.is_away(9).presses("Submit my answers").is_away(9).commands("status")
    assert at_why.notices() == ["You have finished."]


def test_where_no_question_stands_it_is_the_number_of_answers(at_why):
    """Whether to add a row has no number."""
    at_why.types("so", "m2").types("Tom", "m3").asks("pot+").is_away(9).commands("start")
    last = "Your last answer, to “Pot 1: Its name?”: Tom"
    assert at_why.notices() == [f"Welcome back. You have answered 5 of about 5 questions. {last}"]


def test_who_has_stopped_is_told_it_on_going_on(at_why):
    """The stop may have been days ago."""
    at_why.commands("stop").is_away(50).commands("help")
    assert len(at_why.notices()) == 1
    at_why.is_away(50).presses("Go on").asks("why").says(LAST)


def test_a_correction_stays_a_sign_on_its_message(at_why):
    """It is about an earlier answer; nothing new is said."""
    at_why.types("so", "m2").asks("name").is_away(9).edits("m2", "so it is").asks("name")
    assert (at_why.turn.noted, at_why.turn.is_same) == ("m2", True)


def test_it_is_said_in_the_language_that_is_spoken_from_now_on():
    """The question as well."""
    sheet = """
        | survey |
        | | type | name | label::English (en) | label::Italiano (it) |
        | | text | name | Name? | Nome? |
        | | text | more | More? | Altro? |
        | | text | last | Last? | Ultimo? |
        """
    walk = Scenario(form(sheet), language="en").takes_part().types("Ada").is_away(9).commands("language")
    assert walk.notices()[0] == "Ha interrotto alla domanda 2 di circa 3. La sua ultima risposta, a «Nome?»: Ada"

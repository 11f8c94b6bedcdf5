"""The end: nothing incomplete or no longer right is submitted, and what is missing is asked."""

from dataclasses import replace

import pytest

from conversations.advice import Advice, advice
from conversations.protocol import Kind, Manner, Mode, Pressed, Status, Terms
from tests.conversations.test_going_back import TEA
from tests.scenario import TERMS, Scenario
from tests.sheets import form

RANGE = form(
    """
    | survey |
    | | type | name | label | constraint | constraint_message | required_message | required |
    | | integer | low | From? | . <= ${high} or ${high} = '' | More than the end. | | |
    | | integer | high | To? | | | | |
    | | text | why | Why? | | | Please say why. | ${low} > 5 |
    """
)

ASKING = form(
    """
    | survey |
    | | type | name | label | relevant |
    | | select_one yn | part | Do you take part? | |
    | | text | why | Why? | ${part} = 'y' |
    | | note | bye | That is fine. | ${part} = 'n' |
    | choices |
    | | list_name | name | label |
    | | yn | y | Yes |
    | | yn | n | No |
    """
)


def test_an_answer_that_another_has_made_wrong_is_asked_again():
    """With the author's message; then it can be submitted."""
    walk = Scenario(RANGE, language="en").takes_part().types("3").types("5").presses("Skip").asks("~review")
    walk.presses("2").types("1").asks("~review").presses("Submit my answers").asks("low")
    assert walk.notices() == ["More than the end."]
    assert walk.session.status is Status.ANSWERING
    walk.types("1").asks("~review").presses("Submit my answers")
    assert walk.session.status is Status.SUBMITTED


def test_a_skipped_question_that_has_become_required_is_asked_again():
    """Skipping was right when it was done, and is not any more."""
    walk = Scenario(RANGE, language="en").takes_part().types("3").types("9").presses("Skip").asks("~review")
    walk.presses("1").types("7").asks("why")
    assert "Skip" not in walk.actions()
    walk.types("So.").asks("~review").presses("Submit my answers")
    assert walk.submitted()["/data/why"] == "So."


def test_who_says_no_in_the_first_question_is_not_thanked_for_taking_part():
    """Nor when the receipt is said again; the author's last words are said once."""
    walk = Scenario(ASKING, language="en").takes_part().presses("No").says("That is fine.")
    walk.says("Your answer has been submitted.\nReceipt: ")
    walk.types("thanks").says("Your answer has been submitted.\nReceipt: ")
    assert "That is fine." not in walk.text


@pytest.mark.parametrize("late", [lambda walk: walk.types("One more thing."), lambda walk: walk.sends("voice")])
def test_nobody_is_left_to_believe_that_what_comes_later_is_added(late):
    """Words or anything else; whom to write to is said."""
    walk = Scenario(RANGE, language="en", terms=replace(TERMS, contact="us@example.org")).takes_part()
    walk.answers(low="1", high="2", why="So.").presses("Submit my answers")
    late(walk).says("What you send now is not added to your answers.\nFor questions about the survey: us@example.org")
    assert "Receipt: " in walk.text


def test_a_double_tap_on_submit_is_silent():
    """The response is sent once."""
    walk = Scenario(TEA, language="en").takes_part().presses("No").types("a").types("b").asks("~review")
    review = walk.said[-1]
    walk.presses("Submit my answers").presses_at(review, "Submit my answers")
    assert walk.turn.manner is Manner.QUIET
    assert walk.submitted()


def test_the_summarys_numbers_change_nothing_after_the_submission():
    """They belong to a walk that has ended."""
    walk = Scenario(TEA, language="en").takes_part().presses("No").types("a").types("b").asks("~review")
    review = walk.said[-1]
    walk.presses("Submit my answers").presses_at(review, "1").says("no longer be changed")
    assert walk.session.status is Status.SUBMITTED


def test_the_language_can_be_changed_after_the_submission():
    """The receipt is then said in it."""
    both = form(
        """
        | survey |
        | | type | name | label::Italiano (it) | label::English (en) |
        | | text | a | Uno? | One? |
        """
    )
    walk = Scenario(both, language="en").takes_part().types("x")
    assert walk.session.status is Status.SUBMITTED
    walk.commands("language").says("Ricevuta")


def test_a_pressed_button_before_the_start_is_told_to_begin():
    """A question's button of a walk that was declined."""
    walk = Scenario(TEA, language="en").takes_part()
    question = walk.said[-1]
    walk.commands("stop").presses_at(question, "Yes").says("Press “Go on with the questionnaire” first.")
    assert walk.session.status is Status.STOPPED


def test_the_welcomes_buttons_act_once():
    """Declined is declined, however late the other button is pressed."""
    walk = Scenario(TEA, language="en").presses("No, thank you")
    walk.presses_at(walk.said[0], "Take part")
    assert walk.session.status is Status.DECLINED
    assert walk.turn.manner is Manner.QUIET


def test_without_a_sender_the_welcome_is_still_a_sentence():
    """Who asks is the coordinator's to say."""
    terms = Terms(title="Tea", sender="", mode=TERMS.mode)
    Scenario(TEA, terms=terms, language="en").says("You are invited to take part")


def test_an_identified_survey_says_so_before_the_first_question():
    """Never in small print."""
    terms = Terms(title="Tea", sender="", mode=TERMS.mode.IDENTIFIED)
    Scenario(TEA, terms=terms, language="en").says("together with your name")


def test_every_advice_is_a_sentence_in_both_languages():
    """For those without a questionnaire to show."""
    for about in Advice:
        italian, english = advice(about, "it"), advice(about, "en")
        assert italian.kind is Kind.ADVICE
        assert italian.blocks[0].text != english.blocks[0].text
        assert not italian.actions


def test_a_questionnaire_of_notes_only_ends_at_once():
    """There is nothing to ask."""
    notes = form(
        """
        | survey |
        | | type | name | label |
        | | note | only | Only this. |
        """
    )
    walk = Scenario(notes, language="en").says("Only this.").takes_part()
    assert walk.session.status is Status.SUBMITTED


def test_a_page_or_a_language_that_does_not_exist_changes_nothing():
    """Codes can be forged."""
    walk = Scenario(TEA, language="en")
    code = walk.prompt.actions[0].code[:8]
    for argument in ("l9", "lx", "px", "uz"):
        walk.hears(Pressed(code + argument))
        assert walk.turn.manner is Manner.QUIET


CLOCKED = form(
    """
    | survey |
    | | type | name | label |
    | | start | begun | |
    | | end | ended | |
    | | text | why | Why? |
    """
)


def handed_in(mode: Mode) -> dict[str, str]:
    """The response of a survey in that mode."""
    terms = replace(TERMS, mode=mode)
    return Scenario(CLOCKED, language="en", terms=terms).takes_part().types("So.").submitted()


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.ANONYMOUS])
def test_the_hour_is_not_handed_in(mode: Mode):
    """It would tell which response is whose."""
    response = handed_in(mode)
    assert {response[path][10:23] for path in ("/data/begun", "/data/ended")} == {"T00:00:00.000"}


def test_an_identified_survey_keeps_the_hour():
    """As the author asked for it."""
    assert handed_in(Mode.IDENTIFIED)["/data/begun"][10:13] == "T12"

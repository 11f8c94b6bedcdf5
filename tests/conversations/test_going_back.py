"""Changing one's mind: back, the review, corrections, buttons from long ago."""

import pytest

from conversations.protocol import Kind, Manner, Pressed, Status, Typed
from tests.scenario import Scenario
from tests.sheets import form

TEA = form(
    """
    | survey |
    | | type | name | label | required | relevant | choice_filter |
    | | select_one yn | likes | Tea? | yes | | |
    | | select_one tea | which | Which? | yes | ${likes} = 'y' | |
    | | select_one pot | pot | Pot? | yes | ${likes} = 'y' | tea = ${which} |
    | | text | why | Why? | | | |
    | | text | more | More? | | | |
    | choices |
    | | list_name | name | label | tea |
    | | yn | y | Yes | |
    | | yn | n | No | |
    | | tea | black | Black | |
    | | tea | green | Green | |
    | | pot | iron | Iron | black |
    | | pot | glass | Glass | green |
    | | pot | clay | Clay | green |
    """
)


@pytest.fixture
def walk():
    return Scenario(TEA, language="en").takes_part()


@pytest.fixture
def reviewed(walk):
    return walk.presses("Yes", "Green", "Glass").types("why not").types("no more").asks("~review")


def test_back_returns_to_the_question_before_with_its_answer(walk):
    """And going on returns to where one was."""
    walk.presses("Yes", "Green").asks("pot").commands("back").asks("which")
    assert [b.label for b in walk.prompt.choices if b.chosen] == ["Green"]
    walk.presses("Keep this answer").asks("pot")


def test_back_at_the_first_question_says_so(walk):
    """Nothing is before it."""
    walk.commands("back").asks("likes").says("first question")


def test_back_from_the_review_is_the_last_question(reviewed):
    """The review is a place like any other."""
    reviewed.presses("Back").asks("more")
    assert reviewed.session.status is Status.ANSWERING


def test_any_answer_can_be_changed_from_the_review(reviewed):
    """And the review comes back."""
    reviewed.presses("4").asks("why").types("because").asks("~review")
    assert reviewed.presses("Submit my answers").submitted()["/data/why"] == "because"


def test_a_change_asks_again_only_what_it_made_necessary(reviewed):
    """A choice no longer offered is dropped, and its question asked again."""
    reviewed.presses("2").asks("which").presses("Black").asks("pot").offers("Iron").presses("Iron").asks("~review")


def test_answers_that_became_irrelevant_are_left_out_and_come_back(reviewed):
    """Hidden, not deleted."""
    reviewed.presses("1").presses("No").asks("~review")
    assert [e.question for e in reviewed.prompt.entries] == ["Tea?", "Why?", "More?"]
    reviewed.presses("1").presses("Yes").asks("~review")
    assert [e.answer for e in reviewed.prompt.entries][:3] == ["Yes", "Green", "Glass"]


def test_a_hidden_answer_is_not_submitted(reviewed):
    """The response holds what was asked."""
    reviewed.presses("1").presses("No").presses("Submit my answers")
    assert set(reviewed.submitted()) == {"/data/likes", "/data/why", "/data/more"}


def test_an_optional_answer_can_be_deleted(reviewed):
    """By the same button that skips."""
    reviewed.presses("4").presses("Delete the answer").asks("~review")
    assert reviewed.kept()["why"] == ""
    assert reviewed.prompt.entries[3].answer == "no answer"


def test_a_button_of_an_earlier_question_changes_nothing_and_offers_to_change(walk):
    """A press counts only on the prompt it was drawn on."""
    old = walk.said[-1]
    walk.presses("Yes", "Green").asks("pot").presses_at(old, "No").asks("pot")
    assert walk.kept()["likes"] == "y"
    walk.says("Tea?").presses("Change that answer").asks("likes").presses("No").asks("why")


def test_a_double_tap_is_silent(walk):
    """The second tap says what is stored already."""
    old = walk.said[-1]
    walk.presses("Yes").presses_at(old, "Yes").asks("which")
    assert walk.turn.manner is Manner.QUIET
    assert walk.turn.toast


def test_an_old_button_that_leads_elsewhere_says_that_it_is_old(walk):
    """To go back from a question that is not asked now means nothing."""
    walk.presses("Yes")
    old = walk.said[-1]
    walk.presses("Green").presses_at(old, "Back").asks("pot")
    assert "earlier question" in walk.turn.toast


def test_a_double_tap_on_take_part_answers_nothing(walk):
    """It belongs to the welcome."""
    walk.presses_at(walk.said[0], "Take part").asks("likes")
    assert walk.turn.manner is Manner.QUIET


def test_the_buttons_of_another_session_do_nothing_here(walk):
    """The code names the session."""
    other = Scenario(TEA, language="en")
    other.session = other.session.__class__(**{**_fields(other.session), "seed": 1})
    walk.presses_at(other.takes_part().said[0], "Take part").asks("likes")
    assert walk.kept() == {}


def _fields(session):
    return {name: getattr(session, name) for name in session.__dataclass_fields__}


@pytest.mark.parametrize("code", ["", "x", "~", "aaaaaaaac", "aaaaaaaaq1", "é" * 30, "a" * 500])
def test_a_forged_button_harms_nothing(walk, code):
    """Anybody can send anything."""
    walk.hears(Pressed(code)).asks("likes")
    assert walk.kept() == {}


def test_an_old_button_of_a_question_no_longer_asked_says_so(walk):
    """And shows where one is."""
    walk.presses("Yes")
    old = walk.said[-1]
    walk.presses("Green", "Glass").types("x").presses("Back").presses("Back").presses("Back").presses("Back").asks(
        "likes"
    )
    walk.presses("No").presses_at(old, "Black").says("no longer asked")


def test_editing_a_message_corrects_its_answer(walk):
    """The way people correct a typing error."""
    walk.presses("No").types("wy", message="m1").asks("more").edits("m1", "why").asks("more")
    assert (walk.turn.noted, walk.turn.manner, walk.turn.is_same) == ("m1", Manner.REFRESH, True)
    assert walk.turn.toast.startswith("Your answer to")
    assert walk.kept()["why"] == "why"


def test_a_correction_with_consequences_is_said_in_words():
    """A question is asked more or less than before, or what was understood is not what was written."""
    sheet = """
        | survey |
        | | type | name | label | relevant |
        | | text | team | Team? | |
        | | date | day | Day? | |
        | | text | why | Why? | ${team} = 'none' |
        | | text | more | More? | |
        """
    walk = Scenario(form(sheet), language="en").takes_part().types("all", "m1").types("3/5/2026", "m2").asks("more")
    for message, text in (("m1", "none"), ("m2", "4/5/2026")):
        walk.edits(message, text).says("Your answer to")
        assert (walk.turn.noted, walk.turn.toast, walk.turn.manner) == (message, "", Manner.ASK)
    walk.is_away(9).edits("m2", "5/5/2026").says("You stopped at")


def test_editing_a_refused_message_answers_the_question_that_stands():
    """The first attempt was no answer yet."""
    cups = form(
        """
        | survey |
        | | type | name | label |
        | | integer | cups | Cups? |
        | | text | why | Why? |
        """
    )
    walk = (
        Scenario(cups, language="en").takes_part().types("thre", message="m1").asks("cups").edits("m1", "3").asks("why")
    )
    assert walk.kept() == {"cups": "3"}


@pytest.mark.parametrize(("text", "why"), [("a dozen", ""), ("50", "Ten at most.\n")])
def test_a_correction_that_cannot_be_taken_is_told_of_its_own_question(text, why):
    """Another one stands below; the answer stays, and the way back is there."""
    cups = form(
        """
        | survey |
        | | type | name | label | constraint | constraint_message |
        | | integer | cups | Cups? | . < 11 | Ten at most. |
        | | integer | pots | Pots? | | |
        """
    )
    walk = Scenario(cups, language="en").takes_part().types("3", message="m1").edits("m1", text).asks("pots")
    assert walk.notices() == [
        f"Your correction cannot be taken as an answer to “Cups?”.\n{why}Your answer stays: 3",
    ]
    assert walk.kept() == {"cups": "3"}
    walk.presses("Change that answer").asks("cups").types("4").asks("pots")


def test_editing_any_other_message_says_that_it_changes_nothing(walk):
    """Silence would lose the correction."""
    walk.presses("No").edits("m9", "new").asks("why").says("changes no answer")


def test_nothing_changes_after_the_submission(reviewed):
    """Old buttons, texts, edits, commands: each gets a sentence, the receipt stays."""
    old = reviewed.said[1]
    reviewed.presses("Submit my answers")
    before = reviewed.session
    reviewed.presses_at(old, "No").types("hello").edits("m1", "x").sends("sticker").commands("back")
    reviewed.commands("start").commands("status").commands("stop").commands("help").commands("privacy")
    assert reviewed.session == before
    assert reviewed.prompt.kind is Kind.RECEIPT


def test_a_form_sent_twice_from_a_web_page_is_silent_and_a_stale_one_says_so(walk):
    """A page knows which question it showed."""
    walk.presses("No").hears(Typed("a", place="/data/why")).asks("more")
    walk.hears(Typed("a", place="/data/why")).asks("more")
    assert walk.turn.manner is Manner.QUIET
    walk.hears(Typed("b", place="/data/why")).asks("more").says("out of date")
    assert walk.kept() == {"likes": "n", "why": "a"}


def test_the_summary_comes_back_at_the_answer_that_was_changed():
    """On its page; first of all it begins with the first one."""
    rows = "\n".join(f"    | | text | q{number} | Question {number}? |" for number in range(1, 26))
    walk = Scenario(
        form(f"""
    | survey |
    | | type | name | label |
{rows}
    """),
        language="en",
    ).takes_part()
    for _ in range(25):
        walk.types("x")
    walk.says("Page 1 of 3").presses("Next page").presses("12").types("y").says("Page 2 of 3").presses("12")
    walk.presses("Keep this answer").says("Page 2 of 3").types("25").asks("q25").types("z").says("Page 3 of 3")

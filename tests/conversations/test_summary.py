"""The summary at any time: to look at and to change, with the way back to the question."""

import pytest

from conversations.protocol import Kind, Manner, Pressed, Status, Typed
from tests.scenario import Scenario
from tests.sheets import form

_QUESTIONS = "\n".join(f"| | text | q{number} | Question {number}? | | |" for number in range(1, 13))
LONG = form(
    f"""
    | survey |
    | | type | name | label | relevant | appearance |
    {_QUESTIONS}
    | | text | why | Why? | ${{q1}} = 'no' | |
    | | text | code | Code? | | masked |
    | | select_multiple tea | teas | Teas? | | |
    | | text | last | Last? | | |
    | choices |
    | | list_name | name | label |
    | | tea | black | Black |
    | | tea | green | Green |
    """
)
BACK = "Back to the question"


@pytest.fixture
def walk():
    return Scenario(LONG, language="en").takes_part()


@pytest.fixture
def half_way(walk):
    for number in range(1, 13):
        walk.asks(f"q{number}").types(f"a{number}", f"m{number}")
    return walk.types("secret").asks("teas").presses("Green")


def test_it_lists_what_has_been_answered_in_pages(half_way):
    """Neither the question that stands nor those to come, and no secret."""
    half_way.commands("summary").asks("~summary")
    assert half_way.prompt.kind is Kind.REVIEW
    assert half_way.actions() == ["Next page", BACK]
    assert [entry.answer for entry in half_way.prompt.entries] == [f"a{number}" for number in range(1, 11)]
    half_way.presses("Next page")
    assert half_way.turn.manner is Manner.REFRESH
    assert [entry.question for entry in half_way.prompt.entries] == ["Question 11?", "Question 12?", "Code?"]
    assert "secret" not in str(half_way.prompt.entries)
    assert half_way.actions() == ["Previous page", BACK]


@pytest.mark.parametrize("way", ["button", "words", "back", "start"])
def test_the_way_back_leads_to_the_question_with_what_was_ticked(half_way, way):
    """By the button, by its words, and by the commands that people know."""
    half_way.commands("summary")
    if way in ("back", "start"):
        half_way.commands(way)
    else:
        half_way.presses(BACK) if way == "button" else half_way.types(BACK)
    half_way.asks("teas")
    assert [button.name for button in half_way.prompt.choices if button.chosen] == ["green"]
    assert half_way.presses("Done").asks("last").kept()["teas"] == "green"


def test_an_answer_is_changed_from_it_and_the_walk_goes_on_where_it_was(half_way):
    """By its number, pressed or written; what the change opens is asked first."""
    half_way.commands("summary").presses("2").asks("q2").types("better").asks("teas")
    half_way.commands("summary").types("12").asks("q12").types("best").asks("teas")
    half_way.commands("summary").presses("1").asks("q1").types("no").asks("why").types("so").asks("teas")
    assert half_way.session.draft == ("green",)
    assert {name: half_way.kept()[name] for name in ("q1", "q2", "q12", "why")} == {
        "q1": "no",
        "q2": "better",
        "q12": "best",
        "why": "so",
    }


def test_a_number_that_is_not_listed_opens_nothing(half_way):
    """Questions to come are asked in their turn."""
    half_way.commands("summary").types("14").asks("~summary").says("Write the number of an answer")


def test_before_the_first_answer_there_is_none(walk):
    """And the question stands."""
    walk.commands("summary").asks("q1").says("You have not answered any question yet.")


def test_when_nothing_is_open_it_is_the_one_to_submit(half_way):
    """Also from a question that is being changed."""
    half_way.presses("Done").types("end").asks("~review").commands("summary").asks("~review")
    assert half_way.turn.manner is Manner.ASK
    half_way.presses("3").asks("q3").commands("summary").asks("~review")
    assert half_way.session.status is Status.REVIEWING
    half_way.presses("Submit my answers").commands("summary").says("can no longer be changed")


def test_nothing_can_be_submitted_from_it(half_way):
    """Neither by an old button nor by the words of one."""
    half_way.presses("Done").types("end").asks("~review")
    old = half_way.said[-1]
    half_way.presses("1").types("no").asks("why").commands("summary").asks("~summary")
    half_way.presses_at(old, "Submit my answers").asks("~summary").types("Submit my answers").asks("~summary")
    assert half_way.session.status is Status.ANSWERING


def test_its_own_old_buttons_do_no_harm(half_way):
    """A page of yesterday turns nothing; its entries still lead to their questions."""
    half_way.commands("summary")
    old = half_way.said[-1]
    half_way.presses(BACK).presses_at(old, "Next page").asks("teas")
    assert half_way.turn.manner is Manner.QUIET
    half_way.presses_at(old, "4").asks("q4").types("four").asks("teas")


def test_an_edit_while_it_stands_is_shown_in_it(half_way):
    """It stays; unless a question follows from the edit."""
    half_way.commands("summary").edits("m2", "new").asks("~summary")
    assert (half_way.turn.manner, half_way.turn.noted) == (Manner.REFRESH, "m2")
    assert half_way.prompt.entries[1].answer == "new"
    half_way.edits("m1", "no").asks("why").types("so").asks("teas")


def test_a_text_half_written_waits_meanwhile():
    """The pieces are no answer yet, and are not lost."""
    sheet = """
        | survey |
        | | type | name | label | appearance |
        | | text | name | Name? | |
        | | text | story | Story? | multiline |
        """
    walk = Scenario(form(sheet), language="en").takes_part().types("Ada").types("One.").commands("summary")
    walk.presses(BACK).asks("story").says("One.").types("Two.").presses("Done")
    assert walk.kept()["story"] == "One.\nTwo."


@pytest.mark.parametrize("heard", [Typed("nothing"), Pressed("aaaaaaaab"), Typed("a", place="/data/q1")])
def test_what_does_not_fit_leaves_it_standing(half_way, heard):
    """With a sentence."""
    half_way.commands("summary").hears(heard).asks("~summary")
    assert half_way.notices()


def test_who_has_not_begun_or_takes_no_part_is_told_so(half_way):
    """There is nothing to show."""
    fresh = Scenario(LONG, language="en").commands("summary")
    assert fresh.notices() == ["You have not answered any question yet."]
    half_way.commands("withdraw").presses("Erase my answers").commands("summary").asks("~declined")
    assert half_way.notices() == ["There are no answers of yours in this survey."]


def test_who_has_stopped_is_told_how_to_see_it(half_way):
    """By going on; also where it is asked whether to withdraw."""
    half_way.commands("stop").commands("withdraw").commands("summary").asks("~stopped")
    assert half_way.notices() == ["Press “Go on with the questionnaire” first."]
    assert half_way.commands("summary").notices() == ["Press “Go on with the questionnaire” first."]
    half_way.presses("Go on").asks("teas")
    assert half_way.session.draft == ("green",)

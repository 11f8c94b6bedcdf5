"""Answer scales: numbers in a row, their words in the text, and apart from them what is no step."""

import pytest

from bot.telegram.drawing import drawn
from bot.telegram.layout import lay_out
from conversations.forms import ControlKind
from conversations.likert import signs_of
from conversations.session import ChoiceItem
from tests.scenario import Scenario
from tests.sheets import form

AGREE = """
| choices |
| | list_name | name | label |
| | agree | 5 | Completely agree |
| | agree | 4 | Rather agree |
| | agree | 3 | Neither agree nor disagree |
| | agree | 2 | Rather disagree |
| | agree | 1 | Completely disagree |
| | agree | 9 | Don't know / prefer not to say |
"""
STATEMENTS = form(f"""
| survey |
| | type | name | label | appearance |
| | begin_group | page | Statements | field-list |
| | select_one agree | first | Trains are good. | likert |
| | select_one agree | second | Buses are good. | likert |
| | select_one agree | plain | And boats? | |
| | end_group | | | |
| | select_one agree | last | Planes are good. | likert |
{AGREE}""")
WORDS = ("Completely agree", "Rather agree", "Neither agree nor disagree", "Rather disagree", "Completely disagree")


@pytest.fixture
def walk():
    return Scenario(STATEMENTS, language="en").takes_part().asks("first")


def keyboard(walk):
    return [[button["text"] for button in row] for row in lay_out(walk.prompt).keyboard]


def text(walk):
    return drawn(walk.prompt)[0][0]


def test_the_steps_are_one_row_of_numbers_and_their_words_are_in_the_text(walk):
    """What is no step has a button of its own below; the numbers are those that the author gave."""
    assert keyboard(walk)[:2] == [["5", "4", "3", "2", "1"], ["Don't know / prefer not to say"]]
    lines = [f"{number}. {words}" for number, words in zip("54321", WORDS, strict=True)]
    assert "\n".join(lines) in text(walk)


def test_a_scale_is_explained_again_in_a_chat_that_was_cleared(walk):
    """Its words are gone with the question that had them."""
    assert "Neither agree" not in text(walk.types("4").asks("second"))
    assert "Neither agree" in text(walk.commands("clean").asks("second"))


@pytest.mark.parametrize(("said", "means"), [("5", "5"), ("1", "1"), ("4. Rather agree", "4"), ("rather agree", "4")])
def test_a_typed_number_means_what_is_shown_under_it(walk, said, means):
    """Not the place in the list; words mean what they always do."""
    assert walk.types(said).asks("second").kept() == {"first": means}


@pytest.mark.parametrize("number", ["6", "9", "0"])
def test_a_number_that_is_not_shown_is_never_taken(walk, number):
    """A code that only the author knows is asked about, if it is one."""
    assert walk.types(number).asks("first").kept() == {}


def test_the_words_are_said_once_for_questions_that_share_a_page(walk):
    """After that the ends are, and all of them at a press."""
    walk.presses("Rather agree").asks("second")
    assert "5. Completely agree … 1. Completely disagree" in text(walk)
    assert "Rather agree" not in text(walk)
    assert keyboard(walk)[0] == ["5", "4", "3", "2", "1"]
    walk.presses("What the numbers mean").asks("second").says("4. Rather agree")
    walk.presses("Rather disagree").asks("plain")
    assert "Rather agree" in str(keyboard(walk)), "a question without a scale has its words on the buttons"
    walk.presses("Rather agree").asks("last")
    assert "4. Rather agree" in text(walk)


def test_an_explanation_asked_for_late_is_given_all_the_same(walk):
    """From the keyboard of an earlier question."""
    walk.presses("Rather agree")
    earlier = walk.said[-1]
    walk.presses("Rather agree").asks("plain").presses_at(earlier, "What the numbers mean").says("4. Rather agree")


def test_an_answer_given_before_is_marked(walk):
    """On its number, and in words."""
    walk.types("4").commands("back").says("Rather agree")
    assert keyboard(walk)[0] == ["5", "✓ 4", "3", "2", "1"]


def signs(*names_and_labels, appearance="likert"):
    choices = tuple(ChoiceItem(*pair.split("|")) for pair in names_and_labels)
    return signs_of(ControlKind.SELECT_ONE, (appearance,), choices)


def test_names_that_are_no_numbers_are_counted():
    """From one on, without what stands apart."""
    named = ("dk|Non so", "low|Per niente d'accordo", "mid|Abbastanza d'accordo", "high|Del tutto d'accordo")
    assert signs(*named) == ("", "1", "2", "3")
    assert signs(*named, appearance="list-nolabel") == ("", "1", "2", "3")


def test_a_number_far_from_the_others_stands_apart_in_any_language():
    """As 99 does; numbers of equal distance are all steps."""
    words = ("1|Gar nicht zufrieden", "2|Eher zufrieden", "3|Sehr zufrieden", "99|Weiß nicht")
    assert signs(*words) == ("1", "2", "3", "")
    percent = ("0|Gar nicht zufrieden", "50|Eher zufrieden", "100|Sehr zufrieden")
    assert signs(*percent) == ("1", "2", "3"), "100 is too wide for a button"


def test_words_that_fit_in_a_row_need_no_numbers():
    """Nor does a question that is no scale, or one of more steps than a row has."""
    assert signs("1|Mai", "2|A volte", "3|Sempre") == ()
    assert signs(*(f"{n}|Quite a long label {n}" for n in range(9))) == ()
    words = ("1|Very good indeed", "2|Not so good", "3|Very bad indeed")
    assert signs(*words, appearance="quick") == ()
    assert signs(*words, "x|I would prefer not to give an answer here") == (), "a button cannot show it"

"""Numbers that are pressed: few of them each with a button, many with buttons for more and less."""

import pytest

from conversations.protocol import Kind, Manner, Pressed
from tests.scenario import Scenario
from tests.sheets import form

NUMBERS = form("""
| survey |
| | type | name | label | constraint | constraint_message | appearance | parameters |
| | integer | vote | From 0 to 10? | . >= 0 and . <= 10 | From 0 to 10. | | |
| | integer | towns | How many towns? | . >= 2 and . <= 133 | | | |
| | range | share | How many per cent? | . != 55 | Not 55. | | start=0 end=100 step=5 |
| | integer | cats | How many cats? | . >= 0 | Not less than none. | counter | |
| | text | end | And? | | | | |
""")


@pytest.fixture
def walk():
    return Scenario(NUMBERS, language="en").takes_part().asks("vote")


def labels(walk):
    return [[button.label for button in row] for row in walk.prompt.grid.rows]


def test_a_constraint_that_leaves_few_whole_numbers_makes_buttons(walk):
    """Pressed or written, it is the same; what is not among them gets the author's words."""
    assert walk.prompt.kind is Kind.SCALE
    walk.offers(*map(str, range(11))).types("11").asks("vote")
    assert walk.notices() == ["From 0 to 10."]
    assert walk.presses("7").asks("towns").kept() == {"vote": "7"}
    walk.commands("back").types("10").asks("towns")
    assert walk.kept() == {"vote": "10"}


def test_many_numbers_are_written(walk):
    """From 2 to 133 no buttons are made."""
    walk.presses("7").asks("towns")
    assert (walk.prompt.kind, walk.prompt.choices, walk.prompt.grid) == (Kind.INTEGER, (), None)


@pytest.mark.parametrize(
    "constraint", [". > 3", ". >= 0 or . = 9", ". < 4 or . > 9", ". = 1 or . = 3", ". = 5", "true()"]
)
def test_only_numbers_that_follow_on_one_another_make_buttons(constraint):
    """Others might be meant that have none."""
    one = form(f"""
| survey |
| | type | name | label | constraint |
| | integer | n | How many? | {constraint} |
| | text | end | And? | |
""")
    assert Scenario(one, language="en").takes_part().prompt.kind is Kind.INTEGER


def test_a_long_range_goes_up_and_down_by_buttons(walk):
    """From the middle; nothing is an answer before it was pressed."""
    walk.presses("7").types("12").asks("share")
    assert labels(walk) == [["−25", "−5", "50", "+5", "+25"]]
    walk.presses("+25")
    assert walk.turn.manner is Manner.REFRESH
    assert labels(walk) == [["−25", "−5", "75", "+5", "+25"], ["Done: 75"]]
    walk.presses("+25", "+25")
    assert labels(walk)[1] == ["Done: 100"], "no further than its end"
    assert walk.presses("−5", "Done: 95").asks("cats").kept()["share"] == "95"


def test_a_button_pressed_twice_quickly_goes_one_step(walk):
    """It says the number that is wanted."""
    walk.presses("7").types("12").asks("share")
    before = walk.said[-1]
    walk.presses_at(before, "−25").presses_at(before, "−25")
    assert labels(walk)[1] == ["Done: 25"]
    assert walk.turn.manner is Manner.QUIET


def test_a_step_to_what_is_not_an_answer_says_why(walk):
    """For a moment, with the author's words."""
    walk.presses("7").types("12").asks("share").presses("+5")
    assert (walk.turn.toast, walk.session.draft) == ("Not 55.", ())
    assert walk.types("60").asks("cats").kept()["share"] == "60"


def test_a_counter_has_no_end(walk):
    """But the one that the author has given it; a number can be written as well."""
    walk.presses("7").types("12").types("60").asks("cats").presses("−1")
    assert walk.turn.toast == "Not less than none."
    walk.presses("+1", "+10", "+1", "−1").presses("Done: 11").asks("end")
    walk.commands("back").asks("cats").presses("+1").presses("Done: 12").asks("end")
    walk.commands("back").types("3").asks("end")
    assert walk.kept()["cats"] == "3"


def test_a_button_of_a_number_given_long_ago_offers_to_change_it(walk):
    """As every old button does."""
    walk.presses("7").types("12").asks("share")
    before = walk.said[-1]
    walk.types("60").asks("cats").presses_at(before, "+25").says("You have already been asked")
    walk.presses("Change that answer").asks("share")


def test_a_forged_step_changes_nothing(walk):
    """Whatever it says."""
    walk.presses("7").asks("towns")
    before = walk.prompt.actions[0].code
    for argument in ("", "m", "abc", "5", "9" * 30):
        walk.hears(Pressed(f"{before[:8]}j{argument}"))
    assert walk.asks("towns").session.draft == ()
    walk.types("12").asks("share")
    for argument in ("", "m", "abc", "9" * 30):
        walk.hears(Pressed(f"{walk.prompt.actions[0].code[:8]}j{argument}"))
    assert walk.asks("share").session.draft == ()


def test_buttons_do_not_stay_above_a_number_that_was_typed(walk):
    """Of few numbers or of a counter; a number that can only be written leaves its question as it is."""
    stays = []
    for name, number in {"vote": "7", "towns": "40", "share": "60", "cats": "2"}.items():
        walk.asks(name).types(number, message=name)
        stays.append(walk.turn.is_verbatim)
    assert stays == [False, True, False, False]

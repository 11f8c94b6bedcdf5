"""More choices than fit a page: pages, numbers that go on, and a part of a name that narrows them."""

import pytest

from conversations.protocol import Kind
from tests.scenario import Scenario
from tests.sheets import form

TOWNS = 5_000
LONGEST = 64


def towns(kind="select_one", count=TOWNS):
    """A questionnaire with so many towns, every hundredth of them on a lake."""
    names = (f"Comune {n:05}" + (" sul Lago" if n % 100 == 0 else "") for n in range(1, count + 1))
    rows = "\n".join(f"| | towns | t{number} | {name} |" for number, name in enumerate(names, 1))
    return form(f"""
| survey |
| | type | name | label |
| | {kind} towns | town | Which town? |
| | text | why | Why? |
| choices |
| | list_name | name | label |
{rows}
""")


@pytest.fixture(scope="module")
def many():
    return towns()


@pytest.fixture
def walk(many):
    return Scenario(many, language="it").takes_part()


def test_pages_of_choices_are_numbered_through(walk):
    """The number under which a choice is shown is the one that can be typed."""
    assert (walk.prompt.first, walk.prompt.pages, len(walk.prompt.choices)) == (1, 125, 40)
    walk.presses("Altre scelte", "Altre scelte")
    assert (walk.prompt.first, walk.prompt.choices[0].label) == (81, "Comune 00081")
    assert walk.types("83").kept() == {"town": "t83"}


def test_a_part_of_a_name_leaves_those_that_have_it(walk):
    """Shown anew, with how many they are; pressed or typed like all others."""
    walk.types("lago").asks("town").says("50 scelte corrispondono a «lago».")
    assert (walk.prompt.pages, walk.prompt.choices[0].label) == (2, "Comune 00100 sul Lago")
    assert walk.actions()[:2] == ["Altre scelte", "Tutte le scelte"]
    assert len(walk.derived.choices) == 40, "it is known after a restart"
    walk.presses("Altre scelte", "Comune 04500")
    assert walk.kept() == {"town": "t4500"}


def test_a_number_means_what_is_shown_under_it(walk):
    """Also among those that a part has left; what is not among them is looked for among all."""
    assert walk.types("lago").types("2").kept() == {"town": "t200"}
    walk.commands("back").types("lago").types("Comune 00007")
    assert walk.kept() == {"town": "t7"}


def test_all_the_choices_come_back(walk):
    """With a button, and at the next visit."""
    walk.types("lago").presses("Tutte le scelte")
    assert (walk.prompt.pages, walk.prompt.first) == (125, 1)
    walk.types("lago").types("1").commands("back")
    assert walk.prompt.pages == 125


def test_what_fits_nothing_changes_nothing(walk):
    """The choices stay as they are."""
    walk.types("mare").asks("town").says("mare")
    assert walk.prompt.pages == 125


def test_several_are_chosen_from_what_a_part_has_left():
    """Chosen on any page and through any part, all are kept."""
    walk = Scenario(towns("select_multiple", 100), language="it").takes_part()
    assert walk.prompt.kind is Kind.MANY
    walk.presses("Comune 00003").types("comune 0009")
    walk.presses("Comune 00099", "Tutte le scelte", "Comune 00001", "Fatto").asks("why")
    assert walk.kept() == {"town": "t1 t3 t99"}


def test_every_button_of_a_page_fits_a_keyboard(walk):
    """However many choices there are."""
    assert all(len(button.code) <= LONGEST for button in (*walk.prompt.choices, *walk.prompt.actions))

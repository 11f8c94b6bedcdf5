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
    assert (walk.prompt.first, walk.prompt.pages, len(walk.prompt.choices)) == (1, 500, 10)
    walk.says("Pagina 1 di 500").presses("Altre scelte", "Altre scelte").says("Pagina 3 di 500")
    assert (walk.prompt.first, walk.prompt.choices[0].label) == (21, "Comune 00021")
    assert walk.types("83").kept() == {"town": "t83"}


def test_a_part_of_a_name_leaves_those_that_have_it(walk):
    """Shown anew, with how many they are; pressed or typed like all others."""
    walk.types("lago").asks("town").says("50 scelte corrispondono a «lago».")
    assert (walk.prompt.pages, walk.prompt.choices[0].label) == (5, "Comune 00100 sul Lago")
    assert walk.actions()[:2] == ["Altre scelte", "Tutte le scelte"]
    assert len(walk.derived.choices) == 10, "it is known after a restart"
    walk.presses("Altre scelte", "Comune 01500")
    assert walk.kept() == {"town": "t1500"}


def test_a_number_means_what_is_shown_under_it(walk):
    """Also among those that a part has left; what is not among them is looked for among all."""
    assert walk.types("lago").types("2").kept() == {"town": "t200"}
    walk.commands("back").types("lago").types("Comune 00007")
    assert walk.kept() == {"town": "t7"}


def test_all_the_choices_come_back(walk):
    """With a button, and at the next visit."""
    walk.types("lago").presses("Tutte le scelte")
    assert (walk.prompt.pages, walk.prompt.first) == (500, 1)
    walk.types("lago").types("1").commands("back")
    assert walk.prompt.pages == 500


def test_what_fits_nothing_changes_nothing(walk):
    """The choices stay as they are."""
    walk.presses("Altre scelte").types("mare").asks("town").says("mare")
    assert (walk.prompt.pages, walk.prompt.first) == (500, 11)


def test_after_a_part_that_fits_nothing_all_choices_are_there_again(walk):
    """Nobody is told to choose among what an earlier part has left."""
    walk.types("lago").types("mare").asks("town").says("mare")
    assert (walk.prompt.pages, walk.prompt.first) == (500, 1)


def test_what_is_ticked_on_another_page_is_said():
    """The tick itself is out of sight; typed once more, it takes nothing away."""
    walk = Scenario(towns("select_multiple", 100), language="it").takes_part()
    walk.presses("Comune 00003").types("sul lago").says("Comune 00003, Comune 00100 sul Lago")
    walk.types("sul lago").asks("town").presses("Fatto")
    assert walk.kept() == {"town": "t3 t100"}


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


SERVICES = form("""
| survey |
| | type | name | label |
| | select_one s | best | Which service? |
| | select_multiple s | all | Which services? |
| | text | why | Why? |
| choices |
| | list_name | name | label |
| | s | roads | Strade provinciali |
| | s | parks | Parchi e città |
| | s | schools | Edilizia scolastica |
| | s | city | Città metropolitana |
| | s | cities | Cittadinanza |
""")


@pytest.fixture
def services():
    return Scenario(SERVICES, language="it").takes_part()


@pytest.mark.parametrize("kind", ["select_one", "select_multiple"])
def test_who_comes_back_sees_the_page_of_the_answer(kind):
    """From there the pages are turned as ever; another visit begins at the first."""
    walk = Scenario(towns(kind, count=100), language="en").takes_part().presses(*["More choices"] * 3, "Comune 00035")
    walk.presses(*["Done"] * (kind == "select_multiple")).commands("back")
    assert [one.label for one in walk.prompt.choices if one.chosen] == ["Comune 00035"]
    assert "Page 4 of 10" in walk.text
    walk.presses("Previous choices", "Previous choices", "Previous choices").says("Page 1 of 10")


def test_up_to_twelve_choices_are_one_page():
    """The thirteenth makes pages of ten."""
    assert Scenario(towns(count=12), language="it").takes_part().prompt.pages == 1
    walk = Scenario(towns(count=13), language="it").takes_part()
    assert (walk.prompt.pages, len(walk.prompt.choices)) == (2, 10)


def test_a_few_letters_find_choices_in_a_short_list_too(services):
    """The beginning of any word, without accents; several are offered to be pressed."""
    services.types("citta").asks("best").says("3 scelte corrispondono a «citta».")
    assert [button.label for button in services.prompt.choices] == [
        "Città metropolitana",
        "Cittadinanza",
        "Parchi e città",
    ]
    assert services.presses("Parchi e città").kept() == {"best": "parks"}


def test_two_letters_are_offered_and_not_taken(services):
    """They may be a slip."""
    services.types("st").asks("best").says("1 scelta corrisponde a «st».").offers("Strade provinciali")
    assert services.kept() == {}
    assert services.presses("Strade provinciali").kept() == {"best": "roads"}


def test_a_slip_of_the_finger_is_asked_about(services):
    """What resembles a choice is never taken by itself; "yes" is an answer to that question."""
    services.types("Edilzia scolastca").asks("best").says("Intendeva «Edilizia scolastica»?")
    services.offers("Edilizia scolastica")
    assert services.kept() == {}
    assert services.types("sì").kept() == {"best": "schools"}


def test_several_that_resemble_are_offered(services):
    """The most alike first."""
    services.types("cittadinaza metropolitana").asks("best").types("cittadinza")
    services.says("Intendeva").offers("Cittadinanza").presses("Tutte le scelte")
    assert len(services.prompt.choices) == len("12345")
    assert services.types("9").notices()[0].startswith("«9» non è"), "a number resembles nothing"


def test_towns_with_slips_are_found(walk):
    """Among thousands, at most five are offered."""
    walk.types("Comne 00017").asks("town").says("Intendeva una di queste?")
    assert len(walk.prompt.choices) == len("12345")
    assert walk.prompt.choices[0].label == "Comune 00017"
    assert walk.types("1").kept() == {"town": "t17"}


def test_what_is_ticked_stays_ticked_while_looking_for_more(services):
    """Narrowed or not, the draft is the same."""
    services.presses("Cittadinanza").asks("all").presses("Cittadinanza").types("strde").says("Intendeva")
    services.presses("Strade provinciali", "Fatto").asks("why")
    assert services.kept()["all"] == "roads cities"

"""Where people have stopped is told by question, as far as no small number is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.status_places import drop_off, places_section
from tests.sheets import form

FORM = form("""
| survey  |
|         | type         | name  | label::Italiano (it)            | label::English (en)  |
|         | note         | hello | Benvenuti                       | Welcome              |
|         | text         | a     | Come si chiama?                 | What is your name?   |
|         | begin_group  | g     | Gruppo                          | Group                |
|         | integer      | b     | Quanti anni ha compiuto lo scorso anno, in tutto? | How old? |
|         | end_group    |       |                                 |                      |
|         | begin_repeat | r     | Figli                           | Children             |
|         | text         | c     | Nome?                           | Name?                |
|         | end_repeat   |       |                                 |                      |
|         | text         | d     | Altro?                          | Anything else?       |
| settings |
|          | default_language |
|          | Italiano (it)    |
""")
PLACES = ("", "/data/gone", "/data/a", "/data/g/b", "/data/r[1]/c", "/data/r[12]/c", "/data/r+", "/data/d", "~review")
FOUND = st.dictionaries(st.sampled_from(PLACES), st.integers(1, 12))


SHORT = {"a": "/data/a", "b": "/data/g/b", "c": "/data/r[1]/c", "d": "/data/d"}


def shown(**found):
    """Question and number of each row, but for the total."""
    *rows, _ = places_section(FORM, {SHORT[name]: number for name, number in found.items()}).rows
    return [(row[0], row[2]) for row in rows]


def test_questions_are_in_the_order_of_the_questionnaire():
    """With those outside of it at both ends, the rows of a repeat together, and their wording cut short."""
    found = dict.fromkeys(PLACES, 5)
    *rows, total = places_section(FORM, found).rows
    assert [row[:3] for row in rows] == [
        ("(the beginning)", "", "5"),
        ("(an earlier version)", "", "5"),
        ("a", "Come si chiama?", "5"),
        ("b", "Quanti anni ha compiuto lo scorso …", "5"),
        ("r", "", "5"),
        ("c", "Nome?", "10"),
        ("d", "Altro?", "5"),
        ("(all is answered)", "", "5"),
    ]
    assert total == ("", "all who have begun and not handed in", "45", "100%")


def test_neighbours_with_few_are_one_stretch():
    """It ends as soon as it has five, unless that would leave fewer than five behind."""
    assert shown(a=1, b=4, c=3, d=3) == [("a … b", "5"), ("c … d", "6")]
    assert shown(a=1, b=4, c=3, d=1) == [("a … d", "9")]
    assert shown(a=1, b=1, c=9, d=8) == [("a … b", "<5"), ("c", "9"), ("d", ">=5")]


def test_a_lone_small_number_hides_the_next_as_well():
    """It would be the rest of the total."""
    assert shown(a=2, b=7, c=20) == [("a", "<5"), ("b", ">=5"), ("c", "20")]
    assert shown(a=2, b=7, c=3) == [("a", "<5"), ("b", "7"), ("c", "<5")]


@pytest.mark.parametrize("found", [{"/data/a": 4}, {"/data/a": 1, "/data/d": 3}])
def test_fewer_than_five_people_are_nowhere(found):
    """Nor is it said at which questions."""
    section = places_section(FORM, found)
    assert not section.rows
    assert "too few" in section.notes[0]


@given(FOUND)
def test_everybody_is_in_one_stretch(found):
    """In the order of the questionnaire, and no exact number is under five."""
    stretches = drop_off(FORM, found)
    if stretches is None:
        return
    assert sum(one.people.number for one in stretches) == sum(found.values())
    assert all(one.people.number >= 5 for one in stretches if one.people.is_exact)
    paths = [path for one in stretches for path in one.paths]
    assert len(paths) == len(set(paths))


@given(FOUND)
def test_questions_at_which_many_stopped_stand_alone(found):
    """They are what a coordinator looks for."""
    many = {place for place, number in found.items() if number >= 5} & {"/data/a", "/data/g/b", "/data/d"}
    alone = {one.paths[0] for one in drop_off(FORM, found) or () if len(one.paths) == 1}
    assert many <= alone or drop_off(FORM, found) is None

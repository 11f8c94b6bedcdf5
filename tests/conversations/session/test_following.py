"""What follows from an answer: relevance, calculations, and what is left alone."""

import pytest

from conversations.forms import load_form
from tests.sheets import form
from tests.walks import Walk


@pytest.fixture
def dinner():
    return Walk(
        form("""
        | survey |
        |        | type      | name   | label   | relevant      | calculation                          |
        |        | integer   | people | People? |               |                                      |
        |        | integer   | guests | Guests? | ${people} > 0 |                                      |
        |        | calculate | all    |         |               | coalesce(${people}, 0) + coalesce(${guests}, 0) |
        |        | integer   | plates | Plates? |               | ${people} * 2                        |
        |        | text      | why    | Why?    | ${all} > 10   |                                      |
        """),
    )


def test_a_question_that_is_not_relevant_is_not_asked(dinner):
    """Relevance decides which places there are."""
    assert dinner.asks() == ["people", "plates"]
    assert dinner.answer(people="1").asks() == ["people", "guests", "plates"]


def test_calculations_follow_each_other(dinner):
    """A calculation feeds a relevance: one answer settles both."""
    dinner.answer(people="4", guests="8")
    assert dinner.value("all") == "12"
    assert "why" in dinner.asks()


def test_a_hidden_answer_counts_as_blank_and_comes_back(dinner):
    """The value of what is not relevant is kept aside."""
    dinner.answer(people="4", guests="8").answer(people="0")
    assert (dinner.value("guests"), dinner.value("all")) == ("", "0")
    assert dinner.answer(people="4").value("guests") == "8"


def test_a_corrected_calculation_stays(dinner):
    """What a respondent changed stays until something it depends on changes, over any number of restarts."""
    dinner.answer(people="4").answer(plates="9").answer(guests="1")
    assert dinner.reload().value("plates") == "9"
    assert dinner.answer(people="5").value("plates") == "10"


def test_arithmetic_with_a_blank_is_blank():
    """5 + blank is no number, and no number is stored as nothing."""
    sum_of_two = Walk(
        form("""
        | survey |
        |        | type      | name | label | calculation   |
        |        | integer   | a    | A?    |               |
        |        | integer   | b    | B?    |               |
        |        | calculate | both |       | ${a} + ${b}   |
        """),
    )
    assert sum_of_two.answer(a="5").value("both") == ""
    assert sum_of_two.answer(b="0").value("both") == "5"


def test_chance_is_drawn_once():
    """once(), random() and uuid() keep what they gave, and the same seed gives the same."""
    lot = form("""
    | survey |
    |        | type      | name  | label | calculation              |
    |        | text      | q     | Q?    |                          |
    |        | calculate | drawn |       | once(random())           |
    |        | calculate | key   |       | concat(uuid(), ${drawn}) |
    """)
    walk = Walk(lot, seed=1)
    before = walk.value("drawn"), walk.value("key")
    walk.answer(q="x")
    assert (walk.value("drawn"), walk.value("key")) == before
    assert Walk(lot, seed=1).value("key") == before[1]
    assert Walk(lot, seed=2).value("key") != before[1]


def test_a_group_hides_all_that_is_in_it():
    """Relevance is inherited; a relevant question in a hidden group is hidden."""
    walk = Walk(
        form("""
        | survey |
        |        | type        | name  | label | relevant    |
        |        | text        | open  | Open? |             |
        |        | begin group | outer | Outer | ${open} = 1 |
        |        | begin group | inner | Inner |             |
        |        | text        | deep  | Deep? |             |
        |        | end group   |       |       |             |
        |        | end group   |       |       |             |
        """),
    )
    assert walk.asks() == ["open"]
    assert not walk.session.is_relevant("/data/outer/inner/deep")
    walk.answer(open="1")
    assert walk.session.positions()[-1].groups == ("/data/outer", "/data/outer/inner")


def test_a_relevance_that_fails_to_evaluate_shows_the_question():
    """A question is asked rather than lost when its condition has no value."""
    walk = Walk(
        form("""
        | survey |
        |        | type | name | label | relevant            | calculation |
        |        | text | q    | Q?    | jr:choice-name(1)   |             |
        """),
    )
    assert walk.asks() == ["q"]


def test_expressions_that_chase_each_other_come_to_an_end():
    """A cycle is refused by the check; should one be walked all the same, it stops."""
    walk = Walk(
        load_form("""
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title>
        <model><instance><data id="t"><q/><a>0</a><b>0</b></data></instance>
        <bind nodeset="/data/a" calculate="/data/b + 1"/><bind nodeset="/data/b" calculate="/data/a + 1"/>
        </model></h:head><h:body><input ref="/data/q"/></h:body></h:html>
        """),
    )
    assert int(walk.value("a")) > 1
    assert walk.answer(q="x").value("q") == "x"


@pytest.mark.parametrize(
    ("sheet", "changes"),
    [
        ("| | text | town | Town? | | |\n| | text | size | Size? | ${town} = 'p' | |", True),
        ("| | text | town | Town? | | |\n| | text | size | Size? | | ${town} = 'p' |", True),
        ("| | text | town | Town? | | |\n| | begin repeat | r | R | ${town} = 'p' | |\n| | text | q | Q | | |\n| | end repeat |", True),
        ("| | text | town | Town? | | |\n| | note | size | Size | | |", False),
    ],
    ids=["relevance", "readonly", "a repeat", "nothing"],
)  # fmt: skip
def test_the_shape_tells_whether_the_places_may_have_changed(sheet, changes):
    """A walk asks for the places again only then."""
    walk = Walk(form(f"| survey |\n| | type | name | label | relevant | readonly |\n{sheet}"))
    walk.reload()
    before = walk.session.shape
    walk.session.answer("/data/town", "p")
    assert (walk.session.shape != before) is changes


def test_a_long_chain_from_the_last_row_to_the_first_is_followed_to_its_end():
    """Each row reads the next one; however many there are, all of them have their value."""
    walk = Walk(
        load_form("""
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
         xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title>
        <model><instance><data id="t"><n>120</n><row><left/></row></data></instance><bind nodeset="/data/n" type="int"/>
        <bind nodeset="/data/row/left" calculate="1 + coalesce(/data/row[position(current()/..) + 1]/left, 0)"/>
        </model></h:head><h:body><input ref="/data/n"/>
        <repeat nodeset="/data/row" jr:count="/data/n"><input ref="/data/row/left"/></repeat></h:body></h:html>
        """),
    )
    assert walk.value("left[1]") == "120"
    assert walk.answer(n="125").value("left[1]") == "125"

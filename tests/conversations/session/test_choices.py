"""The choices on offer: filtered, shuffled, taken from rows; and what becomes of answers when they change."""

import pytest

from conversations.forms import load_form
from conversations.session import ChoiceItem
from tests.sheets import form
from tests.walks import Walk

TOWNS = form("""
| survey  |
|         | type                 | name  | label  | choice_filter   | relevant      | calculation                     |
|         | text                 | show  | Show?  |                 |               |                                 |
|         | begin group          | g     | Group  |                 | ${show} = ''  |                                 |
|         | select_one zones     | zone  | Zone?  |                 |               |                                 |
|         | select_one towns     | town  | Town?  | zone = ${zone}  |               |                                 |
|         | select_multiple towns | some | Some?  | zone = ${zone}  |               |                                 |
|         | end group            |       |        |                 |               |                                 |
|         | calculate            | name  |        |                 |               | jr:choice-name(${town}, '${town}') |
| choices |
|         | list_name | name | label::Italiano (it) | label::English (en) | zone |
|         | zones     | n    | Nord                 | North               |      |
|         | zones     | s    | Sud                  | South               |      |
|         | towns     | a    | Alba                 | Dawn                | n    |
|         | towns     | b    | Bosco                | Wood                | n    |
|         | towns     | c    | Costa                | Coast               | s    |
""")


@pytest.fixture
def towns():
    return Walk(TOWNS, language="Italiano (it)")


def test_the_filter_looks_at_the_answer(towns):
    """No zone, no town."""
    assert towns.offers("town") == []
    assert towns.answer(zone="n").session.choices("/data/g/town") == (ChoiceItem("a", "Alba"), ChoiceItem("b", "Bosco"))


def test_an_answer_that_is_no_longer_offered_vanishes(towns):
    """From the answer, and from what depends on it."""
    towns.answer(zone="n").answer(town="a", some="a b")
    assert towns.value("name") == "Alba"
    towns.answer(zone="s")
    assert (towns.value("town"), towns.value("some"), towns.value("name")) == ("", "", "")


def test_hidden_answers_are_not_filtered_away(towns):
    """While a section is hidden its questions read as blank, but nobody chose anything else."""
    towns.answer(zone="n").answer(town="a").answer(show="no")
    assert towns.value("town") == ""
    assert towns.answer(show="").value("town") == "a"


def test_labels_and_choice_names_speak_the_language_of_the_session(towns):
    """A calculation that says a label is said anew in another language."""
    towns.answer(zone="n").answer(town="b")
    towns.session.set_language("English (en)")
    assert towns.session.choices("/data/g/zone")[0].label == "North"
    assert towns.reload().value("name") == "Wood"


def test_an_unknown_language_changes_nothing(towns):
    """Old buttons may name a language that the questionnaire does not have."""
    towns.session.set_language("Deutsch (de)")
    assert towns.session.language == "Italiano (it)"


def test_what_is_no_choice_has_no_choices(towns):
    """A text question offers nothing."""
    assert towns.session.choices("/data/show") == ()


def test_choices_from_the_rows_of_a_repeat():
    """select_one ${name}: one choice for each row that has a name."""
    walk = Walk(
        form("""
        | survey |
        |        | type             | name   | label   |
        |        | begin repeat     | person | Person  |
        |        | text             | name   | Name?   |
        |        | end repeat       |        |         |
        |        | select_one ${name} | oldest | Oldest? |
        """),
    )
    walk.session.add_repeat("/data/person")
    walk.answer(**{"name[1]": "Ada", "name[2]": "Ben"})
    assert walk.offers("oldest") == ["Ada", "Ben"]
    walk.answer(oldest="Ben").answer(**{"name[2]": "Bea"})
    assert walk.value("oldest") == ""


def test_a_shuffle_differs_from_question_to_question():
    """The order follows from the seed of the session and the question."""
    many = " \n".join(f"| | l | c{n} | C{n} |" for n in range(12))
    shuffled = form(f"""
    | survey  |
    |         | type         | name | label | parameters     |
    |         | select_one l | a    | A?    | randomize=true |
    |         | select_one l | b    | B?    | randomize=true |
    | choices |
    |         | list_name | name | label |
    {many}
    """)
    walk = Walk(shuffled, seed=3)
    assert walk.offers("a") != walk.offers("b")
    assert sorted(walk.offers("a")) == sorted(walk.offers("b"))
    assert Walk(shuffled, seed=3).offers("a") == walk.reload().offers("a")


def test_choices_written_into_the_question():
    """Forms from elsewhere have items without a list."""
    walk = Walk(load_items())
    assert walk.session.choices("/data/q") == (ChoiceItem("a", "It is A"), ChoiceItem("b", "It is B"))
    assert walk.answer(q="b").value("said") == "It is B"
    assert walk.value("none") == ""


def load_items():
    return load_form("""
    <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title><model>
    <instance><data id="t"><q/><said/><none/></data></instance>
    <bind nodeset="/data/said" calculate="jr:choice-name(/data/q, '/data/q')"/>
    <bind nodeset="/data/none" calculate="jr:choice-name('a', '/data/said')"/>
    </model></h:head><h:body><select1 ref="/data/q">
    <item><label>It is A</label><value>a</value></item><item><label>It is B</label><value>b</value></item>
    </select1></h:body></h:html>
    """)

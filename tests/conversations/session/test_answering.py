"""What is taken as an answer, and what is refused with which reason."""

import pytest

from conversations.forms import load_form
from conversations.session import Refused
from conversations.session.engine import UnknownNode
from tests.sheets import form
from tests.walks import Walk

KINDS = form("""
| survey  |
|         | type               | name  | label | required | required_message | constraint    | constraint_message | parameters        |
|         | text               | word  | Word? | yes      | We need it.      |               |                    |                   |
|         | integer            | whole | Whole? |         |                  | . != 13       | Not ${word}!       |                   |
|         | decimal            | real  | Real? |          |                  |               |                    |                   |
|         | date               | day   | Day?  |          |                  | . <= today()  |                    |                   |
|         | time               | hour  | Hour? |          |                  |               |                    |                   |
|         | dateTime           | when  | When? |          |                  |               |                    |                   |
|         | range              | scale | 0-10? |          |                  |               |                    | start=0 end=10 step=1 |
|         | select_one l       | one   | One?  |          |                  |               |                    |                   |
|         | select_multiple l  | many  | Many? |          |                  |               |                    |                   |
|         | rank l             | order | Order? |         |                  |               |                    |                   |
|         | acknowledge        | ok    | OK?   |          |                  |               |                    |                   |
| choices |
|         | list_name | name | label |
|         | l         | a    | A     |
|         | l         | b    | B     |
|         | l         | c    | C     |
""")


@pytest.fixture
def walk():
    return Walk(KINDS)


@pytest.mark.parametrize(
    ("name", "answer", "stored"),
    [
        ("word", "  kept as it is ", "  kept as it is "),
        ("word", "a\x00b\ud800c\n😀", "abc\n😀"),
        ("whole", "007", "7"),
        ("whole", "-3", "-3"),
        ("whole", "2.9", "2"),
        ("real", "2.50", "2.5"),
        ("real", "1000000000000", "1000000000000"),
        ("day", "2026-03-10", "2026-03-10"),
        ("day", "2026-03-10T10:00:00", "2026-03-10"),
        ("hour", "09:30:00", "09:30:00"),
        ("when", "2026-03-10T09:30:00+01:00", "2026-03-10T09:30:00+01:00"),
        ("scale", "10", "10"),
        ("one", "b", "b"),
        ("many", "c a", "a c"),
        ("many", "b b", "b"),
        ("order", "c a b", "c a b"),
        ("ok", "OK", "OK"),
        ("whole", "", ""),
    ],
)
def test_an_answer_is_stored_in_the_form_of_its_type(walk, name, answer, stored):
    """Numbers in their shortest form, choices in the order of the list, a ranking in the respondent's."""
    walk.answer(**{name: answer})
    assert walk.reload().value(name) == stored


@pytest.mark.parametrize(
    ("name", "answer", "reason"),
    [
        ("word", "", "required"),
        ("whole", "many", "type"),
        ("whole", "99999999999", "type"),
        ("whole", "13", "constraint"),
        ("real", "1,5", "type"),
        ("day", "2026-02-30", "type"),
        ("day", "10.3.2026", "type"),
        ("day", "2026-03-10T25:00:00", "type"),
        ("day", "2026-03-11", "constraint"),
        ("hour", "9:30", "type"),
        ("when", "2026-03-10", "type"),
        ("scale", "11", "type"),
        ("one", "z", "choice"),
        ("one", "a b", "choice"),
        ("many", "a z", "choice"),
        ("order", "a z", "choice"),
    ],
)
def test_a_refused_answer_leaves_everything_as_it_was(walk, name, answer, reason):
    """The reason says what was wrong with it."""
    walk.answer(word="so")
    before = walk.session.snapshot()
    refused = walk.refused(name, answer)
    assert refused is not None
    assert refused.reason == reason
    assert walk.session.snapshot() == before


def test_the_author_says_why(walk):
    """Messages come with the refusal, their outputs filled in; "" when the author gave none."""
    walk.answer(word="thirteen")
    assert walk.refused("whole", "13") == Refused("constraint", "Not thirteen!")
    assert walk.refused("word", "") == Refused("required", "We need it.")
    assert walk.refused("day", "2027-01-01") == Refused("constraint", "")
    assert walk.session.required_message("/data/word") == "We need it."


def test_required_is_known_before_the_answer(walk):
    """A chat offers to skip only what is not required."""
    assert walk.session.is_required("/data/word")
    assert not walk.session.is_required("/data/whole")


def test_what_is_wrong_at_the_end_is_listed(walk):
    """validate() looks at every relevant node."""
    assert walk.session.validate() == [("/data/word", "required")]


def test_a_constraint_sees_the_candidate_in_its_place():
    """Uniqueness across rows: the candidate counts, and is gone when refused."""
    walk = Walk(
        form("""
        | survey |
        |        | type         | name | label | constraint                      |
        |        | begin repeat | rows | Row   |                                 |
        |        | text         | code | Code? | count(${rows}[code = current()/.]) = 1 |
        |        | end repeat   |      |       |                                 |
        """),
    )
    walk.session.add_repeat("/data/rows")
    assert walk.refused("code[1]", "x") is None
    assert walk.refused("code[2]", "x") == Refused("constraint", "")
    assert walk.value("code[2]") == ""
    assert walk.refused("code[2]", "y") is None


def test_an_answer_to_nothing_is_our_mistake(walk):
    """A ref that names no node raises; a value of it is None."""
    with pytest.raises(UnknownNode):
        walk.session.answer("/data/nowhere", "x")
    with pytest.raises(UnknownNode):
        walk.session.answer("/other/word", "x")
    assert walk.session.value("/data/nowhere") is None
    assert walk.session.value("/data/word[2]") is None


POINTS = """
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title><model>
<instance><data id="t"><here/><way/><around/><yes/><n/></data></instance>
<bind nodeset="/data/here" type="geopoint"/><bind nodeset="/data/way" type="geotrace"/><bind nodeset="/data/around" type="geoshape"/>
<bind nodeset="/data/yes" type="boolean"/><bind id="number" nodeset="/data/n" type="int"/>
</model></h:head><h:body>
<input ref="/data/here"/><input ref="/data/way"/><input ref="yes"/><input bind="number"/>
</h:body></h:html>
"""


@pytest.mark.parametrize(
    ("ref", "answer", "stored"),
    [
        ("/data/here", "45.46 9.19", "45.46 9.19"),
        ("/data/here", "45.46 9.19 120 5", "45.46 9.19 120.0 5.0"),
        ("/data/here", "91 9.19", None),
        ("/data/here", "45.46", None),
        ("/data/here", "here", None),
        ("/data/way", "1 1;2 2", "1 1;2 2"),
        ("/data/way", "1 1;x", None),
        ("/data/way", "1 1;2 2;1 1", None),
        ("/data/around", "1 1;2 2;1 2;1 1", "1 1;2 2;1 2;1 1"),
        ("/data/around", "1 1;2 2;1 2", None),
        ("/data/here", "0 0", None),
        ("/data/yes", "true", "true"),
        ("/data/yes", "perhaps", None),
        ("/data/n", "12", "12"),
    ],
)
def test_types_of_forms_from_elsewhere(ref, answer, stored):
    """An XForm may hold types that a chat does not ask for yet; what does not fit is refused all the same."""
    session = Walk(load_form(POINTS)).session
    refused = session.answer(ref, answer)
    assert (refused is None) == (stored is not None)
    assert session.value(ref) == (stored or "")

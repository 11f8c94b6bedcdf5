"""Rows: added and removed by the respondent, or made by a count."""

import pytest

from conversations.forms import load_form
from conversations.forms.limits import ROW_LIMIT
from conversations.session import PositionKind
from conversations.session.engine import UnknownNode
from tests.sheets import form
from tests.walks import Walk

CHILDREN = form("""
| survey |
|        | type         | name  | label          | calculation                                  | default |
|        | begin repeat | child | Child          |                                              |         |
|        | calculate    | place |                | position(..)                                 |         |
|        | text         | name  | Name of ${place}? |                                           |         |
|        | integer      | age   | Age?           |                                              | 1       |
|        | calculate    | older |                | sum(${age})                                  |         |
|        | end repeat   |       |                |                                              |         |
|        | calculate    | total |                | sum(${age})                                  |         |
|        | calculate    | names |                | join(', ', ${name})                          |         |
|        | calculate    | many  |                | count(${child})                              |         |
""")

COUNTED = form("""
| survey |
|        | type         | name  | label   | relevant     | repeat_count |
|        | integer      | n     | How many? |            |              |
|        | text         | hide  | Hide?   |              |              |
|        | begin repeat | row   | Row     | ${hide} = '' | ${n}         |
|        | text         | what  | What?   |              |              |
|        | end repeat   |       |         |              |              |
""")


@pytest.fixture
def children():
    return Walk(CHILDREN)


@pytest.fixture
def counted():
    return Walk(COUNTED)


def test_an_open_repeat_begins_with_one_row_and_asks_for_another(children):
    """REPEAT stands after the last row, its ref has no position, and it knows how many rows there are."""
    places = children.session.positions()
    assert [place.ref for place in places] == ["/data/child[1]/name", "/data/child[1]/age", "/data/child"]
    assert (places[-1].kind, places[-1].count) == (PositionKind.REPEAT, 1)


def test_sums_and_positions_follow_the_rows(children):
    """What reads all rows, or the number of a row, is looked at again when rows come and go."""
    children.answer(**{"name[1]": "Ada", "age[1]": "4"})
    children.session.add_repeat("/data/child")
    children.answer(**{"name[2]": "Ben", "age[2]": "6"})
    assert (children.value("total"), children.value("names"), children.value("many")) == ("10", "Ada, Ben", "2")
    children.session.remove_repeat("/data/child[1]")
    assert (children.value("total"), children.value("names"), children.value("many")) == ("6", "Ben", "1")
    assert children.value("place[1]") == "1"


def test_a_new_row_has_the_defaults_of_a_row(children):
    """Not the answers of the first row."""
    children.answer(**{"age[1]": "40"})
    children.session.add_repeat("/data/child")
    assert children.value("age[2]") == "1"


def test_the_last_row_can_go_as_well(children):
    """Then only the question whether to add one is left."""
    children.session.remove_repeat("/data/child[1]")
    assert [(place.kind, place.count) for place in children.session.positions()] == [(PositionKind.REPEAT, 0)]
    assert children.session.label("/data/child") == "Child"
    assert children.session.is_relevant("/data/child")


@pytest.mark.no_cover
def test_rows_are_not_added_without_end(children):
    """At the limit nothing is added and nothing is offered."""
    for _ in range(ROW_LIMIT + 2):
        children.session.add_repeat("/data/child")
    assert children.session.repeat_count("/data/child") == ROW_LIMIT
    assert children.session.positions()[-1].kind is PositionKind.QUESTION


def test_a_count_makes_rows(counted):
    """Before it is answered there are none; no question whether to add one is asked."""
    assert counted.session.repeat_count("/data/row") == 0
    counted.answer(n="3")
    assert counted.asks() == ["n", "hide", "what", "what", "what"]


def test_a_smaller_count_keeps_the_rows_for_a_larger_one(counted):
    """They are not handed in meanwhile."""
    counted.answer(n="2").answer(**{"what[1]": "a", "what[2]": "b"}).answer(n="1")
    assert ("/data/row[2]/what", "b") not in counted.session.submission_values()
    assert counted.answer(n="2").value("what[2]") == "b"


def test_a_blank_count_leaves_the_rows_alone(counted):
    """Nothing is lost by taking the number back."""
    counted.answer(n="2").answer(n="")
    assert counted.session.repeat_count("/data/row") == 2


def test_a_count_is_not_applied_while_the_repeat_is_hidden(counted):
    """Rows and answers come back with the repeat; then the count holds."""
    counted.answer(n="2").answer(**{"what[2]": "b"}).answer(hide="yes").answer(n="1")
    assert counted.session.repeat_count("/data/row") == 2
    assert counted.answer(n="2", hide="").value("what[2]") == "b"
    assert counted.answer(hide="yes", n="1").answer(hide="").session.repeat_count("/data/row") == 1


@pytest.mark.parametrize(("said", "rows"), [("2.7", 2), ("-4", 0), ("100000", ROW_LIMIT)])
def test_odd_counts(counted, said, rows):
    """Whole rows, not fewer than none, not more than the limit."""
    counted.answer(n=said)
    assert counted.session.repeat_count("/data/row") == rows


def test_repeats_in_repeats():
    """A new outer row has no inner rows yet; inner rows belong to their outer row."""
    walk = Walk(
        form("""
        | survey |
        |        | type         | name   | label  |
        |        | begin repeat | house  | House  |
        |        | text         | street | Street? |
        |        | begin repeat | guest  | Guest  |
        |        | text         | who    | Who?   |
        |        | end repeat   |        |        |
        |        | end repeat   |        |        |
        """),
    )
    walk.session.add_repeat("/data/house")
    assert walk.session.repeat_count("/data/house[2]/guest") == 0
    walk.session.add_repeat("/data/house[2]/guest")
    walk.session.add_repeat("/data/house[2]/guest")
    walk.session.answer("/data/house[2]/guest[2]/who", "Ada")
    before = walk.session.positions()
    assert walk.reload().session.positions() == before
    assert walk.session.value("/data/house[2]/guest[2]/who") == "Ada"
    assert before[-2].ref == "/data/house[2]/guest"
    assert before[-2].groups == ("/data/house[2]",)


def test_a_running_total_looks_at_the_row_before():
    """Rows that read each other are no cycle, and all that follow are looked at again."""
    walk = Walk(
        form("""
        | survey |
        |        | type         | name  | label | calculation |
        |        | begin repeat | row   | Row   |             |
        |        | integer      | x     | X?    |             |
        |        | calculate    | total |       | ${x} + coalesce(/data/row[position() = position(current()/..) - 1]/total, 0) |
        |        | end repeat   |       |       |             |
        """),
    )
    for row in range(1, 6):
        if row > 1:
            walk.session.add_repeat("/data/row")
        walk.answer(**{f"x[{row}]": "1"})
    assert walk.value("total[5]") == "5"
    assert walk.answer(**{"x[1]": "10"}).value("total[5]") == "14"


def test_only_rows_can_be_removed(children):
    """Anything else is our mistake."""
    for ref in ("/data/child[1]/name", "/data/child[7]", "/data"):
        with pytest.raises(UnknownNode):
            children.session.remove_repeat(ref)
    with pytest.raises(UnknownNode):
        children.session.add_repeat("/data/total")


HOUSES = load_form("""
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>t</h:title><model><instance><data id="t">
<house jr:template=""><person jr:template=""><name>nobody</name></person><person><name>nobody</name></person></house>
<house><person><name>somebody</name></person></house>
</data></instance></model></h:head><h:body>
<repeat nodeset="/data/house"><repeat nodeset="/data/house/person"><input ref="/data/house/person/name"/></repeat></repeat>
</h:body></h:html>
""")


def test_a_new_row_begins_with_the_inner_rows_of_its_model():
    """The author said with how many persons a house begins."""
    walk = Walk(HOUSES)
    walk.session.add_repeat("/data/house")
    assert [walk.session.repeat_count(f"/data/house[{place}]/person") for place in (1, 2)] == [1, 1]


def test_rows_of_inner_repeats_have_their_defaults_in_every_row():
    """Those of the first house are made after the same model as those of houses that are added."""
    walk = Walk(HOUSES)
    walk.session.add_repeat("/data/house[1]/person")
    walk.session.add_repeat("/data/house")
    names = [walk.session.value(f"/data/house[{row}]/person[{place}]/name") for row, place in ((1, 1), (1, 2), (2, 1))]
    assert names == ["somebody", "nobody", "nobody"]


def test_inner_rows_of_a_new_row_are_new_rows_as_well():
    """What the author lets happen in a new row happens in each of them."""
    walk = Walk(
        load_form("""
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
         xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model><instance><data id="t">
        <house jr:template=""><person jr:template=""><name/></person><person><name/></person></house>
        </data></instance></model></h:head><h:body><repeat nodeset="/data/house"><repeat nodeset="/data/house/person">
        <input ref="/data/house/person/name"/>
        <setvalue event="odk-new-repeat" ref="/data/house/person/name" value="concat('person ', position(..))"/>
        </repeat></repeat></h:body></h:html>
        """),
    )
    walk.session.add_repeat("/data/house")
    assert walk.session.value("/data/house[1]/person[1]/name") == "person 1"


DICE = form("""
| survey |
|        | type         | name  | label | default  |
|        | begin repeat | throw | Throw |          |
|        | decimal      | dice  | Dice? | random() |
|        | text         | mark  | Mark? | uuid()   |
|        | end repeat   |       |       |          |
""")


def test_what_is_drawn_in_rows_after_a_restore_has_not_been_drawn_before():
    """The snapshot says how many numbers were taken: another row, another number and another uuid()."""
    walk = Walk(DICE)
    for _ in range(3):
        walk.reload().session.add_repeat("/data/throw")
    drawn = [walk.session.value(f"/data/throw[{row}]/{name}") for row in range(1, 5) for name in ("dice", "mark")]
    assert all(drawn)
    assert len({*drawn}) == len(drawn)

"""Defaults, setvalue, the clock; and what is handed in at the end."""

from defusedxml import ElementTree

from conversations.forms import load_form
from conversations.session import FormSession
from tests.sheets import form
from tests.walks import NOON, Walk

LOGGED = form("""
| survey |
|        | type         | name    | label   | default          | trigger  | calculation      |
|        | start        | begun   |         |                  |          |                  |
|        | end          | ended   |         |                  |          |                  |
|        | today        | day     |         |                  |          |                  |
|        | note         | hello   | Hello   |                  |          |                  |
|        | text         | name    | Name?   | Ada              |          |                  |
|        | date         | asked   | Asked?  | today()          |          |                  |
|        | calculate    | changed |         |                  | ${name}  | concat(${name}, '!') |
|        | begin repeat | row     | Row     |                  |          |                  |
|        | text         | first   | First?  | concat(${name}, position(..)) |  |             |
|        | end repeat   |         |         |                  |          |                  |
""")


def test_defaults_are_there_from_the_start():
    """Static ones and those that are worked out."""
    walk = Walk(LOGGED)
    assert (walk.value("name"), walk.value("asked"), walk.value("day")) == ("Ada", "2026-03-10", "2026-03-10")
    assert walk.value("begun") == "2026-03-10T12:00:00.000+01:00"


def test_a_trigger_acts_when_its_question_changes():
    """Not before, and not when the answer stays the same."""
    walk = Walk(LOGGED)
    assert walk.value("changed") == ""
    assert walk.answer(name="Ben").value("changed") == "Ben!"


def test_a_default_in_a_repeat_is_worked_out_for_each_row():
    """odk-new-repeat, in the row that is new."""
    walk = Walk(LOGGED).answer(name="Ben")
    walk.session.add_repeat("/data/row")
    assert (walk.value("first[1]"), walk.value("first[2]")) == ("Ada1", "Ben2")


def test_restoring_fires_nothing():
    """Neither first-load actions nor calculations: what was corrected or emptied stays so."""
    walk = Walk(LOGGED).answer(name="", asked="")
    later = NOON.replace(day=20)
    session = FormSession.restore(LOGGED, walk.session.snapshot(), now=later)
    assert (session.value("/data/name"), session.value("/data/asked"), session.value("/data/day")) == (
        "",
        "",
        "2026-03-10",
    )


def test_the_end_is_the_last_change():
    """Each answer moves it; looking does not."""
    walk = Walk(LOGGED)
    assert walk.value("ended") == ""
    session = FormSession.restore(LOGGED, walk.session.snapshot(), now=NOON.replace(hour=15))
    session.answer("/data/name", "Ben")
    assert session.value("/data/ended") == "2026-03-10T15:00:00.000+01:00"


def test_what_is_handed_in():
    """Relevant leaves in document order with the numbers of rows; neither notes nor meta."""
    walk = Walk(LOGGED)
    refs = [ref for ref, _ in walk.session.submission_values()]
    assert refs == [
        *("/data/begun", "/data/ended", "/data/day", "/data/name", "/data/asked", "/data/changed"),
        "/data/row[1]/first",
    ]


def test_the_same_as_xml():
    """Here the identity of the instance is in: it follows from the seed."""
    root = ElementTree.fromstring(Walk(LOGGED, seed=1).session.submission())
    assert root.get("id")
    assert root.findtext("name") == "Ada"
    assert root.findtext("meta/instanceID").startswith("uuid:")
    again = ElementTree.fromstring(Walk(LOGGED, seed=1).session.submission())
    assert again.findtext("meta/instanceID") == root.findtext("meta/instanceID")


def test_a_setvalue_may_pick_rows():
    """The target is a predicate; actions that set each other off come to rest."""
    walk = Walk(
        load_form("""
        <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>t</h:title>
        <model><instance><data id="t"><a/><b/><rep><x/></rep><rep><x/></rep></data></instance></model></h:head><h:body>
        <input ref="/data/a">
          <setvalue event="xforms-value-changed" ref="/data/rep[position() = 2]/x" value="/data/a"/>
          <setvalue event="xforms-value-changed" ref="/data/b" value="/data/a + 1"/>
        </input>
        <input ref="/data/b"><setvalue event="xforms-value-changed" ref="/data/a" value="/data/b + 1"/></input>
        <repeat nodeset="/data/rep"><input ref="x"/></repeat></h:body></h:html>
        """),
    )
    walk.session.answer("/data/a", "1")
    assert walk.value("x[1]") == ""
    assert walk.value("x[2]") != ""


def test_a_first_calculation_triggers_nothing():
    """A trigger waits for a change, and a result that is there from the start is none."""
    counted = form("""
| survey |
|        | type      | name    | label | calculation | trigger  |
|        | integer   | bought  | Bought? |           |          |
|        | integer   | spent   | Spent | coalesce(${bought}, 0) * 2 | |
|        | calculate | noticed |       | concat('spent ', ${spent}) | ${spent} |
""")
    walk = Walk(counted)
    assert walk.value("noticed") == ""
    assert walk.answer(bought="4").value("noticed") == "spent 8"

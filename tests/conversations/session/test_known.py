"""What a session takes over when it begins: answers of the previous response, and what is known of the person."""

import json

from conversations.session import Known
from tests.sheets import form
from tests.walks import NOON, Walk

BEFORE = (
    ("/data/office", "Milano"),
    ("/data/child[1]/name", "Ada"),
    ("/data/child[2]/name", "Bea"),
    ("/data/other", "canary"),
)
YEARLY = """
| survey |
|        | type         | name   | label  | default              | calculation             |
|        | text         | office | Where? | ${last-saved#office} |                         |
|        | text         | other  | Other? |                      |                         |
|        | calculate    | was    |        |                      | ${last-saved#office}    |
|        | begin repeat | child  | Child  |                      |                         |
|        | text         | name   | Name?  |                      |                         |
|        | end repeat   |        |        |                      |                         |
|        | calculate    | many   |        |                      | count(instance('__last-saved')/data/child) |
|        | calculate    | second |        |                      | instance('__last-saved')/data/child[2]/name |
"""


def test_a_default_is_the_answer_of_last_time():
    """It can be changed; what it was stays known."""
    walk = Walk(form(YEARLY), known=Known(BEFORE))
    assert walk.value("office") == "Milano"
    walk.answer(office="Monza")
    assert (walk.value("office"), walk.value("was")) == ("Monza", "Milano")


def test_rows_of_last_time_are_counted_and_read():
    """By their place."""
    walk = Walk(form(YEARLY), known=Known(BEFORE))
    assert (walk.value("many"), walk.value("second")) == ("2", "Bea")


def test_without_a_previous_response_all_of_it_is_blank():
    """As for everybody the first time."""
    walk = Walk(form(YEARLY))
    assert (walk.value("office"), walk.value("was"), walk.value("many")) == ("", "", "0")


def test_only_what_the_questionnaire_reads_is_kept():
    """Other answers of last time are not copied into this session."""
    table = YEARLY.replace("[2]/name", "/name")
    kept = Walk(form(table), known=Known(BEFORE)).session.snapshot()
    assert kept["last_saved"] == [list(pair) for pair in BEFORE[:3]]
    assert "canary" not in json.dumps(kept)


def test_a_questionnaire_that_does_not_ask_keeps_nothing_of_last_time():
    """Its snapshot says nothing of it."""
    plain = "| survey |\n| | type | name | label |\n| | text | office | Where? |"
    assert "last_saved" not in Walk(form(plain), known=Known(BEFORE)).session.snapshot()


METADATA = """
| survey |
|        | type        | name   | label | calculation |
|        | start       | begun  |       |             |
|        | end         | ended  |       |             |
|        | today       | day    |       |             |
|        | deviceid    | device |       |             |
|        | username    | user   |       |             |
|        | phonenumber | phone  |       |             |
|        | email       | mail   |       |             |
|        | simserial   | sim    |       |             |
|        | text        | q      | Q?    |             |
|        | calculate   | who    |       | concat(${user}, '!') |
"""


def test_metadata_are_filled_in_when_the_session_begins():
    """From the clock, and from what is known of the person."""
    walk = Walk(form(METADATA), known=Known(person={"deviceid": "colloquio:web:1", "username": "P1"}))
    assert walk.value("begun") == NOON.isoformat(timespec="milliseconds")
    assert walk.value("day") == "2026-03-10"
    assert (walk.value("device"), walk.value("user"), walk.value("who")) == ("colloquio:web:1", "P1", "P1!")


def test_what_is_not_known_of_the_person_is_blank():
    """A telephone's number and card never are."""
    walk = Walk(form(METADATA))
    assert [walk.value(name) for name in ("device", "user", "phone", "mail", "sim")] == [""] * 5


def test_the_end_is_the_last_change():
    """It is blank until something is answered."""
    walk = Walk(form(METADATA))
    assert walk.value("ended") == ""
    assert walk.answer(q="x").value("ended") == NOON.isoformat(timespec="milliseconds")


def test_an_address_is_written_as_one_where_that_is_asked_for():
    """The types uri:email and uri:phonenumber."""
    table = "| survey |\n| | type | name | label |\n| | uri:email | mail | |\n| | text | q | Q? |"
    assert Walk(form(table), known=Known(person={"email": "a@example.org"})).value("mail") == "mailto:a@example.org"

"""What an earlier or a later version of the program has kept of a session."""

import json

import pytest

from conversations.protocol import Session, Status
from conversations.session import FormSession
from conversations.session.record import from_record, to_record
from tests.conversations.session.test_restored_as_looked_at import FORM
from tests.walks import NOON

LATER = {"mood": {"calm": [1, 2]}, "pace": 0}


def walk() -> FormSession:
    session = FormSession.start(FORM, now=NOON, language="", seed=1)
    session.answer("/data/n", "2")
    return session


def test_what_a_later_version_keeps_besides_is_not_lost():
    """The older program goes on without it, and writes it again with what it changes itself."""
    record = to_record(Session(Status.ANSWERING, "it", 7, place="/data/n", filled={"seed": "7"}))
    session = from_record(record | LATER)
    assert (session.place, session.filled) == ("/data/n", {"seed": "7"})
    assert to_record(session) == record | LATER


def test_what_a_later_version_says_of_a_renewal_is_left_out():
    """What is known of it is kept."""
    record = {"status": "answering", "language": "", "seed": 1, "renewal": [2, 1, True, [["/data/n", "2"]], "more"]}
    assert to_record(from_record(record))["renewal"] == [2, 1, True, [["/data/n", "2"]]]


@pytest.mark.parametrize("missing", ["status", "language", "seed"])
def test_what_is_missing_is_as_in_a_new_session(missing):
    """An earlier version may have left it out."""
    record = to_record(Session(Status.ANSWERING, "", 0, place="/data/n"))
    del record[missing]
    assert from_record(record) == Session(Status.ANSWERING, "", 0, place="/data/n")


@pytest.mark.parametrize("missing", ["seed", "drawn", "language", "rows", "values", "hidden"])
def test_answers_are_restored_whatever_else_is_missing(missing):
    """And the walk goes on."""
    stored = {name: value for name, value in walk().snapshot().items() if name != missing}
    again = FormSession.restore(FORM, stored, now=NOON)
    assert again.answer("/data/t", "yes") is None
    assert again.value("/data/t") == "yes"
    assert FormSession.restore(FORM, again.snapshot(), now=NOON).value("/data/t") == "yes"
    assert again.value("/data/n") == ("" if missing == "values" else "2")


def test_what_a_later_version_keeps_besides_the_answers_is_not_lost():
    """It goes through every answer that the older program takes."""
    again = FormSession.restore(FORM, json.loads(json.dumps(walk().snapshot() | LATER)), now=NOON)
    again.answer("/data/n", "3")
    assert again.snapshot()["values"]["/data/n"] == "3"
    assert LATER.items() <= again.snapshot().items()

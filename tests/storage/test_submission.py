"""What is kept of a response, and what is not, in each mode."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import select

from conversations.protocol import AnswerKept, Session, Status, Submitted
from storage.engine import snapshot, transaction
from storage.reading import count_progress
from storage.surveys import close_survey
from storage.tables import answers, metadata, participants, response_links, responses, sessions, surveys
from storage.turns import Sender, open_turn
from tests.responses import Response, responses_of
from tests.storage.field import NOON, PEOPLE, Field

ADA = Sender("telegram", "1001")
GIVEN = (("/data/name", "Ada"), ("/data/rep[1]/q", "b"), ("/data/rep[2]/q", "a"))
LATE = datetime(2026, 11, 20, 23, 30, 15, 250, tzinfo=UTC)  # already the 21st in Rome


async def answer_and_submit(field: Field, sender: Sender = ADA, person: str = "P1") -> None:
    """From the link to the receipt."""
    await field.begin(sender, person)
    async with open_turn(field.engine, sender, "answer", now=NOON) as turn:
        filled = replace(turn.stored.session, revision=1, filled={"q": "canary"}, typed=(("m1", "/data/q"),))
        await turn.save(filled, [AnswerKept("/data/q", "canary")])
    await submit(field, sender, "submit")


async def submit(field: Field, sender: Sender, claim: str) -> None:
    async with open_turn(field.engine, sender, claim, now=LATE) as turn:
        before = turn.stored.session
        done = replace(before, status=Status.SUBMITTED, revision=before.revision + 1, receipt="AB12", place="~receipt")
        await turn.save(done, [Submitted(GIVEN, "AB12")])


async def read(field: Field) -> list[Response]:
    async with snapshot(field.engine) as connection:
        return await responses_of(connection, field.survey)


async def test_a_confidential_response_has_the_day_and_no_person(field: Field):
    """The person is in the key table only, and reading does not open it."""
    await answer_and_submit(field)

    (row,) = await read(field)

    assert row.answers == list(GIVEN)
    assert (row.form_hash, row.language) == (field.survey.form_hash, "")
    assert (row.submitted_on, row.submitted_at) == (date(2026, 11, 21), None)


async def test_an_identified_response_has_the_second_and_the_person(identified: Field):
    """With what the register knows, for tables by area."""
    await answer_and_submit(identified, person="P2")

    (row,) = await read(identified)

    async with snapshot(identified.engine) as connection:
        linked = select(participants.c.person_id).join(response_links).where(response_links.c.response_id == row.id)
        assert await connection.scalar(linked) == PEOPLE[1].person_id
    assert (row.submitted_on, row.submitted_at) == (date(2026, 11, 21), LATE.replace(microsecond=0))


async def test_submitting_twice_is_one_response(field: Field):
    """The first stands, whatever a channel or a repaired session does."""
    await answer_and_submit(field)
    await submit(field, ADA, "once more")

    assert len(await read(field)) == 1


async def test_the_draft_is_gone_once_the_response_is_there(field: Field):
    """The receipt can be shown; what was answered is nowhere but in the response."""
    await answer_and_submit(field)

    async with snapshot(field.engine) as connection:
        history = (await connection.execute(select(answers))).all()
        record = await connection.scalar(select(sessions.c.record))
    assert history == []
    assert "canary" not in json.dumps(record)
    assert (await field.look(ADA)).session == Session(
        Status.SUBMITTED, "", seed=7, revision=2, place="~receipt", receipt="AB12"
    )


async def test_only_the_key_table_joins_a_response_to_a_person(field: Field):
    """No other row has both the one and the other: dropping the key table is enough."""
    await answer_and_submit(field)

    async with snapshot(field.engine) as connection:
        response = await connection.scalar(select(responses.c.id))
        everything = {
            table.name: json.dumps([[str(value) for value in row] for row in await connection.execute(select(table))])
            for table in metadata.tables.values()
        }
        (row,) = (await connection.execute(select(responses))).mappings()

    assert {name for name, text in everything.items() if response in text} == {"responses", "response_links"}
    assert set(row) == {"id", "survey_id", "form_hash", "language", "submitted_on", "submitted_at", "answers"}
    assert "AB12" not in everything["responses"]


async def test_the_roster_and_the_responses_share_no_key():
    """The schema itself: what a response refers to is no person, and the roster refers to no response."""
    referred = {table: {key.column.table for key in table.foreign_keys} for table in metadata.sorted_tables}

    assert responses not in referred[participants] | referred[sessions]
    assert referred[response_links] == {participants, responses}
    assert not referred[responses] & {participants, sessions}
    assert not {"participant_id", "session_id", "chat_id"} & set(responses.c.keys())
    assert surveys in referred[responses]


async def test_the_stream_gives_every_response_of_its_survey(field: Field, identified: Field):
    """In the order of their random ids, which tells nothing, and none of another survey."""
    for n, person in enumerate(("P1", "P2", "P3")):
        await answer_and_submit(field, Sender("telegram", str(n)), person)
    await answer_and_submit(identified, Sender("telegram", "9"), "P1")

    rows = await read(field)

    assert len(rows) == 3
    assert [row.id for row in rows] == sorted(row.id for row in rows)


async def test_progress_counts_people_sessions_and_responses(field: Field):
    """Whoever is in no status never came."""
    await answer_and_submit(field)
    await field.begin(Sender("telegram", "5"), "P2")

    async with snapshot(field.engine) as connection:
        progress = await count_progress(connection, field.survey.id)

    assert (progress.participants, progress.responses) == (3, 1)
    assert progress.statuses == {Status.SUBMITTED: 1, Status.NOTIFIED: 1}


async def test_a_closed_survey_keeps_its_sessions_and_their_form(field: Field):
    """Closing is a date, not a deletion."""
    started = await field.begin(ADA)
    async with transaction(field.engine) as connection:
        closed = await close_survey(connection, "zones", now=NOON)

    assert await field.look(ADA) == replace(started, survey=closed)

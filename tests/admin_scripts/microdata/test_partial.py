"""Those who stopped half-way are rows of an export where they are wanted: what they had said, and where it ended."""

import dataclasses
from collections import Counter

import pytest

from admin_scripts.microdata.source import read_source
from admin_scripts.microdata.stream import opened_stream
from admin_scripts.microdata.variables import Missing
from admin_scripts.refusal import Refused
from conversations.protocol import Mode, Session, Status, StatusMoved
from conversations.session import FormSession
from storage.engine import snapshot, transaction
from storage.forms import load_definition
from storage.surveys import get_survey
from storage.tables import surveys
from storage.turns import Sender, open_turn
from tests.admin_scripts.field_work import NOON, field, hands_in, moves, submits
from tests.admin_scripts.managers import MANAGER

SAID = ("/data/partecipo", "/data/sez_unita/area", "/data/sez_unita/direzione")
PASSED = ("/data/sez_unita/anzianita",)


async def stops(engine, person_id, progress=(3, 30)):
    """Answers the first questions, passes one, and is not seen again."""
    async with snapshot(engine) as connection:
        form = await load_definition(connection, (await get_survey(connection, "zone")).form_hash)
    filled = FormSession.start(form, now=NOON, language=form.default_language, seed=1)
    for ref in SAID:
        assert filled.answer(ref, MANAGER[ref]) is None
    await moves(engine, person_id, Status.ANSWERING)
    session = Session(Status.ANSWERING, "Italiano (it)", 1, revision=2, place="/data/sez_servizi/supporto_comuni")
    session = dataclasses.replace(session, seen=SAID, passed=PASSED, progress=progress, filled=filled.snapshot())
    async with open_turn(engine, Sender("web", person_id), f"{person_id} again", now=NOON) as turn:
        await turn.save(session, (StatusMoved(Status.ANSWERING),))


@pytest.fixture
async def stopped(engine):
    """One handed in, one said no inside, one stopped at the fifth question, one looked at nothing."""
    await field(engine)
    await submits(engine, "PO001", MANAGER)
    await hands_in(engine, "PO002", (("/data/partecipo", "no"),), progress=(1, 1))
    await stops(engine, "PO003")
    await stops(engine, "PO004", progress=(20, 30))
    await moves(engine, "PO005", Status.NOTIFIED)
    return engine


async def read(engine, *, partial):
    async with snapshot(engine) as connection:
        source = await read_source(connection, "zone", partial=partial)
    with opened_stream(source) as stream:
        chunks = list(stream.chunks())
    rows = [row for chunk in chunks for row in chunk.tables[""].to_pylist()]
    return rows, [row for chunk in chunks for row in chunk.missing[""].to_pylist()]


async def test_every_row_says_how_far_its_respondent_came(stopped):
    """Whoever has looked at nothing is none; without the wish for them there are only responses."""
    rows, _ = await read(stopped, partial=True)
    assert Counter(row["disposition"] for row in rows) == {"complete": 1, "refusal": 1, "break-off": 1, "partial": 1}
    rows, _ = await read(stopped, partial=False)
    assert len(rows) == 2
    assert "disposition" not in rows[0]


async def test_what_was_not_reached_is_told_from_what_was_left_blank(stopped):
    """And from what would not have been asked."""
    rows, missing = await read(stopped, partial=True)
    place = next(place for place, row in enumerate(rows) if row["disposition"] == "break-off")
    assert (rows[place]["area"], rows[place]["direzione"]) == ("ambiente", "acque")
    assert rows[place]["submitted_on"] is None
    reasons = {name: missing[place][name] for name in ("area", "anzianita", "supporto_comuni", "tipo_servizi")}
    assert reasons == {
        "area": 0,
        "anzianita": Missing.SKIPPED,
        "supporto_comuni": Missing.BROKE_OFF,
        "tipo_servizi": Missing.NOT_ASKED,
    }


async def test_the_same_sessions_give_the_same_rows(stopped):
    """Under ids that are no session's."""
    first, _ = await read(stopped, partial=True)
    again, _ = await read(stopped, partial=True)
    assert first == again
    assert len({row["response_id"] for row in first}) == 4


async def test_in_an_anonymous_survey_nobody_is_looked_at_half_way(stopped):
    """What was not handed in was not given."""
    async with transaction(stopped) as connection:
        await connection.execute(surveys.update().values(mode=Mode.ANONYMOUS))
    with pytest.raises(Refused, match="anonymous"):
        await read(stopped, partial=True)

"""A survey with as many people as wanted, each of whom has opened the bot and not begun: all are due in a wave."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode, WaveKind
from conversations.session.record import to_record
from conversations.turn import begin
from storage.chats import NEVER, Sender
from storage.engine import transaction
from storage.forms import save_form
from storage.surveys import NewSurvey, Survey, create_survey, open_survey
from storage.tables import chats, participants, sessions
from storage.waves import plan_waves

FORM = Path(__file__).parent.parent / "examples" / "zone_omogenee_po.xlsx"
RowOf = Callable[[str, int, Survey, dict[str, object]], dict[str, object]]
FIRST = 1_000_001
"""The first person's number in Telegram."""


async def invite(engine: AsyncEngine, count: int, now: datetime) -> None:
    """The people, in an open survey, and a reminder that is due now."""
    compiled = read_xlsform(FORM.read_bytes())
    xform = compiled.xform or ""
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, xform, FORM.read_bytes())
        survey = await create_survey(connection, NewSurvey("all", "Zone omogenee", form_hash, Mode.CONFIDENTIAL))
        survey = await open_survey(connection, "all", now=now - timedelta(days=9))
        turn = begin(load_form(xform), survey.terms, language="it", seed=7, now=now)
        record = to_record(turn.session)
        for table, row_of in ((participants, _participant), (chats, _chat), (sessions, _session)):
            await connection.execute(insert(table), list(_rows(count, row_of, survey, record)))
        await plan_waves(connection, survey, WaveKind.REMINDER, [now])


def _rows(count: int, row_of: RowOf, survey: Survey, record: dict[str, object]) -> Iterator[dict[str, object]]:
    return (row_of(f"{number:032x}", number, survey, record) for number in range(FIRST, FIRST + count))


def _participant(known: str, number: int, survey: Survey, _record: dict[str, object]) -> dict[str, object]:
    return {
        "id": known,
        "survey_id": survey.id,
        "person_id": str(number),
        "name": "",
        "email": "",
        "language": "it",
        "weight": 1.0,
        "attributes": {},
        "generation": 0,
        "token_hash": known,
    }


def _chat(known: str, number: int, _survey: Survey, _record: dict[str, object]) -> dict[str, object]:
    sender = Sender("telegram", str(number))
    shown = {"shown_message": "", "shown_place": "", "shown_revision": NEVER}
    return sender.key | shown | {"id": known, "session_bucket": sender.bucket, "session_id": known}


def _session(known: str, number: int, survey: Survey, record: dict[str, object]) -> dict[str, object]:
    return {
        "bucket": Sender("telegram", str(number)).bucket,
        "id": known,
        "survey_id": survey.id,
        "participant_id": known,
        "chat_id": known,
        "form_hash": survey.form_hash,
        "status": "notified",
        "revision": 1,
        "record": record,
    }

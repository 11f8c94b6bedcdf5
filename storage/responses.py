"""What was handed in: one response a participant, with no more of time and person than the mode allows; or erased."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode, Submitted
from storage.engine import insert_unless_there
from storage.sessions import StoredSession
from storage.tables import response_links, responses

_LINK = insert_unless_there(response_links)
_KEEP = insert(responses)
_OF_PARTICIPANT = response_links.c.participant_id == bindparam("of_participant")
_THEIRS = select(response_links.c.response_id).where(_OF_PARTICIPANT)
_UNLINK = delete(response_links).where(_OF_PARTICIPANT)
_DROP = delete(responses).where(responses.c.id == bindparam("of_response"))


async def keep_response(
    connection: AsyncConnection, stored: StoredSession, submitted: Submitted, *, now: datetime
) -> None:
    """Store the response of this participant; if he has one already, that one stands and this changes nothing."""
    known = uuid4().hex
    link = {"participant_id": stored.participant, "response_id": known}
    if (await connection.execute(_LINK[connection.dialect.name], link)).rowcount == 0:
        return
    row = {
        "id": known,
        "survey_id": stored.survey.id,
        "form_hash": stored.form_hash,
        "language": stored.session.language,
        "answers": [list(pair) for pair in submitted.answers],
    }
    await connection.execute(_KEEP, row | _time_of(stored, now))


async def drop_response(connection: AsyncConnection, stored: StoredSession) -> None:
    """Erase what this participant has handed in, and what coders made of it; nothing if there is nothing."""
    of = {"of_participant": stored.participant}
    known = (await connection.execute(_THEIRS, of)).scalar_one_or_none()
    if known is not None:
        await connection.execute(_UNLINK, of)
        await connection.execute(_DROP, {"of_response": known})


def _time_of(stored: StoredSession, now: datetime) -> dict[str, object]:
    exact = stored.survey.mode is Mode.IDENTIFIED
    return {
        "submitted_on": now.astimezone(stored.survey.zone).date(),
        "submitted_at": now.replace(microsecond=0) if exact else None,
    }

"""What was handed in: one response a participant, with no more of time and person than the mode allows."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode, Submitted
from storage.engine import insert_unless_there
from storage.sessions import StoredSession
from storage.tables import response_links, responses

_LINK = insert_unless_there(response_links)
_KEEP = insert(responses)


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


def _time_of(stored: StoredSession, now: datetime) -> dict[str, object]:
    exact = stored.survey.mode is Mode.IDENTIFIED
    return {
        "submitted_on": now.astimezone(stored.survey.zone).date(),
        "submitted_at": now.replace(microsecond=0) if exact else None,
    }

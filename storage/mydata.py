"""All that is stored about one participant, in one survey and its register: for this person, and for nobody else.

Which columns that are, and why not the others, is a table in tests/storage/test_mydata.py.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.chat_tables import chat_messages
from storage.coordinator_tables import coordinated_surveys, coordinators
from storage.result_tables import codings
from storage.sessions import StoredSession
from storage.tables import answers, chats, outbox, participants, response_links, responses, sessions, surveys, waves

Row = dict[str, Any]

_PARTICIPANT: BindParameter[str] = bindparam("participant")
_PERSON = select(
    participants.c.person_id,
    participants.c.name,
    participants.c.email,
    participants.c.language,
    participants.c.weight,
    participants.c.attributes,
    participants.c.generation,
    participants.c.is_quiet,
    participants.c.undeliverable,
    participants.c.excluded,
).where(participants.c.id == _PARTICIPANT)
_SESSION = select(
    sessions.c.status, sessions.c.active_at, sessions.c.done, sessions.c.asked, sessions.c.form_hash
).where(sessions.c.participant_id == _PARTICIPANT)
_CHAT = (
    select(chats.c.channel, chats.c.address, chats.c.is_blocked, func.count(chat_messages.c.number).label("messages"))
    .join(sessions, sessions.c.chat_id == chats.c.id)
    .outerjoin(chat_messages, (chat_messages.c.chat_id == chats.c.id) & (chat_messages.c.bucket == chats.c.bucket))
    .where(sessions.c.participant_id == _PARTICIPANT)
    .group_by(chats.c.channel, chats.c.address, chats.c.is_blocked)
)
_LETTERS = (
    select(
        outbox.c.occasion,
        waves.c.kind,
        outbox.c.channel,
        outbox.c.state,
        outbox.c.due_at,
        outbox.c.sent_at,
        outbox.c.reason,
        outbox.c.attempts,
    )
    .outerjoin(waves, waves.c.id == outbox.c.wave_id)
    .where(outbox.c.participant_id == _PARTICIPANT)
    .order_by(outbox.c.due_at, outbox.c.occasion)
)
_HISTORY = (
    select(answers.c.path, answers.c.value)
    .join(sessions, (sessions.c.bucket == answers.c.bucket) & (sessions.c.id == answers.c.session_id))
    .where(sessions.c.participant_id == _PARTICIPANT)
    .order_by(answers.c.revision, answers.c.path)
)
_HANDED_IN = (
    select(
        responses.c.language,
        responses.c.submitted_on,
        responses.c.submitted_at,
        responses.c.form_hash,
        responses.c.answers,
    )
    .join(response_links, response_links.c.response_id == responses.c.id)
    .where(response_links.c.participant_id == _PARTICIPANT)
)
_CODED = (
    select(codings.c.variable, codings.c.row, codings.c.codes)
    .join(response_links, response_links.c.response_id == codings.c.response_id)
    .where(response_links.c.participant_id == _PARTICIPANT)
    .order_by(codings.c.variable, codings.c.row, codings.c.coder)
)
_COORDINATED = (
    select(coordinators.c.name, coordinators.c.bound_at, coordinators.c.is_over, surveys.c.title)
    .join(chats, (chats.c.channel == coordinators.c.channel) & (chats.c.address == coordinators.c.address))
    .join(sessions, sessions.c.chat_id == chats.c.id)
    .outerjoin(coordinated_surveys, coordinated_surveys.c.coordinator_id == coordinators.c.id)
    .outerjoin(surveys, surveys.c.id == coordinated_surveys.c.survey_id)
    .where(sessions.c.participant_id == _PARTICIPANT)
    .order_by(coordinators.c.id, surveys.c.title)
)


class Holding:
    """What the tables hold of one participant; each list is of rows, empty where there is nothing."""

    def __init__(self, found: Mapping[str, list[Row]]) -> None:
        self.person, self.session, self.chat = found["person"], found["session"], found["chat"]
        self.letters, self.response, self.codes = found["letters"], found["response"], found["codes"]
        self.coordinates = found["coordinates"]
        self.history = [(row["path"], row["value"]) for row in found["history"]]


ALL: Mapping[str, Select[Any]] = {
    "person": _PERSON,
    "session": _SESSION,
    "chat": _CHAT,
    "letters": _LETTERS,
    "history": _HISTORY,
    "response": _HANDED_IN,
    "codes": _CODED,
    "coordinates": _COORDINATED,
}


async def holding_of(connection: AsyncConnection, stored: StoredSession) -> Holding:
    """Read all of it; inside a `snapshot`."""
    of = {"participant": stored.participant}
    return Holding(
        {
            name: [dict(row) for row in (await connection.execute(statement, of)).mappings()]
            for name, statement in ALL.items()
        }
    )

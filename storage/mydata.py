"""All that is stored about one participant, in one survey and its register: for this person, and for nobody else."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.chat_tables import chat_messages
from storage.result_tables import codings
from storage.sessions import StoredSession
from storage.tables import answers, chats, outbox, participants, response_links, responses, sessions

Row = dict[str, Any]

_PARTICIPANT: BindParameter[str] = bindparam("participant")
_PERSON = select(
    participants.c.person_id,
    participants.c.name,
    participants.c.email,
    participants.c.language,
    participants.c.weight,
    participants.c.attributes,
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
    select(outbox.c.occasion, outbox.c.channel, outbox.c.state, outbox.c.due_at, outbox.c.sent_at)
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
    select(responses.c.language, responses.c.submitted_on, responses.c.submitted_at, responses.c.answers)
    .join(response_links, response_links.c.response_id == responses.c.id)
    .where(response_links.c.participant_id == _PARTICIPANT)
)
_CODED = (
    select(codings.c.variable, codings.c.row, codings.c.codes)
    .join(response_links, response_links.c.response_id == codings.c.response_id)
    .where(response_links.c.participant_id == _PARTICIPANT)
    .order_by(codings.c.variable, codings.c.row, codings.c.coder)
)


class Holding:
    """What the tables hold of one participant; each list is of rows, empty where there is nothing."""

    def __init__(self, found: Mapping[str, list[Row]]) -> None:
        self.person, self.session, self.chat = found["person"], found["session"], found["chat"]
        self.letters, self.response, self.codes = found["letters"], found["response"], found["codes"]
        self.history = [(row["path"], row["value"]) for row in found["history"]]


_ALL: Mapping[str, Select[Any]] = {
    "person": _PERSON,
    "session": _SESSION,
    "chat": _CHAT,
    "letters": _LETTERS,
    "history": _HISTORY,
    "response": _HANDED_IN,
    "codes": _CODED,
}


async def holding_of(connection: AsyncConnection, stored: StoredSession) -> Holding:
    """Read all of it; inside a `snapshot`."""
    of = {"participant": stored.participant}
    return Holding(
        {
            name: [dict(row) for row in (await connection.execute(statement, of)).mappings()]
            for name, statement in _ALL.items()
        }
    )

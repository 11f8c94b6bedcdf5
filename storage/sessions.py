"""A participant's session as rows: the document that is continued, and the history of answers beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import AnswerKept, Session, Status
from conversations.session.record import from_record, to_record
from storage.chats import Sender
from storage.invitations import Invitation
from storage.surveys import SURVEY_COLUMNS, Survey, survey_in
from storage.tables import answers, sessions, surveys

SESSION_COLUMNS = (
    sessions.c.bucket,
    sessions.c.id,
    sessions.c.participant_id,
    sessions.c.form_hash,
    sessions.c.record,
    sessions.c.active_at,
    *SURVEY_COLUMNS,
)
_OF_PARTICIPANT = (
    select(*SESSION_COLUMNS)
    .join(surveys, surveys.c.id == sessions.c.survey_id)
    .where(sessions.c.participant_id == bindparam("participant"))
    .with_for_update(of=sessions)
)
_OF_CHAT = (
    select(*SESSION_COLUMNS)
    .join(surveys, surveys.c.id == sessions.c.survey_id)
    .where(sessions.c.chat_id == bindparam("chat"))
    .order_by(sessions.c.bucket, sessions.c.id)
    .with_for_update(of=sessions)
)
_CREATE = insert(sessions)
_CHANGE = update(sessions).where(sessions.c.bucket == bindparam("of_bucket"), sessions.c.id == bindparam("of_id"))
_ADD_ANSWERS = insert(answers)
_DROP_ANSWERS = delete(answers).where(
    answers.c.bucket == bindparam("of_bucket"), answers.c.session_id == bindparam("of_id")
)


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session where it lies. `form_hash` is the version it was started with, whatever the survey has now.

    `active_at` is the hour in which it was last saved; None where that is no longer known, or was just now.
    """

    bucket: int
    id: str
    participant: str
    form_hash: str
    session: Session
    survey: Survey
    active_at: datetime | None = field(default=None, compare=False)  # says nothing of what it is

    @property
    def key(self) -> dict[str, object]:
        """What finds its row."""
        return {"of_bucket": self.bucket, "of_id": self.id}

    def away(self, now: datetime) -> timedelta:
        """How long nothing has been heard of it: up to an hour more than it was."""
        return timedelta() if self.active_at is None else now - self.active_at


def session_in(values: Sequence[Any]) -> StoredSession:
    """The session in what was selected as SESSION_COLUMNS."""
    bucket, known, participant, form_hash, record, active_at, *survey = values
    return StoredSession(bucket, known, participant, form_hash, from_record(record), survey_in(survey), active_at)


async def hold_session(connection: AsyncConnection, participant: str) -> StoredSession:
    """The session that this participant has started, held until the transaction ends."""
    return session_in((await connection.execute(_OF_PARTICIPANT, {"participant": participant})).one())


async def sessions_of_chat(connection: AsyncConnection, chat: str) -> list[StoredSession]:
    """All that are bound to this chat, held until the transaction ends."""
    return [session_in(row) for row in await connection.execute(_OF_CHAT, {"chat": chat})]


async def create_session(
    connection: AsyncConnection, invitation: Invitation, session: Session, *, sender: Sender, chat: str, now: datetime
) -> StoredSession:
    """Store a new session of the invited participant, bound to this chat of the sender."""
    survey, participant = invitation.survey, invitation.participant
    stored = StoredSession(sender.bucket, uuid4().hex, participant, survey.form_hash, session, survey)
    row = {
        "bucket": stored.bucket,
        "id": stored.id,
        "survey_id": survey.id,
        "participant_id": participant,
        "chat_id": chat,
        "form_hash": stored.form_hash,
    }
    await connection.execute(_CREATE, row | _state_of(session, now))
    return stored


async def bind_session(connection: AsyncConnection, stored: StoredSession, chat: str) -> None:
    """From now on it belongs to this chat."""
    await connection.execute(_CHANGE, stored.key | {"chat_id": chat, "sealed_for": None})


async def begin_anew(
    connection: AsyncConnection, stored: StoredSession, session: Session, *, chat: str, now: datetime
) -> StoredSession:
    """Replace it by a new session in this chat; what was answered before is removed and seen by nobody."""
    await drop_answers(connection, stored)
    fresh = replace(session, revision=stored.session.revision + 1)
    form_hash = stored.survey.form_hash
    await connection.execute(_CHANGE, stored.key | _state_of(fresh, now) | {"form_hash": form_hash})
    await bind_session(connection, stored, chat)
    return replace(stored, form_hash=form_hash, session=fresh)


async def save_session(connection: AsyncConnection, stored: StoredSession, session: Session, *, now: datetime) -> None:
    """Replace the document by what the session is after a turn."""
    await connection.execute(_CHANGE, stored.key | _state_of(session, now))


async def add_answers(
    connection: AsyncConnection, stored: StoredSession, revision: int, kept: Iterable[AnswerKept]
) -> None:
    """Append to the history; the latest revision of a path is its answer."""
    latest = {answer.path: answer.value for answer in kept}
    key = {"bucket": stored.bucket, "session_id": stored.id, "revision": revision}
    rows = [key | {"path": path, "value": value} for path, value in latest.items()]
    if rows:
        await connection.execute(_ADD_ANSWERS, rows)


async def drop_answers(connection: AsyncConnection, stored: StoredSession) -> None:
    """Remove the whole history."""
    await connection.execute(_DROP_ANSWERS, stored.key)


def without_draft(session: Session) -> Session:
    """What is left of a session that was handed in: enough to show the receipt, nothing of what was answered."""
    return Session(
        status=session.status,
        language=session.language,
        seed=session.seed,
        revision=session.revision,
        place=session.place,
        receipt=session.receipt,
        progress=session.progress,
    )


def _state_of(session: Session, now: datetime) -> dict[str, object]:
    """The hour is enough to leave people alone who are answering; after the submission it would tell when that was."""
    done, asked = session.progress
    return {
        "status": session.status.value,
        "revision": session.revision,
        "record": to_record(session),
        "active_at": None if session.status is Status.SUBMITTED else now.replace(minute=0, second=0, microsecond=0),
        "done": done,
        "asked": asked,
    }

"""What a token means to the one who brings it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Status
from storage.surveys import SURVEY_COLUMNS, Survey, survey_in
from storage.tables import participants, sessions, surveys
from storage.tokens import is_token_of, token_hash

_FIND = (
    select(
        participants.c.token_hash,
        participants.c.next_token_hash,
        participants.c.id,
        participants.c.language,
        sessions.c.id,
        sessions.c.chat_id,
        sessions.c.sealed_for,
        sessions.c.status,
        *SURVEY_COLUMNS,
    )
    .join(surveys, surveys.c.id == participants.c.survey_id)
    .outerjoin(sessions, sessions.c.participant_id == participants.c.id)
    .where(
        or_(
            participants.c.token_hash == bindparam("token_hash"),
            participants.c.next_token_hash == bindparam("token_hash"),
        )
    )
)
_HOLD = select(participants.c.id).where(participants.c.id == bindparam("participant")).with_for_update(key_share=True)


_WITH_ANSWERS = (Status.ANSWERING, Status.REVIEWING, Status.STOPPED)


class Standing(StrEnum):
    """To whom an invitation is bound."""

    FREE = "free"
    OWN = "own"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A participant's invitation as one sender sees it; `started` when there is a session to go on with.

    `is_new`: this is a link that was sent anew and not used yet. It is free, whoever has used the earlier one.
    `is_sealed`: there are answers, but they are of another chat, and somebody else has seen this link: it begins anew.
    """

    participant: str
    survey: Survey
    language: str
    standing: Standing
    started: bool
    is_new: bool = False
    is_sealed: bool = False


async def find_invitation(connection: AsyncConnection, token: str, chat: str | None) -> Invitation | None:
    """The invitation of this token as the chat sees it (None: a sender who never wrote); None for an unknown token."""
    row = (await connection.execute(_FIND, {"token_hash": token_hash(token)})).first()
    if row is None:
        return None
    present, following, participant, language, session, owner, sealed_for, status, *survey = row
    is_new = following is not None and is_token_of(following, token)
    if not is_new and not is_token_of(present, token):
        return None
    standing = Standing.FREE if is_new else _standing(owner, chat)
    return Invitation(
        participant=participant,
        survey=survey_in(survey),
        language=language,
        standing=standing,
        started=session is not None,
        is_new=is_new,
        is_sealed=not is_new and sealed_for not in (None, chat) and status in _WITH_ANSWERS,
    )


def _standing(owner: str | None, chat: str | None) -> Standing:
    if owner is None:
        return Standing.FREE
    return Standing.OWN if owner == chat else Standing.FOREIGN


async def hold_participant(connection: AsyncConnection, participant: str) -> None:
    """Nobody else can take or renew this invitation until the transaction ends."""
    await connection.execute(_HOLD, {"participant": participant})

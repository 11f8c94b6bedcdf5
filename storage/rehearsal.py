"""Simulated respondents as rows: written by the same functions as those of real ones, into synthetic surveys only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import AnswerKept, Session, Submitted
from storage.chats import Sender, meet_chat, turn_chat_to
from storage.errors import SurveyNotSynthetic
from storage.invitations import Invitation, Standing
from storage.responses import keep_response
from storage.sessions import add_answers, create_session, without_draft
from storage.surveys import Survey
from storage.tables import sessions

_BEGUN = select(sessions.c.participant_id).where(sessions.c.survey_id == bindparam("survey"))


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One simulated respondent at the end: the session, the answers by the revision they were given in, the response.

    `at` is the aware moment at which it ended.
    """

    participant: str
    at: datetime
    session: Session
    answers: Sequence[tuple[int, Sequence[AnswerKept]]]
    submitted: Submitted | None


async def begun(connection: AsyncConnection, survey_id: int) -> frozenset[str]:
    """The participants of a survey who have begun."""
    return frozenset(await connection.scalars(_BEGUN, {"survey": survey_id}))


async def keep_rehearsed(connection: AsyncConnection, survey: Survey, rehearsed: Rehearsed) -> None:
    """Store what a simulated respondent, who has not begun so far, has done. Raises SurveyNotSynthetic."""
    if not survey.is_synthetic:
        raise SurveyNotSynthetic(survey.name)
    sender = Sender("web", f"synthetic:{rehearsed.participant}")
    invitation = Invitation(rehearsed.participant, survey, "", Standing.FREE, started=False)
    session = rehearsed.session if rehearsed.submitted is None else without_draft(rehearsed.session)
    chat = await meet_chat(connection, sender)
    stored = await create_session(connection, invitation, session, sender=sender, chat=chat, now=rehearsed.at)
    await turn_chat_to(connection, sender, bucket=stored.bucket, session=stored.id)
    if rehearsed.submitted is not None:
        await keep_response(connection, stored, rehearsed.submitted, now=rehearsed.at)
        return
    for revision, kept in rehearsed.answers:
        await add_answers(connection, stored, revision, kept)

"""What coordinators read: how far a survey is, and a stream of its responses."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode, Status
from storage.register import Person
from storage.surveys import Survey
from storage.tables import chats, participants, response_links, responses, sessions

_BATCH = 500  # rows fetched at once
_OF_SURVEY: BindParameter[int] = bindparam("survey")
_PEOPLE = select(func.count()).select_from(participants).where(participants.c.survey_id == _OF_SURVEY)
_RESPONSES = select(func.count()).select_from(responses).where(responses.c.survey_id == _OF_SURVEY)
_STATUSES = (
    select(sessions.c.status, func.count()).where(sessions.c.survey_id == _OF_SURVEY).group_by(sessions.c.status)
)
_LANGUAGES = (
    select(responses.c.language, func.count()).where(responses.c.survey_id == _OF_SURVEY).group_by(responses.c.language)
)
_CHANNELS = (
    select(chats.c.channel, func.count())
    .join(sessions, sessions.c.chat_id == chats.c.id)
    .where(sessions.c.survey_id == _OF_SURVEY, sessions.c.status == Status.SUBMITTED)
    .group_by(chats.c.channel)
)
_STREAM = (
    select(
        responses.c.id,
        responses.c.form_hash,
        responses.c.language,
        responses.c.submitted_on,
        responses.c.submitted_at,
        responses.c.answers,
    )
    .where(responses.c.survey_id == _OF_SURVEY)
    .order_by(responses.c.id)  # random: the order tells nothing
)
_PERSON_COLUMNS = [participants.c[name] for name in ("person_id", "name", "email", "language", "weight", "attributes")]
_STREAM_WITH_PEOPLE = (
    _STREAM.add_columns(*(column.label(f"of_{column.name}") for column in _PERSON_COLUMNS))
    .join(response_links, response_links.c.response_id == responses.c.id)
    .join(participants, participants.c.id == response_links.c.participant_id)
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many people the register has, how many sessions are in each status, how many responses there are."""

    participants: int
    statuses: dict[Status, int]
    responses: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How many have handed in, by the questionnaire's name of their language, and by channel as far as it is known."""

    languages: dict[str, int]
    channels: dict[str, int]


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """A response: answers as (path, value) in document order; time and person as far as the mode of the survey goes."""

    id: str
    form_hash: str
    language: str
    submitted_on: date
    submitted_at: datetime | None
    answers: list[tuple[str, str]]
    person: Person | None


async def count_progress(connection: AsyncConnection, survey_id: int) -> Progress:
    """The counts of a survey; whoever has no status never came."""
    survey = {"survey": survey_id}
    people = (await connection.execute(_PEOPLE, survey)).scalar_one()
    statuses = {Status(status): count for status, count in await connection.execute(_STATUSES, survey)}
    return Progress(people, statuses, (await connection.execute(_RESPONSES, survey)).scalar_one())


async def count_breakdown(connection: AsyncConnection, survey_id: int) -> Breakdown:
    """The responses by language and channel; small numbers are the caller's to hide."""
    survey = {"survey": survey_id}
    languages: dict[str, int] = dict((await connection.execute(_LANGUAGES, survey)).all())
    channels: dict[str, int] = dict((await connection.execute(_CHANNELS, survey)).all())
    return Breakdown(languages, channels)


async def stream_responses(connection: AsyncConnection, survey: Survey) -> AsyncIterator[ResponseRow]:
    """Every response in the order of its random id, few at a time in memory; inside a `snapshot`."""
    statement: Select[Any] = _STREAM_WITH_PEOPLE if survey.mode is Mode.IDENTIFIED else _STREAM
    options = {"yield_per": _BATCH}
    async with connection.stream(statement, {"survey": survey.id}, execution_options=options) as rows:
        async for row in rows:
            yield _response_in(row)


def _response_in(row: Row[Any]) -> ResponseRow:
    known, form_hash, language, day, moment, answers, *person = tuple(row)
    pairs = [(path, value) for path, value in answers]
    return ResponseRow(known, form_hash, language, day, moment, pairs, Person(*person) if person else None)

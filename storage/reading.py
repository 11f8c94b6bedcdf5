"""What coordinators read: how far a survey is, and a stream of its responses."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode, Status
from storage.dispositions import SAID_NO_INSIDE
from storage.register import Person
from storage.surveys import Survey
from storage.tables import answers, chats, participants, response_links, responses, sessions

_BATCH = 500  # rows fetched at once
_OF_SURVEY: BindParameter[int] = bindparam("survey")
_IS_ELIGIBLE = and_(sessions.c.survey_id == _OF_SURVEY, participants.c.excluded == "")
_PEOPLE = select(func.count()).select_from(participants).where(participants.c.survey_id == _OF_SURVEY)
_RESPONSES = select(func.count()).select_from(responses).where(responses.c.survey_id == _OF_SURVEY)
_STATUSES = (
    select(sessions.c.status, func.count()).where(sessions.c.survey_id == _OF_SURVEY).group_by(sessions.c.status)
)
_HANDED_IN = (
    select(responses.c.submitted_on, responses.c.language, func.count())
    .where(responses.c.survey_id == _OF_SURVEY)
    .group_by(responses.c.submitted_on, responses.c.language)
)
_CHANNELS = (
    select(chats.c.channel, func.count())
    .join(sessions, sessions.c.chat_id == chats.c.id)
    .join(participants, participants.c.id == sessions.c.participant_id)
    .where(_IS_ELIGIBLE, sessions.c.status == Status.SUBMITTED, not_(SAID_NO_INSIDE))
    .group_by(chats.c.channel)
)
_STANDING_AT = (
    select(sessions.c.record["place"].as_string().label("place"))
    .join(participants, participants.c.id == sessions.c.participant_id)
    .where(_IS_ELIGIBLE, sessions.c.status.in_((Status.ANSWERING, Status.REVIEWING)))
    .subquery()
)
_STANDING = select(_STANDING_AT.c.place, func.count()).group_by(_STANDING_AT.c.place)
_LAST_ANSWER = (
    select(
        sessions.c.id,
        answers.c.path,
        func.row_number().over(partition_by=sessions.c.id, order_by=answers.c.revision.desc()).label("newest"),
    )
    .join(participants, participants.c.id == sessions.c.participant_id)
    .outerjoin(answers, and_(answers.c.bucket == sessions.c.bucket, answers.c.session_id == sessions.c.id))
    .where(_IS_ELIGIBLE, sessions.c.status == Status.STOPPED)
    .subquery()
)
_STOPPED = (
    select(func.coalesce(_LAST_ANSWER.c.path, ""), func.count())
    .where(_LAST_ANSWER.c.newest == 1)
    .group_by(_LAST_ANSWER.c.path)
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
    """How many have handed in, by day, by the questionnaire's name of their language, and by channel if it is known.

    By channel without those who are not eligible or said no inside; the responses themselves do not say whose they are.
    """

    days: dict[date, int]
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


async def count_breakdown(connection: AsyncConnection, survey_id: int, *, has_more: bool = False) -> Breakdown:
    """The responses by day, language and channel; small numbers are the caller's to hide.

    `has_more`: the questionnaire has more than one question.
    """
    survey = {"survey": survey_id}
    days: Counter[date] = Counter()
    languages: Counter[str] = Counter()
    for day, language, number in await connection.execute(_HANDED_IN, survey):
        days[day] += number
        languages[language] += number
    channels: dict[str, int] = dict((await connection.execute(_CHANNELS, survey | {"has_more": has_more})).all())
    return Breakdown(dict(days), dict(languages), channels)


async def count_places(connection: AsyncConnection, survey_id: int) -> dict[str, int]:
    """Where the unfinished sessions are: at the place that is asked now or, of those who said stop, answered last.

    Of the eligible only. Rows of repeats are told apart; "" is before the first answer.
    """
    places: Counter[str] = Counter()
    for statement in (_STANDING, _STOPPED):
        rows = await connection.execute(statement, {"survey": survey_id})
        places.update({place or "": number for place, number in rows})
    return dict(places)


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

"""What coordinators read while a survey runs: how far it is, in counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, and_, bindparam, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Status
from storage.dispositions import SAID_NO_INSIDE
from storage.tables import answers, chats, participants, responses, sessions

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

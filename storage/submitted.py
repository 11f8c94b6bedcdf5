"""The responses themselves, streamed: for what counts them, exports them, and copies the files they name."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Row, Select, Text, bindparam, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode
from storage.register import Person
from storage.surveys import Survey
from storage.tables import participants, response_links, responses

_BATCH = 500  # rows fetched at once
_TEXTS_AT_ONCE = 8192
_OF_SURVEY: BindParameter[int] = bindparam("survey")
_VERSIONS = select(responses.c.form_hash).where(responses.c.survey_id == _OF_SURVEY).distinct()
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
_TEXTS = (
    select(
        responses.c.id,
        responses.c.form_hash,
        responses.c.language,
        responses.c.submitted_on,
        cast(responses.c.answers, Text),
    )
    .where(responses.c.survey_id == _OF_SURVEY)
    .order_by(responses.c.id)
)
_PERSON_COLUMNS = [participants.c[name] for name in ("person_id", "name", "email", "language", "weight", "attributes")]
_STREAM_WITH_PEOPLE = (
    _STREAM.add_columns(*(column.label(f"of_{column.name}") for column in _PERSON_COLUMNS))
    .join(response_links, response_links.c.response_id == responses.c.id)
    .join(participants, participants.c.id == response_links.c.participant_id)
)


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


class ResponseText(NamedTuple):
    """A response with its answers as they are stored: [["/data/question","value"],...]."""

    id: str
    form_hash: str
    language: str
    submitted_on: date
    answers: str


async def answered_versions(connection: AsyncConnection, survey: Survey) -> frozenset[str]:
    """The versions of the questionnaire that have a response."""
    return frozenset(await connection.scalars(_VERSIONS, {"survey": survey.id}))


async def stream_texts(connection: AsyncConnection, survey: Survey) -> AsyncIterator[Sequence[ResponseText]]:
    """Every response in the order of its random id, some thousands at a time; inside a `snapshot`."""
    options = {"yield_per": _TEXTS_AT_ONCE}
    async with connection.stream(_TEXTS, {"survey": survey.id}, execution_options=options) as rows:
        async for some in rows.partitions():
            yield [ResponseText(*row) for row in some]


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

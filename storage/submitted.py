"""The responses themselves, for what counts and exports them: streamed, or as a statement for another driver."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    URL,
    BindParameter,
    ColumnElement,
    Double,
    Select,
    Text,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode
from storage.surveys import Survey
from storage.tables import participants, response_links, responses

_AT_ONCE = 8192  # rows fetched
_OF_SURVEY: BindParameter[int] = bindparam("survey")
_VERSIONS = select(responses.c.form_hash).where(responses.c.survey_id == _OF_SURVEY).distinct()
_TEXTS = (
    select(
        responses.c.id,
        responses.c.form_hash,
        responses.c.language,
        responses.c.submitted_on,
        cast(responses.c.answers, Text),
    )
    .where(responses.c.survey_id == _OF_SURVEY)
    .order_by(responses.c.id)  # random: the order tells nothing
)


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
    options = {"yield_per": _AT_ONCE}
    async with connection.stream(_TEXTS, {"survey": survey.id}, execution_options=options) as rows:
        async for some in rows.partitions():
            yield [ResponseText(*row) for row in some]


def statement_of(survey: Survey, versions: Collection[str], address: URL) -> str:
    """Every response to these versions in the order of its random id, all texts, for a driver without parameters.

    Time and person are told as far as the mode of the survey goes; the moment is in UTC.
    """
    found: Select[Any] = (
        select(
            responses.c.id,
            responses.c.form_hash,
            responses.c.language,
            cast(responses.c.answers, Text).label("answers"),
            cast(responses.c.submitted_on, Text).label("submitted_on"),
        )
        .where(responses.c.survey_id == survey.id, responses.c.form_hash.in_(sorted(versions)))
        .order_by(responses.c.id)
    )
    if survey.mode is Mode.IDENTIFIED:
        found = _with_people(found, address)
    compiled = found.compile(dialect=address.get_dialect()(), compile_kwargs={"literal_binds": True})
    return str(compiled)


def statement_of_ids(survey: Survey, versions: Collection[str], address: URL) -> str:
    """The random ids of these responses, in their order, for a driver without parameters."""
    found = (
        select(responses.c.id)
        .where(responses.c.survey_id == survey.id, responses.c.form_hash.in_(sorted(versions)))
        .order_by(responses.c.id)
    )
    return str(found.compile(dialect=address.get_dialect()(), compile_kwargs={"literal_binds": True}))


def _with_people(found: Select[Any], address: URL) -> Select[Any]:
    moment: ColumnElement[Any] = responses.c.submitted_at
    if address.get_backend_name() == "postgresql":
        moment = func.timezone("UTC", moment)
    told = (
        cast(moment, Text).label("submitted_at"),
        participants.c.person_id,
        cast(participants.c.weight, Double).label("register_weight"),
        cast(participants.c.attributes, Text).label("attributes"),
    )
    return (
        found.add_columns(*told)
        .join(response_links, response_links.c.response_id == responses.c.id)
        .join(participants, participants.c.id == response_links.c.participant_id)
    )

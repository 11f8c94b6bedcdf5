"""What has been handed in, as the tests look at it."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.surveys import Survey
from storage.tables import responses


class Response(NamedTuple):
    """A row of the responses; its answers as (path, value)."""

    id: str
    form_hash: str
    language: str
    submitted_on: object
    submitted_at: object
    answers: list[tuple[str, str]]


async def responses_of(connection: AsyncConnection, survey: Survey) -> list[Response]:
    """Every response in the order of its random id."""
    columns = [responses.c[name] for name in Response._fields]
    rows = await connection.execute(select(*columns).where(responses.c.survey_id == survey.id).order_by(responses.c.id))
    return [Response(*known, [(path, value) for path, value in answers]) for *known, answers in rows]

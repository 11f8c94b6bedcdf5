"""Which of the files that respondents have sent are named by what is stored, by anybody's."""

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Text, bindparam, cast, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.media.store import KEPT_NAME
from storage.sessions import StoredSession
from storage.tables import answers, response_links, responses, sessions

_NAME = re.compile(KEPT_NAME)
_BATCH = 500  # rows fetched at once
_WHERE_NAMED = (answers.c.value, cast(sessions.c.record, Text), cast(responses.c.answers, Text))


def _holds(text: ColumnElement[str]) -> ColumnElement[bool]:
    return select(text).where(text.contains(bindparam("name"))).exists()


_IS_NAMED = select(or_(*map(_holds, _WHERE_NAMED)))
_HISTORY = select(answers.c.value).where(
    answers.c.bucket == bindparam("of_bucket"), answers.c.session_id == bindparam("of_id")
)
_HANDED_IN = (
    select(cast(responses.c.answers, Text))
    .join(response_links, response_links.c.response_id == responses.c.id)
    .where(response_links.c.participant_id == bindparam("participant"))
)


async def unnamed(connection: AsyncConnection, names: Iterable[str]) -> list[str]:
    """Those that neither a session nor a response names; every row is looked at, so ask for few."""
    return [name for name in names if not (await connection.execute(_IS_NAMED, {"name": name})).scalar_one()]


async def all_named(connection: AsyncConnection) -> set[str]:
    """Every name that is stored, few rows at a time in memory; inside a `snapshot`."""
    found: set[str] = set()
    for text in _WHERE_NAMED:
        async with connection.stream(select(text), execution_options={"yield_per": _BATCH}) as rows:
            async for row in rows:
                found.update(_NAME.findall(row[0]))
    return found


async def names_given(connection: AsyncConnection, stored: StoredSession) -> set[str]:
    """The files that were ever an answer in this session, as far as its history goes."""
    values = await connection.scalars(_HISTORY, stored.key)
    return {value for value in values if _NAME.fullmatch(value)}


async def names_handed_in(connection: AsyncConnection, stored: StoredSession) -> set[str]:
    """The files that are answers in this participant's response; none without one."""
    text = (await connection.execute(_HANDED_IN, {"participant": stored.participant})).scalar_one_or_none()
    return set(_NAME.findall(text or ""))

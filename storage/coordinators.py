"""Coordinators: people whom the administrator has named for some surveys, and the accounts that their links bound."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.chats import Sender
from storage.coordinator_tables import coordinated_surveys, coordinators
from storage.engine import insert_unless_there
from storage.surveys import SURVEY_COLUMNS, Survey, survey_in
from storage.tables import surveys
from storage.tokens import token_hash

LINK_LASTS = timedelta(days=7)
PREFIX = "coord-"
"""Begins every one-time token, so that the link of an invitation is never looked for here."""

_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class Coordinator:
    """`bound_at` is None until the link was used; then `sender` is the account."""

    id: int
    name: str
    link_ends_at: datetime
    sender: Sender | None
    bound_at: datetime | None
    surveys: tuple[Survey, ...] = ()


class Link(StrEnum):
    """What a one-time link means to who has opened it."""

    UNKNOWN = "unknown"  # also one that somebody else has used, and of one who was removed
    EXPIRED = "expired"
    BOUND = "bound"  # to this account, now or earlier
    OTHER = "other"  # this account is another coordinator's


_COLUMNS = (
    coordinators.c.id,
    coordinators.c.name,
    coordinators.c.link_ends_at,
    coordinators.c.channel,
    coordinators.c.address,
    coordinators.c.bound_at,
)
_IN_OFFICE = select(*_COLUMNS).where(coordinators.c.is_over.is_(False)).order_by(coordinators.c.name)
_BY_NAME = _IN_OFFICE.where(coordinators.c.name == bindparam("wanted")).with_for_update()
_BY_TOKEN = _IN_OFFICE.where(coordinators.c.token_hash == bindparam("hash")).with_for_update()
_BY_SENDER = _IN_OFFICE.where(
    coordinators.c.channel == bindparam("channel"), coordinators.c.address == bindparam("address")
)
_OVER = select(coordinators.c.id, coordinators.c.channel, coordinators.c.address).where(coordinators.c.is_over)
_SURVEYS = (
    select(*SURVEY_COLUMNS)
    .join(coordinated_surveys, coordinated_surveys.c.survey_id == surveys.c.id)
    .where(coordinated_surveys.c.coordinator_id == bindparam("of"))
    .order_by(surveys.c.name)
)
_ADD_SURVEY = insert_unless_there(coordinated_surveys)
_CHANGE = update(coordinators).where(coordinators.c.id == bindparam("of"))
_DROP = delete(coordinators).where(coordinators.c.id == bindparam("of"))


async def name_coordinator(
    connection: AsyncConnection, name: str, for_surveys: Iterable[Survey], *, now: datetime
) -> tuple[Coordinator, str]:
    """Name somebody for these surveys, besides those of before; with a new link's token, "" where one was used."""
    known = (await connection.execute(_BY_NAME, {"wanted": name})).first()
    token = "" if known is not None and known.address is not None else f"{PREFIX}{secrets.token_urlsafe(_TOKEN_BYTES)}"
    link = {"token_hash": token_hash(token), "link_ends_at": now + LINK_LASTS}
    if known is None:
        await connection.execute(insert(coordinators), {"name": name, "is_over": False} | link)
    elif token:
        await connection.execute(_CHANGE.values(**link), {"of": known.id})
    row = (await connection.execute(_BY_NAME, {"wanted": name})).one()
    for survey in for_surveys:
        added = {"coordinator_id": row.id, "survey_id": survey.id}
        await connection.execute(_ADD_SURVEY[connection.dialect.name], added)
    return await _whole(connection, row), token


async def list_coordinators(connection: AsyncConnection) -> list[Coordinator]:
    """All that were named and not removed, by name."""
    rows = (await connection.execute(_IN_OFFICE)).all()
    return [await _whole(connection, row) for row in rows]


async def remove_coordinator(connection: AsyncConnection, name: str) -> bool:
    """End it at once; whether there was one. Of an account that was bound, `over` is left until its menu is gone."""
    known = (await connection.execute(_BY_NAME, {"wanted": name})).first()
    if known is None:
        return False
    ended = _DROP if known.address is None else _CHANGE.values(is_over=True)
    await connection.execute(ended, {"of": known.id})
    return True


async def find_coordinator(connection: AsyncConnection, sender: Sender) -> Coordinator | None:
    """Who this account is, if its link was used here."""
    row = (await connection.execute(_BY_SENDER, _address(sender))).first()
    return None if row is None else await _whole(connection, row)


async def use_link(connection: AsyncConnection, token: str, sender: Sender, *, now: datetime) -> Link:
    """Bind the account to whom the link was made for; once, and then it is of no use to any other account."""
    row = (await connection.execute(_BY_TOKEN, {"hash": token_hash(token)})).first()
    if row is None:
        return Link.UNKNOWN
    if row.address is not None:
        return Link.BOUND if (row.channel, row.address) == (sender.channel, sender.kept) else Link.UNKNOWN
    if row.link_ends_at <= now:
        return Link.EXPIRED
    if await find_coordinator(connection, sender) is not None:
        return Link.OTHER
    await connection.execute(_CHANGE.values(**_address(sender), bound_at=now), {"of": row.id})
    return Link.BOUND


async def bound_and_over(connection: AsyncConnection, channel: str) -> tuple[list[Sender], list[tuple[int, Sender]]]:
    """The accounts that coordinate, and those that do not any more, by their number."""
    bound = [one.sender for one in await list_coordinators(connection) if one.sender is not None]
    over = [(row.id, Sender(row.channel, row.address)) for row in await connection.execute(_OVER)]
    return (
        [sender for sender in bound if sender.channel == channel],
        [(known, sender) for known, sender in over if sender.channel == channel],
    )


async def forget_coordinator(connection: AsyncConnection, known: int) -> None:
    """Nothing is left of somebody who was removed."""
    await connection.execute(_DROP, {"of": known})


def _address(sender: Sender) -> dict[str, str]:
    return {"channel": sender.channel, "address": sender.kept}


async def _whole(connection: AsyncConnection, row: Sequence[Any]) -> Coordinator:
    known, name, ends, channel, address, bound_at = row
    found = await connection.execute(_SURVEYS, {"of": known})
    sender = None if address is None else Sender(channel, address)
    return Coordinator(known, name, ends, sender, bound_at, tuple(survey_in(one) for one in found))

"""The Telegram bots that were served, so that commands can write links to the last one without asking Telegram."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import insert_unless_there
from storage.tables import bots

_ADD = insert_unless_there(bots)
_SEEN = update(bots).where(bots.c.username == bindparam("served")).values(seen_at=bindparam("now"))
_LAST = select(bots.c.username).order_by(bots.c.seen_at.desc()).limit(1)


async def remember_bot(connection: AsyncConnection, username: str, *, now: datetime) -> None:
    """Keep that the bot of this name, with or without "@", is served now."""
    name = username.removeprefix("@")
    await connection.execute(_ADD[connection.dialect.name], {"username": name, "seen_at": now})
    await connection.execute(_SEEN, {"served": name, "now": now})


async def known_bot(connection: AsyncConnection) -> str:
    """The name of the bot that was served last, without "@"; "" before there was one."""
    return (await connection.execute(_LAST)).scalar() or ""

"""The messages that stand in chats, by number, for as long as the channel lets us delete them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.chat_tables import chat_messages
from storage.chats import CHANGE, OF_SENDER, Sender
from storage.columns import Moment
from storage.engine import insert_unless_there
from storage.tables import chats

KEPT = timedelta(hours=48)
DELETABLE = timedelta(hours=47, minutes=30)
"""Telegram deletes for 48 hours, and refuses a message that is too old with all that are named beside it. Our clocks
need not agree; that a time is kept to the hour makes a message older, never younger."""

_OF_CHAT = select(
    chats.c.bucket, chats.c.id, bindparam("number", type_=BigInteger), bindparam("said_at", type_=Moment)
).where(OF_SENDER)
_KEEP = {
    dialect: insert.from_select(["bucket", "chat_id", "number", "said_at"], _OF_CHAT)
    for dialect, insert in insert_unless_there(chat_messages).items()
}
_WISHED = select(chats.c.id, chats.c.clear_to).where(OF_SENDER)
_ALL_WISHED = select(chats.c.address).where(chats.c.channel == bindparam("channel"), chats.c.clear_to.is_not(None))
_OLDER = (
    chat_messages.c.bucket == bindparam("of_bucket"),
    chat_messages.c.chat_id == bindparam("of_chat"),
    chat_messages.c.number <= bindparam("to"),
)
_NUMBERS = (
    select(chat_messages.c.number)
    .where(*_OLDER, chat_messages.c.said_at > bindparam("after", type_=Moment))
    .order_by(chat_messages.c.number)
)
_DROP = delete(chat_messages).where(*_OLDER)
_END = CHANGE.where(chats.c.clear_to == bindparam("to")).values(clear_to=None)
_PRUNE = delete(chat_messages).where(chat_messages.c.said_at < bindparam("oldest", type_=Moment))


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message of either side, by the channel's number, which rises with each; `said_at` by the channel's clock.

    Of the time the hour is kept: nobody can tell from it who has handed in when.
    """

    number: int
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Clearing:
    """A chat of which the messages up to the number `to` are to be deleted: those of `numbers`, in order."""

    chat: str
    to: int
    numbers: tuple[int, ...]


async def keep_messages(connection: AsyncConnection, said: Mapping[Sender, Sequence[ChatMessage]]) -> None:
    """Keep their numbers, each once; of those who have no chat nothing is kept."""
    rows = [
        sender.key | {"number": message.number, "said_at": message.said_at.replace(minute=0, second=0, microsecond=0)}
        for sender, messages in said.items()
        for message in messages
    ]
    if rows:
        await connection.execute(_KEEP[connection.dialect.name], rows)


async def wish_cleared(connection: AsyncConnection, sender: Sender, said: Sequence[ChatMessage]) -> None:
    """All up to the last of these are to be deleted; nothing is where the channel has no messages."""
    if said:
        await connection.execute(CHANGE, sender.changed | {"clear_to": max(message.number for message in said)})


async def clearing_of(connection: AsyncConnection, sender: Sender, *, now: datetime) -> Clearing | None:
    """What is still to be deleted in the sender's chat."""
    wished = (await connection.execute(_WISHED, sender.key)).first()
    if wished is None or wished.clear_to is None:
        return None
    these = {"of_bucket": sender.bucket, "of_chat": wished.id, "to": wished.clear_to, "after": now - DELETABLE}
    return Clearing(wished.id, wished.clear_to, tuple(await connection.scalars(_NUMBERS, these)))


async def end_clearing(connection: AsyncConnection, sender: Sender, clearing: Clearing) -> None:
    """They are gone, or never will be."""
    to = {"to": clearing.to}
    await connection.execute(_DROP, {"of_bucket": sender.bucket, "of_chat": clearing.chat} | to)
    await connection.execute(_END, sender.changed | to)


async def to_clear(connection: AsyncConnection, channel: str) -> list[Sender]:
    """Whose chats are still to be cleared."""
    return [Sender(channel, address) for address in await connection.scalars(_ALL_WISHED, {"channel": channel})]


async def prune_messages(connection: AsyncConnection, *, now: datetime) -> int:
    """Forget the messages that nobody but their person can delete any more; how many they were."""
    return (await connection.execute(_PRUNE, {"oldest": now - KEPT})).rowcount

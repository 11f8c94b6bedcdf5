"""Who writes to us, and what each chat was last shown."""

import hashlib
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine import insert_unless_there, snapshot, transaction
from storage.tables import chats, sessions

NEVER = -1  # the revision shown where nothing was

_NOTHING_SHOWN = {"shown_message": "", "shown_place": "", "shown_revision": NEVER}
_MEET = insert_unless_there(chats)
OF_SENDER = and_(
    chats.c.bucket == bindparam("bucket"),
    chats.c.channel == bindparam("channel"),
    chats.c.address == bindparam("address"),
)
_FIND = select(chats.c.id, chats.c.session_id).where(OF_SENDER)
_HOLD = _FIND.with_for_update()
CHANGE = update(chats).where(
    chats.c.bucket == bindparam("of_bucket"),
    chats.c.channel == bindparam("of_channel"),
    chats.c.address == bindparam("of_address"),
)
_MARK = CHANGE.where(
    chats.c.session_id == bindparam("of_session"),
    chats.c.shown_revision <= bindparam("of_revision"),
)
CURRENT = and_(
    sessions.c.bucket == chats.c.session_bucket,
    sessions.c.id == chats.c.session_id,
    sessions.c.chat_id == chats.c.id,
)
_OWED = (
    select(chats.c.address)
    .join(sessions, CURRENT)
    .where(chats.c.channel == bindparam("channel"), chats.c.shown_revision < sessions.c.revision, ~chats.c.is_blocked)
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody at the other end of a channel: `address` is Telegram's chat id, or the secret in a browser's cookie."""

    channel: str
    address: str

    @property
    def bucket(self) -> int:
        """0 to 255, known before anything is looked up."""
        if self.channel == "telegram":
            return int(self.address) % 256
        return hashlib.sha256(self.address.encode()).digest()[0]

    @property
    def kept(self) -> str:
        """The address as it is stored: readable only where we must be able to write to it first."""
        return self.address if self.channel == "telegram" else hashlib.sha256(self.address.encode()).hexdigest()

    @property
    def key(self) -> dict[str, object]:
        """What finds the chat's row in a SELECT."""
        return {"bucket": self.bucket, "channel": self.channel, "address": self.kept}

    @property
    def changed(self) -> dict[str, object]:
        """What finds it in an UPDATE, where the names of columns are what is set."""
        return {f"of_{name}": value for name, value in self.key.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a chat shows now: the channel's name of the message, the place in the questionnaire, the revision."""

    session: str
    message: str
    place: str
    revision: int


async def meet_chat(connection: AsyncConnection, sender: Sender) -> str:
    """The id of the sender's chat, made at the first meeting; held until the transaction ends."""
    row = sender.key | {"id": uuid4().hex} | _NOTHING_SHOWN
    await connection.execute(_MEET[connection.dialect.name], row)
    return str((await connection.execute(_HOLD, sender.key)).scalar_one())


async def find_chat(connection: AsyncConnection, sender: Sender, *, hold: bool) -> tuple[str, bool] | None:
    """The id of the sender's chat and whether it points to a session; `hold` it until the transaction ends."""
    row = (await connection.execute(_HOLD if hold else _FIND, sender.key)).first()
    return None if row is None else (row.id, row.session_id is not None)


async def turn_chat_to(connection: AsyncConnection, sender: Sender, *, bucket: int, session: str) -> None:
    """Make this session the chat's current one, of which nothing was shown yet."""
    current = {"session_bucket": bucket, "session_id": session}
    await connection.execute(CHANGE, sender.changed | current | _NOTHING_SHOWN)


async def mark_unsaid(connection: AsyncConnection, sender: Sender) -> None:
    """Whatever revision was shown, the prompt is to be shown again."""
    await connection.execute(CHANGE, sender.changed | {"shown_revision": NEVER})


async def mark_shown(engine: AsyncEngine, sender: Sender, shown: Shown) -> None:
    """Remember it, unless the chat has gone on to another session or was shown a later revision.

    A message without a name could not be sent, for nobody reads there any more.
    """
    marked = sender.changed | {
        "of_session": shown.session,
        "of_revision": shown.revision,
        "shown_message": shown.message,
        "shown_place": shown.place,
        "shown_revision": shown.revision,
        "is_blocked": sender.channel == "telegram" and not shown.message,
    }
    async with transaction(engine) as connection:
        await connection.execute(_MARK, marked)


async def owed(engine: AsyncEngine, channel: str) -> list[Sender]:
    """Who of this channel has not been shown the present state of his session: what a crash left unsaid.

    To those who have blocked us it is owed again once they come back. Of use only where addresses are kept readable;
    a browser asks by itself.
    """
    async with snapshot(engine) as connection:
        addresses = await connection.scalars(_OWED, {"channel": channel})
        return [Sender(channel, address) for address in addresses]

"""What the conversations leave in the chats of a channel, and which of them are to be cleared."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.chat_messages import (
    ChatMessage,
    Clearing,
    clearing_of,
    end_clearing,
    keep_messages,
    prune_messages,
    to_clear,
)
from storage.chats import Sender
from storage.engine import snapshot, transaction


class Traces:
    """The messages that were said, by number. Every method is one transaction; raises StorageError only."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    async def keep(self, said: Mapping[Sender, Sequence[ChatMessage]]) -> None:
        """Keep what no turn has kept."""
        async with transaction(self._engine) as connection:
            await keep_messages(connection, said)

    async def to_clear(self, channel: str) -> list[Sender]:
        """Who has asked for a clear chat and has none yet."""
        async with snapshot(self._engine) as connection:
            return await to_clear(connection, channel)

    async def clearing_of(self, sender: Sender) -> Clearing | None:
        """What is to be deleted in this chat."""
        async with snapshot(self._engine) as connection:
            return await clearing_of(connection, sender, now=self._clock())

    async def cleared(self, sender: Sender, clearing: Clearing) -> None:
        """It has been done, as far as it can be."""
        async with transaction(self._engine) as connection:
            await end_clearing(connection, sender, clearing)

    async def forget(self) -> int:
        """Drop what cannot be deleted any more; how much."""
        async with transaction(self._engine) as connection:
            return await prune_messages(connection, now=self._clock())

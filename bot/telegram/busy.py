"""A sign in the chat that something is being worked on, for what takes longer than a person expects."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.error import TelegramError

from bot.telegram.calls import Calls

SLOW = 1.0
"""Seconds after which somebody wonders."""

LASTS = 4.5
"""Seconds until the sign has to be renewed: Telegram takes it away after five, or with the next message."""


@asynccontextmanager
async def busy(calls: Calls, chat: int, action: str = "typing") -> AsyncIterator[None]:
    """While the block runs the chat says so, once that takes long; best effort."""
    telling = asyncio.create_task(_tell(calls, chat, action))
    try:
        yield
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


async def _tell(calls: Calls, chat: int, action: str) -> None:
    await asyncio.sleep(SLOW)
    while True:
        try:
            await calls.call("sendChatAction", chat_id=chat, action=action)
        except TelegramError:
            return
        await asyncio.sleep(LASTS)

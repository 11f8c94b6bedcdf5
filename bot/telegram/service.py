"""The parts of the Telegram channel, put together."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from telegram import Bot
from telegram.error import InvalidToken

from bot.dialogue import Dialogue
from bot.errors import WrongToken
from bot.telegram.calls import Calls
from bot.telegram.hosting import Host
from bot.telegram.listening import Me
from bot.telegram.polling import Polling
from bot.telegram.speaking import Speaker
from bot.telegram.transport import AiohttpRequest

_log = logging.getLogger(__name__)


class Beside(Protocol):
    """Something that sends with the same calls, once Telegram has been reached, until it is cancelled."""

    async def __call__(self, calls: Calls) -> None:
        """Run."""


async def serve_telegram(
    dialogue: Dialogue, *, token: str, api_url: str, per_second: float, on_ready: Callable[[str], None], beside: Beside
) -> None:
    """Serve until cancelled; `on_ready` gets the bot's name once Telegram has been reached. Raises WrongToken.

    At most `per_second` messages are sent to all chats together.
    """
    try:
        bot = Bot(token, f"{api_url.rstrip('/')}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    except InvalidToken:
        raise WrongToken from None
    calls = Calls(bot, per_second)
    others: list[asyncio.Task[None]] = []

    def ready(me: Me) -> None:
        _log.info("Serving Telegram as @%s.", me.username)
        on_ready(me.username)
        others.append(asyncio.create_task(beside(calls)))

    try:
        await Polling(bot, calls, Host(dialogue, Speaker(calls))).run(ready)
    finally:
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await bot.shutdown()

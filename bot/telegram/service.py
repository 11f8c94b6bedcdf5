"""The parts of the Telegram channel, put together."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from telegram import Bot
from telegram.error import InvalidToken

from bot.coordinators.desk import Desk
from bot.coordinators.exporter import Exporter
from bot.dialogue import Dialogue
from bot.errors import WrongToken
from bot.files import Files
from bot.telegram.calls import Calls
from bot.telegram.clearing import Cleaner
from bot.telegram.coordinating import Coordinating
from bot.telegram.exhibits import Exhibitor
from bot.telegram.fetching import Fetcher
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


@dataclass(frozen=True, slots=True)
class Office:
    """What coordinators need: who answers them, and who makes their files."""

    desk: Desk
    exporter: Exporter


@dataclass(frozen=True, slots=True)
class TelegramPlace:
    """Where the bot is served, as whom, and how many messages a second it may send to all chats together."""

    token: str = field(repr=False)
    api_url: str
    per_second: float


async def serve_telegram(
    dialogue: Dialogue,
    files: Files,
    office: Office,
    place: TelegramPlace,
    *,
    on_ready: Callable[[str], None],
    beside: Beside,
) -> None:
    """Serve until cancelled; `on_ready` gets the bot's name once Telegram has been reached. Raises WrongToken."""
    request, api = AiohttpRequest(), place.api_url.rstrip("/")
    try:
        bot = Bot(place.token, f"{api}/bot", f"{api}/file/bot", request=request, get_updates_request=AiohttpRequest())
    except InvalidToken:
        raise WrongToken from None
    calls = Calls(bot, place.per_second)
    coordinating = Coordinating(office.desk, office.exporter, calls)
    others: list[asyncio.Task[None]] = []

    def ready(me: Me) -> None:
        _log.info("Serving Telegram as @%s.", me.username)
        on_ready(me.username)
        others.extend(map(asyncio.create_task, (beside(calls), coordinating.keep_menus())))

    try:
        speaker, fetcher = Speaker(calls, Exhibitor(calls, files)), Fetcher(bot, request, calls, files)
        host = Host(dialogue, speaker, fetcher, coordinating, Cleaner(dialogue.traces, calls, speaker))
        await Polling(bot, calls, host).run(ready)
    finally:
        for other in others:
            other.cancel()
        await coordinating.close()
        await asyncio.gather(*others, return_exceptions=True)
        await bot.shutdown()

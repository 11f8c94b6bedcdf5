"""The composition root: settings in, a serving process out. The one file that knows every other of this package."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from bot.trail import trail_of
from bot.web.server import serve_web
from bot.web.site import WebPlace
from storage.bots import remember_bot
from storage.engine import open_engine, transaction
from storage.errors import StorageError
from storage.migrate import migrate
from storage.settings import Settings

_log = logging.getLogger(__name__)

HOUSEKEEPING_EACH = 3600.0


class TelegramLinks:
    """The t.me address of an invitation, as soon as the bot's name is known."""

    def __init__(self, bot_name: str) -> None:
        self.bot_name = bot_name

    def __call__(self, token: str) -> str:
        """As "https://t.me/BOT?start=TOKEN", or ""."""
        return f"https://t.me/{self.bot_name}?start={token}" if self.bot_name else ""


async def serve(settings: Settings, on_ready: Callable[[AsyncEngine, str], Awaitable[None]]) -> None:
    """Serve until SIGTERM or Ctrl-C. `on_ready` gets the database and the address of the web chat.

    Raises StorageError, WrongToken, or OSError if the port cannot be had; nothing is left open.
    """
    stopped = _stop_signal()
    async with AsyncExitStack() as stack:
        engine = open_engine(settings.database_url)
        stack.push_async_callback(engine.dispose)
        await migrate(engine)
        dialogue = Dialogue(engine, FormShelf(), _now)
        links = TelegramLinks(settings.telegram_bot_name.removeprefix("@"))
        web = await serve_web(dialogue, WebPlace(settings.web_host, settings.web_port, settings.public_url, links))
        stack.push_async_callback(web.stop)
        address = settings.public_url or f"http://{settings.web_host}:{web.port}"
        await on_ready(engine, address.rstrip("/"))
        await _until(stopped, _keep_house(dialogue), *_telegram(engine, dialogue, settings, links))
    _log.info("Stopped.")


def _now() -> datetime:
    return datetime.now(UTC)


def _telegram(
    engine: AsyncEngine, dialogue: Dialogue, settings: Settings, links: TelegramLinks
) -> list[Coroutine[None, None, None]]:
    if settings.telegram_token is None:
        return []

    from bot.telegram.service import serve_telegram  # noqa: PLC0415 - its library takes long to import

    reached = asyncio.Event()

    def ready(bot_name: str) -> None:
        links.bot_name = bot_name.removeprefix("@")
        reached.set()

    token, api_url = settings.telegram_token.get_secret_value(), settings.telegram_api_url
    rate = settings.telegram_rate
    serving = serve_telegram(dialogue, token=token, api_url=api_url, per_second=rate, on_ready=ready)
    return [serving, _remember(engine, links, reached)]


async def _remember(engine: AsyncEngine, links: TelegramLinks, reached: asyncio.Event) -> None:
    """Keep the bot's name for the commands that write links; then wait, for a service that ends would end them all."""
    await reached.wait()
    try:
        async with transaction(engine) as connection:
            await remember_bot(connection, links.bot_name, now=_now())
    except StorageError as error:
        _log.error("%s", error)
    await asyncio.Event().wait()


async def _keep_house(dialogue: Dialogue) -> None:
    """What has to be done now and then, for as long as the process runs."""
    while True:
        try:
            await dialogue.forget_claims()
        except StorageError as error:
            _log.error("%s", error)
        await asyncio.sleep(HOUSEKEEPING_EACH)


def _stop_signal() -> asyncio.Event:
    """What SIGTERM or Ctrl-C sets, from now on."""
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


async def _until(stopped: asyncio.Event, *services: Coroutine[None, None, None]) -> None:
    """Run the services until it is set or one of them fails, whose error is raised; then end them all."""
    tasks = [asyncio.create_task(service) for service in (*services, _wait(stopped))]
    done, running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in running:
        task.cancel()
    for outcome in await asyncio.gather(*running, return_exceptions=True):
        if isinstance(outcome, Exception):
            _log.error("A service did not end cleanly: %s", trail_of(outcome))
    for task in done:
        task.result()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()

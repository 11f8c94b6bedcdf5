"""The composition root: settings in, a serving process out. The one file that knows every other of this package."""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.coordinators.desk import Desk
from bot.coordinators.exporter import Exporter
from bot.dialogue import Dialogue
from bot.ending import is_ending
from bot.files import Files
from bot.mail.post import OUTBOX, MailPost
from bot.mail.service import serve_bounces
from bot.post import Post
from bot.sender import Pacing, Sender
from bot.shelf import FormShelf
from bot.trail import trail_of
from bot.waves import keep_waves
from bot.web.server import serve_web
from bot.web.site import WebPlace
from bot.wishes import Wishes
from storage.bots import known_bot, remember_bot
from storage.engine import open_engine, snapshot, transaction
from storage.errors import StorageError
from storage.media import open_media
from storage.migrate import migrate
from storage.settings import Settings
from storage.settling import forget_filed
from storage.standstill import lift_now

if TYPE_CHECKING:
    from bot.telegram.calls import Calls

_log = logging.getLogger(__name__)

HOUSEKEEPING_EACH = 3600.0

MAIL = Pacing(per_second=10, at_once=1)
"""What any organisation's mail server bears; one after the other, for each is looked at once more right before."""

AT_ONCE = 60
"""Reminders in Telegram on their way at once: a second's worth and more, should Telegram be slow."""


class TelegramLinks:
    """The t.me address of an invitation, as soon as the bot's name is known."""

    def __init__(self, bot_name: str) -> None:
        self._bot_name = bot_name.removeprefix("@")

    @property
    def bot_name(self) -> str:
        """Without "@"; "" before it is known."""
        return self._bot_name

    @bot_name.setter
    def bot_name(self, name: str) -> None:
        self._bot_name = name.removeprefix("@")

    def __call__(self, token: str) -> str:
        """As "https://t.me/BOT?start=TOKEN", or ""."""
        return f"https://t.me/{self.bot_name}?start={token}" if self.bot_name else ""


async def serve(
    settings: Settings,
    on_ready: Callable[[AsyncEngine, str], Awaitable[None]],
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Serve until SIGTERM or Ctrl-C. `on_ready` gets the database and the address of the web chat.

    Raises StorageError, WrongToken, or OSError if a port cannot be had; nothing is left open.
    """
    stopped = _stop_signal()
    async with AsyncExitStack() as stack:
        engine = open_engine(settings.database_url)
        stack.push_async_callback(engine.dispose)
        await migrate(engine)
        here = _Installation(settings, engine, FormShelf(), clock, TelegramLinks(await _bot_name(settings, engine)))
        web = await serve_web(here.dialogue, here.web_place, Wishes(engine, settings.secret_key(), clock), here.files)
        stack.push_async_callback(web.stop)
        address = (settings.public_url or f"http://{settings.web_host}:{web.port}").rstrip("/")
        post = MailPost.of(settings, engine, here.forms, address, clock)
        stack.push_async_callback(post.close)
        await _tell_of_filed(settings, engine)
        await lift_now(engine, "email", now=clock())  # whoever has put the settings right starts anew
        await on_ready(engine, address)
        waves = keep_waves(engine, settings.working_hours, clock)
        mail = here.sender("email", post, MAIL).run()
        bounces = serve_bounces(engine, settings, clock)
        await _until(stopped, here.keep_house(), waves, mail, bounces, *here.telegram())
    _log.info("Stopped.")


async def _tell_of_filed(settings: Settings, engine: AsyncEngine) -> None:
    """Whoever tried without a mail server has invited nobody by it."""
    if settings.smtp_url is not None and (count := await forget_filed(engine)):
        _log.warning(
            "%d messages had only been written to the folder; they count as not sent now that there is a mail server."
            " `colloquio invitations send` sends the invitations.",
            count,
        )


async def _bot_name(settings: Settings, engine: AsyncEngine) -> str:
    """As far as it is known before Telegram is reached; "" where it is not served."""
    if settings.telegram_bot_name or settings.telegram_token is None:
        return settings.telegram_bot_name
    async with snapshot(engine) as connection:
        return await known_bot(connection)


@dataclass(frozen=True)
class _Installation:
    """What the services of one process share."""

    settings: Settings
    engine: AsyncEngine
    forms: FormShelf
    clock: Callable[[], datetime]
    links: TelegramLinks

    @cached_property
    def dialogue(self) -> Dialogue:
        return Dialogue(self.engine, self.forms, self.clock)

    @cached_property
    def files(self) -> Files:
        return Files(self.engine, open_media(self.settings))

    @property
    def web_place(self) -> WebPlace:
        settings = self.settings
        outbox = None if settings.smtp_url else settings.data_dir / OUTBOX
        return WebPlace(settings.web_host, settings.web_port, settings.public_url, self.links, outbox)

    def sender(self, channel: str, post: Post, pacing: Pacing, *, backlog: Callable[[], float] = lambda: 0.0) -> Sender:
        hours = self.settings.working_hours
        return Sender(self.engine, channel, post, pacing, hours, clock=self.clock, backlog=backlog)

    async def keep_house(self) -> None:
        """What has to be done now and then, for as long as the process runs."""
        while not is_ending():
            try:
                await self.dialogue.forget_claims()
                await self.dialogue.traces.forget()
                await self.files.tidy(self.clock())
            except (StorageError, OSError) as error:
                _log.error("%s", error)
            await asyncio.sleep(HOUSEKEEPING_EACH)

    def telegram(self) -> list[Coroutine[None, None, None]]:
        """Its services; none without a token."""
        settings = self.settings
        if settings.telegram_token is None:
            return []

        from bot.telegram.post import TelegramPost  # noqa: PLC0415 - its library takes long to import
        from bot.telegram.service import Office, TelegramPlace, serve_telegram  # noqa: PLC0415

        reached = asyncio.Event()

        def ready(bot_name: str) -> None:
            self.links.bot_name = bot_name
            reached.set()

        async def remind(calls: "Calls") -> None:
            post = TelegramPost(self.engine, self.forms, calls, self.clock)
            pacing = Pacing(settings.telegram_rate, AT_ONCE)
            await self.sender("telegram", post, pacing, backlog=calls.backlog).run()

        serving = serve_telegram(
            self.dialogue,
            self.files,
            Office(
                Desk(self.engine, self.forms, settings.working_hours, self.clock),
                Exporter(settings.data_dir, os.environ),
            ),
            TelegramPlace(
                settings.telegram_token.get_secret_value(), settings.telegram_api_url, settings.telegram_rate
            ),
            on_ready=ready,
            beside=remind,
        )
        return [serving, self._remember(reached)]

    async def _remember(self, reached: asyncio.Event) -> None:
        """Keep the bot's name for the commands that write links; then wait, for a service that ends ends them all."""
        await reached.wait()
        try:
            async with transaction(self.engine) as connection:
                await remember_bot(connection, self.links.bot_name, now=self.clock())
        except StorageError as error:
            _log.error("%s", error)
        await asyncio.Event().wait()


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

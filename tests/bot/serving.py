"""The bot's Telegram side in the loop of a test; it can be stopped and started again, as a process can."""

import asyncio
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.coordinators.desk import Desk
from bot.coordinators.exporter import Exporter
from bot.dialogue import Dialogue
from bot.files import Files
from bot.sender import IDLE, Pacing, Sender
from bot.shelf import FormShelf
from bot.telegram.calls import Calls
from bot.telegram.post import TelegramPost
from bot.telegram.service import Office, TelegramPlace, serve_telegram
from bot.waves import look_for_waves
from conversations.protocol import WaveKind
from storage.engine import transaction
from storage.media import MediaFolder
from storage.surveys import get_survey
from storage.waves import Counts, plan_waves
from storage.workdays import WorkingHours
from tests.bot.installation import NOON
from tests.bot.telegram_peer import TelegramPeer

LONGEST_NAP = 0.02


class Serving:
    """`now` is what the bot's clock says; it stands still, or `ticks` from then on. Its sender waits shortly only."""

    def __init__(
        self,
        engine: AsyncEngine,
        peer: TelegramPeer,
        token: str = "",
        per_second: float = 1000,
        folder: Path = Path("a folder that nobody needs"),
        surroundings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.engine = engine
        self._folder = folder
        self._surroundings = surroundings
        self._token = token or peer.token
        self._per_second = per_second
        self.now: datetime = NOON
        self.ticks = False
        self._begun = time.monotonic()
        self._peer = peer
        self._task: asyncio.Task[None] | None = None
        self._idle = asyncio.Event()

    def clock(self) -> datetime:
        """What time it is for the bot."""
        return self.now + timedelta(seconds=time.monotonic() - self._begun if self.ticks else 0)

    async def start(self) -> None:
        """Serve; return once Telegram was reached."""
        reached = asyncio.Event()
        dialogue = Dialogue(self.engine, FormShelf(), self.clock)
        service = serve_telegram(
            dialogue,
            Files(self.engine, MediaFolder(self._folder / "media")),
            Office(
                Desk(self.engine, FormShelf(), WorkingHours(), self.clock),
                Exporter(self._folder, {**os.environ, **self._surroundings}),
            ),
            TelegramPlace(self._token, self._peer.url, self._per_second),
            on_ready=lambda _name: reached.set(),
            beside=self._remind,
        )
        self._task = asyncio.create_task(service)
        waiting = asyncio.create_task(reached.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    async def _remind(self, calls: Calls) -> None:
        await Sender(
            self.engine,
            "telegram",
            TelegramPost(self.engine, FormShelf(), calls, self.clock),
            Pacing(self._per_second, at_once=20),
            WorkingHours(),
            clock=self.clock,
            sleep=self._nap,
            backlog=calls.backlog,
        ).run()

    async def _nap(self, seconds: float) -> None:
        if seconds == IDLE:
            self._idle.set()
        await asyncio.sleep(min(seconds, LONGEST_NAP))

    async def rests(self) -> None:
        """Wait until nothing is being sent, and nothing may be sent now."""
        for _ in range(2):  # the first look may have begun before
            self._idle.clear()
            await self._idle.wait()

    async def wave(self, kind: WaveKind = WaveKind.REMINDER, name: str = "indagine") -> Counts:
        """A wave is planned for this moment, and run; whom it is for, and why not for the others."""
        async with transaction(self.engine) as connection:
            await plan_waves(connection, await get_survey(connection, name), kind, [self.now])
        (ran,) = await look_for_waves(self.engine, WorkingHours(), now=self.now)
        return ran.counts

    async def stop(self) -> None:
        """End it as Ctrl-C does; raises what ended it before."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def ended(self) -> None:
        """Wait until it ends by itself; raises what ended it."""
        task, self._task = self._task, None
        if task is not None:
            await task

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

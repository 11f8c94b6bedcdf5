"""The bot's Telegram side in the loop of a test; it can be stopped and started again, as a process can."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.sender import Pacing, Sender
from bot.shelf import FormShelf
from bot.telegram.calls import Calls
from bot.telegram.post import TelegramPost
from bot.telegram.service import serve_telegram
from storage.workdays import WorkingHours
from tests.bot.installation import NOON
from tests.bot.telegram_peer import TelegramPeer


class Serving:
    """`now` is what the bot's clock says."""

    def __init__(self, engine: AsyncEngine, peer: TelegramPeer, token: str = "") -> None:
        self.engine = engine
        self._token = token or peer.token
        self.now: datetime = NOON
        self._peer = peer
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Serve; return once Telegram was reached."""
        reached = asyncio.Event()
        dialogue = Dialogue(self.engine, FormShelf(), lambda: self.now)
        service = serve_telegram(
            dialogue,
            token=self._token,
            api_url=self._peer.url,
            per_second=1000,
            on_ready=lambda _name: reached.set(),
            beside=self._remind,
        )
        self._task = asyncio.create_task(service)
        waiting = asyncio.create_task(reached.wait())
        await asyncio.wait({self._task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()

    async def _remind(self, calls: Calls) -> None:
        post = TelegramPost(self.engine, FormShelf(), calls, lambda: self.now)
        pacing = Pacing(1000, 20)
        await Sender(
            self.engine, "telegram", post, pacing, WorkingHours(), clock=lambda: self.now, backlog=calls.backlog
        ).run()

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

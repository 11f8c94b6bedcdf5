"""Our own loop over PTB's `Bot`: fetch, take the turns, speak, and only then confirm.

PTB's `Updater` confirms what it has put into its memory: a killed process loses it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.errors import WrongToken
from bot.telegram.calls import Calls
from bot.telegram.face import register_face
from bot.telegram.hosting import Host
from bot.telegram.listening import ASKED_FOR, Json, Me
from bot.trail import trail_of

_log = logging.getLogger(__name__)

LONG_POLL = 30
"""Seconds that Telegram may keep the answer back until there is an update."""

SPEAKING_PATIENCE = 0.05
"""Seconds for which a batch waits with its confirmation for what is still being said. Nothing depends on it, for
what is unsaid stays owed in the database; it only makes a repetition after a crash rarer."""

CLOSING_PATIENCE = 8.0
"""Seconds that turns under way have when the process is to end."""

BACK_OFF = (1.0, 2.0, 5.0, 10.0, 30.0)
SWEEP_EACH = 60.0
SWEEP_AFTER_DOUBT = 3.0

Sleep = Callable[[float], Awaitable[None]]
_Answer = TypeVar("_Answer")


class Polling:
    """Serves one bot until it is cancelled."""

    def __init__(self, bot: Bot, calls: Calls, host: Host, *, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._calls = calls
        self._host = host
        self._sleep = sleep
        self._turns: set[asyncio.Task[None]] = set()
        self._is_closing = False

    async def run(self, on_ready: Callable[[Me], None]) -> None:
        """Serve; raises WrongToken. Cancelled, it finishes the turns under way."""
        me = await self._patiently(self._meet)
        on_ready(me)
        beside = [asyncio.create_task(self._sweep_on()), asyncio.create_task(self._show_face())]
        try:
            await self._serve(me)
        finally:
            self._is_closing = True  # a database may answer a cancellation with an error of its own
            for task in beside:
                task.cancel()
            await self._close()

    async def _serve(self, me: Me) -> None:
        offset = 0
        while True:
            updates = await self._patiently(lambda: self._fetch(offset))  # noqa: B023 - awaited before it changes
            if updates:
                await self._take(updates, me)
                offset = updates[-1]["update_id"] + 1

    async def _show_face(self) -> None:
        """Beside the conversations: Telegram may want hours between two changes of a bot's texts."""
        await self._patiently(lambda: register_face(self._calls))

    async def _fetch(self, offset: int) -> list[Json]:
        """The next updates; asking for them confirms all below `offset`."""
        updates: list[Json] = await self._bot.do_api_request(
            "getupdates",
            api_kwargs={"offset": offset, "timeout": LONG_POLL, "limit": 100, "allowed_updates": ASKED_FOR},
            read_timeout=LONG_POLL + 10,
        )
        return updates

    async def _take(self, updates: list[Json], me: Me) -> None:
        """All turns of the batch are stored when this returns; what is slow to say may still be under way."""
        for update in updates:
            task = asyncio.create_task(self._host.receive(update, me))
            self._turns.add(task)
            task.add_done_callback(self._turns.discard)
        await asyncio.wait(list(self._turns))
        await self._host.quiet(SPEAKING_PATIENCE)

    async def _close(self) -> None:
        if self._turns:
            await asyncio.wait(list(self._turns), timeout=CLOSING_PATIENCE)
        for task in list(self._turns):
            task.cancel()
        await self._host.close(CLOSING_PATIENCE)

    # ------------------------------------------------------------ what is still owed

    async def _sweep_on(self) -> None:
        while not self._is_closing:
            try:
                await self._host.sweep()
            except Exception as error:  # noqa: BLE001 - the next sweep tries again; the polling must go on
                _log.error("What is owed could not be said: %s", trail_of(error))
            if self._is_closing:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_EACH):  # wait_for of Python 3.11 can swallow a cancellation
                    await self._host.in_doubt.wait()
                self._host.in_doubt.clear()
                await self._sleep(SWEEP_AFTER_DOUBT)

    # ------------------------------------------------------------ reaching Telegram

    async def _meet(self) -> Me:
        await self._bot.initialize()
        return Me(self._bot.id, self._bot.username)

    async def _patiently(self, call: Callable[[], Awaitable[_Answer]]) -> _Answer:
        """Call until Telegram answers; raises WrongToken."""
        failures = 0
        while True:
            try:
                return await call()
            except (InvalidToken, EndPointNotFound):
                raise WrongToken from None  # PTB's own message holds the token
            except Conflict as error:
                _log.error(
                    "Telegram gives the updates to somebody else: %s. A token serves one process: "
                    "stop the other one, or remove its webhook.",
                    error.message.rstrip("."),
                )
            except TelegramError as error:
                _log.warning("Telegram cannot be reached, trying again: %s", error.message)
            await self._sleep(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
            failures += 1

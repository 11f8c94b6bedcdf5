"""The Bot API when it is in trouble, or has had enough: bans, stalls, and goes away."""

import asyncio
import time

from aiohttp import web

from tests.bot.telegram_peer import ApiError, Json, TelegramPeer


class StrictPeer(TelegramPeer):
    """Told to, it refuses for a while, gives no answer, or is not there."""

    def __init__(self) -> None:
        super().__init__()
        self._bans = 0.0
        self._banned_until = 0.0
        self._stalls = 0
        self._released = asyncio.Event()

    def bans(self, seconds: float) -> None:
        """It refuses the next message, and all that come too early after it."""
        self._bans = seconds

    def stalls(self) -> None:
        """The next message gets no answer."""
        self._stalls += 1

    async def goes_away(self) -> None:
        """Nobody listens any more."""
        assert self._runner is not None
        await self._runner.cleanup()

    async def comes_back(self) -> None:
        """Where it was before."""
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        port = int(self.url.rpartition(":")[2])
        await web.TCPSite(self._runner, "127.0.0.1", port, reuse_address=True).start()

    async def __aexit__(self, *exc: object) -> None:
        self._released.set()
        await super().__aexit__(*exc)

    async def _execute(self, token: str, method: str, arguments: Json) -> object:
        if method == "sendmessage":
            self._check_ban()
            if self._stalls:
                self._stalls -= 1
                await self._released.wait()
        return await super()._execute(token, method, arguments)

    def _check_ban(self) -> None:
        left = self._banned_until - time.monotonic()
        if self._bans:
            left, self._bans = self._bans, 0.0
            self._banned_until = time.monotonic() + left
        if left > 0:
            raise ApiError(429, "Too Many Requests: retry later", retry_after=left)

"""Telegram as a wave of messages meets it: counts the arrivals of every second, and refuses what is too much."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

LIMIT = 30
"""Messages in any second; one more is refused, and for some seconds everything is."""

BAN = 3


@dataclass
class StrictServer:
    """`arrivals` are the moments of the messages that were taken, in seconds; `refused` counts the others."""

    arrivals: list[float] = field(default_factory=list)
    chats: list[int] = field(default_factory=list)
    refused: int = 0
    url: str = ""
    _recent: deque[float] = field(default_factory=deque)
    _banned_until: float = 0.0
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_post("/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.Response:
        if request.match_info["method"].lower() != "sendmessage":
            return _taken({"id": 1, "is_bot": True, "first_name": "Bot", "username": "a_bot"})
        chat = int((await request.json())["chat_id"])
        now = time.monotonic()
        while self._recent and self._recent[0] <= now - 1.0:
            self._recent.popleft()
        if now < self._banned_until or len(self._recent) >= LIMIT:
            self.refused += 1
            self._banned_until = max(self._banned_until, now + BAN)
            return web.json_response(_REFUSAL, status=429)
        self._recent.append(now)
        self.arrivals.append(now)
        self.chats.append(chat)
        return _taken({"message_id": len(self.arrivals), "chat": {"id": chat, "type": "private"}, "text": ""})

    @property
    def busiest_second(self) -> int:
        """The most arrivals of any second."""
        most, start = 0, 0
        for end, moment in enumerate(self.arrivals):
            while self.arrivals[start] <= moment - 1.0:
                start += 1
            most = max(most, end - start + 1)
        return most


_REFUSAL = {
    "ok": False,
    "error_code": 429,
    "description": f"Too Many Requests: retry after {BAN}",
    "parameters": {"retry_after": BAN},
}


def _taken(result: dict[str, Any]) -> web.Response:
    return web.json_response({"ok": True, "result": result})

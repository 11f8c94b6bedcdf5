"""One call of the Bot API: at the chat's own pace, and again when Telegram says how long to wait."""

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from bot.telegram.ledger import Ledger

_log = logging.getLogger(__name__)

MESSAGES_AT_ONCE = 8
EDITS_AT_ONCE = 15
"""To one chat; from then on one a second. Telegram lets short bursts pass and counts edits apart."""

PATIENCE = 5.0
"""Seconds for which a message on our own account waits; after that it is looked at anew whether it is due."""

FORGET_AT = 10_000
"""Chats remembered by a pace; those that may speak at once are forgotten."""


class Pace:
    """So many at once to each chat, then one a second. What is booked is booked, also if it is never used."""

    def __init__(self, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._slack = at_once - 1.0
        self._clock = clock
        self._booked: dict[int, float] = {}

    def book(self, chat: int) -> float:
        """The seconds to wait before the next one to this chat."""
        now = self._clock()
        at = max(self._booked.get(chat, 0.0), now)
        self._booked[chat] = at + 1.0
        if len(self._booked) > FORGET_AT:
            self._booked = {known: until for known, until in self._booked.items() if until > now}
        return max(0.0, at - self._slack - now)


class Rate:
    """So many messages a second to all chats together, evenly; none while Telegram wants a pause.

    `pauses` counts them: what was booked before a pause is not valid any more.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.pauses = 0
        self._each = 1.0 / per_second
        self._clock = clock
        self._next = 0.0
        self._paused_until = 0.0

    def pause(self, seconds: float) -> None:
        """Nothing to anybody before that: who asks again sooner is refused again."""
        self.pauses += 1
        self._paused_until = max(self._paused_until, self._clock() + seconds)
        self._next = max(self._next, self._paused_until)

    @property
    def pause_left(self) -> float:
        """The seconds until anything may be sent."""
        return max(0.0, self._paused_until - self._clock())

    @property
    def ahead(self) -> float:
        """The seconds to wait if something were to be sent now."""
        return max(0.0, self._next - self._clock())

    def book(self) -> float:
        """The seconds to wait before the next one."""
        now = self._clock()
        at = max(self._next, now)
        self._next = at + self._each
        return at - now


class Calls:
    """The methods we use, by their names; results are the service's JSON. Raises telegram.error's but RetryAfter.

    `ledger` has what was sent.
    """

    def __init__(self, bot: Bot, per_second: float) -> None:
        self._bot = bot
        self._messages = Pace(MESSAGES_AT_ONCE)
        self._edits = Pace(EDITS_AT_ONCE)
        self._rate = Rate(per_second)
        self.ledger = Ledger()
        self._answers = 0  # that wait for their turn

    async def send(self, chat: int, **parameters: object) -> int:
        """Send a message; its number."""
        return int((await self.send_as("sendMessage", chat, **parameters))["message_id"])

    async def send_as(self, method: str, chat: int, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Send with one of the methods send...; the message."""
        await asyncio.sleep(self._messages.book(chat))
        while True:
            await self._take_turn()
            try:
                return await self._message(method, chat, parameters)
            except RetryAfter as told:
                _log.warning("Telegram asks to wait %s s before the next message.", seconds_of(told.retry_after))

    async def send_album(self, chat: int, media: Sequence[InputMediaPhoto]) -> list[dict[str, Any]]:
        """Send pictures together, which count as so many messages; the messages."""
        for _ in media[1:]:
            await asyncio.sleep(self._messages.book(chat))
        return list(await self.send_as("sendMediaGroup", chat, media=list(media)))

    async def push(self, chat: int, **parameters: object) -> int:
        """Send a message on our own account, when nobody waits for an answer; its number.

        Raises RetryAfter when everything has to wait, or there is too much to answer: then nothing was sent.
        """
        await asyncio.sleep(self._messages.book(chat))
        await self._give_way()
        return int((await self._message("sendMessage", chat, parameters))["message_id"])

    def backlog(self) -> float:
        """Seconds for which there are answers to give, or nothing may be sent at all."""
        return self._rate.ahead if self._answers else self._rate.pause_left

    async def edit(self, method: str, chat: int, **parameters: object) -> None:
        """Change a message with one of the methods editMessage..."""
        await asyncio.sleep(self._edits.book(chat))
        await self.call(method, chat_id=chat, **parameters)

    async def call(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Call, and again for as long as Telegram asks to wait: a 429 loses nothing and reorders nothing."""
        while True:
            try:
                return await self._once(method, **parameters)
            except RetryAfter as told:
                await self._wait(method, told)

    async def _take_turn(self) -> None:
        """A pause that begins meanwhile is waited for as well."""
        pauses = -1
        self._answers += 1
        try:
            while pauses != self._rate.pauses:
                pauses = self._rate.pauses
                await asyncio.sleep(self._rate.book())
        finally:
            self._answers -= 1

    async def _give_way(self) -> None:
        """Wait for every answer to be given; what leaves on our own account has its slot from the outbox."""
        patience = PATIENCE
        while (ahead := self.backlog()) > 0:
            patience -= ahead
            if patience < 0:
                raise RetryAfter(math.ceil(ahead))
            await asyncio.sleep(ahead)
        self._rate.book()

    async def _message(self, method: str, chat: int, parameters: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
        """Send it; told to wait, everything waits, and RetryAfter is raised."""
        try:
            sent = await self._once(method, chat_id=chat, **parameters)
        except RetryAfter as told:
            self._rate.pause(seconds_of(told.retry_after))
            raise
        self.ledger.note_sent(chat, sent)
        return sent

    async def _once(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        # In small letters, which Telegram takes as well: PTB warns of a method that it has a function for,
        # but that function builds objects of everything, at ten times the cost.
        return await self._bot.do_api_request(method.lower(), api_kwargs=parameters)

    @staticmethod
    async def _wait(method: str, told: RetryAfter) -> None:
        seconds = seconds_of(told.retry_after)
        _log.warning("Telegram asks to wait %s s before the next %s.", seconds, method)
        await asyncio.sleep(seconds)


def seconds_of(wait: float | timedelta) -> float:
    """What Telegram asks for, as PTB says it."""
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)

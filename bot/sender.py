"""Empties the outbox of one channel: claim, look once more, send, record; nothing is sent that cannot be recorded."""

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ending import is_ending
from bot.post import Post
from bot.trail import trail_of
from storage.errors import StorageError
from storage.outbox import HORIZON, begin, book, claim
from storage.postings import Doubtful, Errand, Later, Outcome, Ticket
from storage.settling import settle, take_back
from storage.workdays import WorkingHours

_log = logging.getLogger(__name__)

IDLE = 1.0
"""Seconds between two looks into an empty outbox."""

FULL = 0.02
"""Seconds between two looks while the rate is used up."""

LATE = 0.08
"""Seconds after its slot in which a message may leave; later than that, it needs another slot."""

TRIES = 5
"""Slots that a message may miss; on a machine that is always late it leaves all the same."""

FAR_AWAY = 1.0
"""Seconds for which a message that was looked at waits; after that it is looked at again."""

DATABASE_AWAY = 2.0
"""Seconds between two tries to reach the database."""

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pacing:
    """How fast a channel may be: messages a second over all processes, and messages on their way at once."""

    per_second: float
    at_once: int


class Sender:
    """Sends until it is cancelled. What it has begun by then is finished or, if that takes long, left in doubt.

    `backlog` gives the seconds for which the channel has other things to say: answers to people go first.
    """

    def __init__(  # noqa: PLR0913 - its surroundings
        self,
        engine: AsyncEngine,
        channel: str,
        post: Post,
        pacing: Pacing,
        hours: WorkingHours,
        *,
        clock: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
        backlog: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._engine = engine
        self._channel = channel
        self._post = post
        self._pacing = pacing
        self._hours = hours
        self._clock = clock
        self._sleep = sleep
        self._backlog = backlog
        self._going: set[asyncio.Task[None]] = set()
        self._said = ""

    async def run(self) -> None:
        """Send whatever is due, for ever."""
        try:
            while not is_ending():
                await self._sleep(await self._look())
        finally:
            await self._finish()

    async def drain(self) -> int:
        """Send what is due at this moment; how many messages were taken up."""
        count = 0
        while tickets := await self._claim():
            count += len(tickets)
            await asyncio.gather(*map(self._deliver, tickets))
        return count

    async def _look(self) -> float:
        """Begin what may be begun; the seconds until the next look."""
        began = self._now()
        try:
            tickets = await self._claim()
        except StorageError as error:
            _log.error("The outbox cannot be read: %s", error)
            return DATABASE_AWAY
        except Exception as error:  # noqa: BLE001 - the next look tries again; people must be answered meanwhile
            _log.error("The outbox cannot be read: %s", trail_of(error))
            return DATABASE_AWAY
        for ticket in tickets:
            task = asyncio.create_task(self._deliver(ticket, began + ticket.wait))
            self._going.add(task)
            task.add_done_callback(self._has_gone)
        return FULL if tickets or self._going else IDLE

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    def _has_gone(self, task: asyncio.Task[None]) -> None:
        self._going.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            _log.error("A message was left where it was: %s", trail_of(error))

    async def _claim(self) -> list[Ticket]:
        free = self._pacing.at_once - len(self._going)
        if free <= 0 or self._backlog() > HORIZON:
            return []
        rate, now = self._pacing.per_second, self._clock()
        return await claim(self._engine, self._channel, per_second=rate, limit=free, hours=self._hours, now=now)

    async def _deliver(self, ticket: Ticket, slot: float | None = None) -> None:
        """At its slot, by the clock of the loop; None for as soon as it may be."""
        await self._sleep(ticket.wait)
        errand = await self._begin(ticket)
        if errand is None:
            return
        if slot is not None and not await self._is_its_turn(slot):
            await self._take_back(ticket, errand.begun_at)
            return
        outcome, said = await self._send(errand)
        await self._record(lambda now: settle(self._engine, errand, outcome, said=said, now=now))

    async def _is_its_turn(self, slot: float) -> bool:
        """Wait for its slot or, if that was missed, for another one: who comes late meets those who are on time.

        False if another one is far away, for all have been asked to wait.
        """
        for _ in range(TRIES):
            await self._sleep(max(0.0, slot - self._now()))
            if self._now() < slot + LATE:
                return True
            began = self._now()
            wait = await self._book()
            if wait > FAR_AWAY:
                return False
            slot = began + wait
        return True

    async def _book(self) -> float:
        try:
            return await book(self._engine, self._channel, per_second=self._pacing.per_second, now=self._clock())
        except StorageError:
            return math.inf

    async def _begin(self, ticket: Ticket) -> Errand | None:
        begun_at = self._clock()
        try:
            return await begin(self._engine, ticket, now=begun_at)
        except StorageError as error:
            _log.error("A message waits for the database: %s", error)
        await self._take_back(ticket, begun_at)  # it may have been committed all the same
        return None

    async def _take_back(self, ticket: Ticket, begun_at: datetime) -> None:
        await self._record(lambda now: take_back(self._engine, ticket, begun_at=begun_at, now=now))

    async def _send(self, errand: Errand) -> tuple[Outcome, str]:
        try:
            outcome, said = await self._post.send(errand)
        except StorageError as error:
            self._say(str(error))
            return Later(str(error), DATABASE_AWAY, pauses_all=True), ""
        except Exception as error:  # noqa: BLE001 - one message must not hold up the others; it is shown as doubtful
            _log.error("A message could not be sent: %s", trail_of(error))
            return Doubtful(f"an error of Colloquio's own: {type(error).__name__}"), ""
        self._said = ""
        return outcome, said

    def _say(self, why: str) -> None:
        """Once, and not for each try."""
        if why != self._said:
            _log.error("Messages by %s wait: %s", self._channel, why)
        self._said = why

    async def _record(self, store: Callable[[datetime], Awaitable[None]]) -> None:
        """Until it is recorded; meanwhile it takes up its place, so that no more is sent than can be recorded."""
        while True:
            try:
                await store(self._clock())
            except StorageError as error:
                _log.error("What became of a message cannot be recorded yet: %s", error)
                if is_ending():
                    return
                await self._sleep(DATABASE_AWAY)
            else:
                return

    async def _finish(self) -> None:
        if self._going:
            await asyncio.wait(list(self._going), timeout=CLOSING_PATIENCE)
        for task in list(self._going):
            task.cancel()
        await asyncio.gather(*self._going, return_exceptions=True)


CLOSING_PATIENCE = 8.0
"""Seconds that messages on their way have when the process is to end."""

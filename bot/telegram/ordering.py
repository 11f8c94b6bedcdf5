"""Lanes: one respondent's turns in order, different respondents' at once.

A lane hears one thing after the other, and speaks one thing after the other, but hears on while it speaks: a slow
message must not keep an answer from being stored. What it has not yet begun to say when the next turn is done is
not said any more, for the prompt after it is the one that counts.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.reply import Reply
from conversations.protocol import Manner
from storage.chats import Shown

AT_ONCE = 64
"""Turns under way at once, of all respondents together."""

Hear = Callable[[], Awaitable[Reply | None]]
Say = Callable[[Reply, Shown | None], Awaitable[Shown | None]]
"""Says a reply; given and giving what this lane last said, which the reply's own turn may not have known yet."""


@dataclass
class _Lane:
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    unsaid: tuple[Reply, Say] | None = None
    is_speaking: bool = False
    said: Shown | None = None

    @property
    def is_idle(self) -> bool:
        return not self.waiting and not self.is_speaking

    def knows(self, reply: Reply) -> bool:
        """Whether it says nothing new: a repetition of what is being said, or was said a moment ago."""
        return reply.is_derived and (self.is_speaking or self.said is not None)


class Lanes:
    """A lane for each respondent with something under way; none for the others."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._lanes: dict[str, _Lane] = {}
        self._room = asyncio.Semaphore(at_once)
        self._speaking: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()

    async def enter(self, key: str, hear: Hear, say: Say) -> None:
        """Hear when it is this one's turn; return when that is stored. What there is to say follows by itself."""
        self._busy.add(key)
        lane = self._lanes.setdefault(key, _Lane())
        lane.waiting += 1
        try:
            async with lane.turn, self._room:
                reply = await hear()
        finally:
            lane.waiting -= 1
        if reply is not None and not lane.knows(reply):
            lane.unsaid = (_with_earlier(reply, lane.unsaid), say)
            self._speak(key, lane)
        self._tidy(key, lane)

    def watch(self) -> set[str]:
        """The lanes with something under way now or, as time goes on, at any moment from now on."""
        self._busy = set(self._lanes)
        return self._busy

    async def quiet(self, patience: float) -> None:
        """Wait until all is said, but at most for so many seconds."""
        if self._speaking:
            await asyncio.wait(self._speaking, timeout=patience)

    async def close(self, patience: float) -> None:
        """Let what is being said be said, then stop; the rest stays owed."""
        await self.quiet(patience)
        late = list(self._speaking)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _speak(self, key: str, lane: _Lane) -> None:
        if not lane.is_speaking:
            lane.is_speaking = True
            keep(asyncio.create_task(self._speak_on(key, lane)), self._speaking)

    async def _speak_on(self, key: str, lane: _Lane) -> None:
        try:
            while lane.unsaid is not None:
                (reply, say), lane.unsaid = lane.unsaid, None
                lane.said = await say(reply, lane.said) or lane.said
                lane.unsaid = _as_unread(reply, lane.unsaid)
        finally:
            lane.is_speaking = False
            self._tidy(key, lane)

    def _tidy(self, key: str, lane: _Lane) -> None:
        if lane.is_idle and self._lanes.get(key) is lane:
            del self._lanes[key]


def keep(task: asyncio.Task[None], tasks: set[asyncio.Task[None]]) -> None:
    """Hold a task until it is done: the loop alone would let it go."""
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _with_earlier(reply: Reply, unsaid: tuple[Reply, Say] | None) -> Reply:
    """A prompt that was to be sent is still to be sent, whatever came after it; what was asked for is told."""
    if unsaid is None or unsaid[0].manner is not Manner.ASK:
        return reply
    earlier = unsaid[0]
    return replace(
        _below(earlier, reply),
        manner=Manner.ASK,
        clears=reply.clears or earlier.clears,
        celebrates=reply.celebrates or earlier.celebrates,
    )


def _as_unread(said: Reply, unsaid: tuple[Reply, Say] | None) -> tuple[Reply, Say] | None:
    """What comes right after takes the place of what nobody can have read yet: what was asked for is told there."""
    if unsaid is None or unsaid[0].manner is not Manner.ASK:
        return unsaid
    reply, say = unsaid
    return _below(said, reply), say


def _below(earlier: Reply, reply: Reply) -> Reply:
    """What the earlier one had to tell comes first, once."""
    above = tuple(block for block in earlier.told if block not in reply.prompt.blocks)
    return replace(reply.after(above), told=(*above, *reply.told))

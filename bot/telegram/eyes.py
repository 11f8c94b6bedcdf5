"""What people had before their eyes when they sent something; it is all that they can have answered."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from bot.dialogue import Dialogue
from bot.facing import Facing
from bot.reply import Reply
from bot.telegram.listening import Arrival
from bot.telegram.messages import number_of
from bot.telegram.sequence import Sequence
from conversations.protocol import Located, Typed
from storage.chats import Shown

PATIENCE = 0.5
"""Seconds that an answer waits for what is being said just then: only then is it known which prompt it can be for."""


@dataclass
class _Saying:
    """A prompt on its way; `is_there` once Telegram has said the number of its message."""

    facing: Facing
    is_there: asyncio.Event = field(default_factory=asyncio.Event)
    is_slow: bool = False

    async def wait(self) -> None:
        """For a moment, and once: a chat that has to wait long must not keep all others waiting."""
        if not self.is_slow:
            self.is_slow = True
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self.is_there.wait()


class Eyes:
    """Learns from all that is heard and said."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue
        self._sequence = Sequence()
        self._saying: dict[int, _Saying] = {}

    # ------------------------------------------------------------ hearing

    def came(self, arrival: Arrival) -> None:
        """It is here, and will be heard in its turn."""
        self._sequence.came(arrival.chat, arrival.number)

    async def facing(self, arrival: Arrival) -> Facing | None:
        """The prompt that an answer can be for; None where that is not known, or it is an answer to none."""
        if arrival.attachment is None and not isinstance(arrival.heard, Typed | Located):
            return None
        if arrival.chat in self._saying:
            await self._saying[arrival.chat].wait()
        is_reply = arrival.answers != arrival.number
        known = self._sequence.facing(arrival.chat, arrival.answers, is_sure=is_reply)
        return await self._by_what_is_kept(arrival) if is_reply and known is None else known

    async def _by_what_is_kept(self, arrival: Arrival) -> Facing | None:
        """Of a reply to a message that this process has not seen: whether that is older than what is asked now."""
        now = await self._dialogue.look(arrival.sender)
        is_older = now is not None and bool(now.message) and arrival.answers < number_of(now.message)
        return Facing() if is_older else None

    def heard(self, arrival: Arrival, reply: Reply | None) -> None:
        """Where it was heard is where the session stood."""
        if reply is not None and reply.session:
            self._sequence.stood(arrival.chat, Facing(reply.session, reply.before))

    # ------------------------------------------------------------ saying

    def says(self, chat: int, reply: Reply) -> None:
        """It is on its way. What is only said again for safety may have been there before, and been answered."""
        facing = Facing(reply.session, reply.prompt.place)
        if reply.is_derived:
            self._sequence.stood(chat, facing)
        if reply.session:
            self._saying[chat] = _Saying(facing)

    def sent(self, chat: int, number: int) -> None:
        """Telegram has taken a message, while other things may still be done to the chat."""
        if chat in self._saying:
            self._sequence.shows(chat, self._saying[chat].facing, number)
            self._saying[chat].is_there.set()

    def shows(self, chat: int, shown: Shown | None) -> None:
        """It is said, if anybody reads there."""
        if shown is not None and shown.message:
            self._sequence.shows(chat, Facing(shown.session, shown.place), number_of(shown.message))
        self._ends(chat)

    def doubt(self, chat: int) -> None:
        """Nobody knows whether it was said."""
        self._sequence.forget(chat)
        self._ends(chat)

    def _ends(self, chat: int) -> None:
        if chat in self._saying:
            self._saying.pop(chat).is_there.set()

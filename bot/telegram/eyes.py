"""What people had before their eyes when they sent something; it is all that they can have answered."""

from bot.dialogue import Dialogue
from bot.facing import Facing
from bot.reply import Reply
from bot.telegram.listening import Arrival
from bot.telegram.messages import number_of
from bot.telegram.ordering import Lanes
from bot.telegram.sequence import Sequence
from conversations.protocol import Located, Typed
from storage.chats import Shown

PATIENCE = 0.5
"""Seconds that an answer waits for what is being said just then: only then is it known which prompt it can be for."""


class Eyes:
    """Learns from all that is heard and said."""

    def __init__(self, dialogue: Dialogue, lanes: Lanes) -> None:
        self._dialogue = dialogue
        self._lanes = lanes
        self._sequence = Sequence()

    def came(self, arrival: Arrival) -> None:
        """It is here, and will be heard in its turn."""
        self._sequence.came(arrival.chat, arrival.number)

    async def facing(self, arrival: Arrival) -> Facing | None:
        """The prompt that an answer can be for; None where that is not known, or it is an answer to none."""
        if arrival.attachment is None and not isinstance(arrival.heard, Typed | Located):
            return None
        await self._lanes.spoken(arrival.sender.address, PATIENCE)
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

    def shows(self, chat: int, shown: Shown, *, is_derived: bool) -> None:
        """What is said. What is only said again for safety may have been there before, and been answered."""
        facing = Facing(shown.session, shown.place)
        if is_derived:
            self._sequence.stood(chat, facing)
        if shown.message:
            self._sequence.shows(chat, facing, number_of(shown.message))

    def doubt(self, chat: int) -> None:
        """Nobody knows whether it was said."""
        self._sequence.forget(chat)

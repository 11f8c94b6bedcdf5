"""What happens with one arrival: stored, then answered, then spoken to; and the sweep for what is still owed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram.error import BadRequest, NetworkError

from bot.dialogue import Dialogue
from bot.facing import Facing
from bot.refusals import not_stored
from bot.reply import Reply
from bot.telegram.beside import Beside
from bot.telegram.clearing import Cleaner
from bot.telegram.coordinating import Coordinating
from bot.telegram.eyes import Eyes
from bot.telegram.fetching import Fetcher
from bot.telegram.listening import Arrival, Aside, Json, Me, read_update
from bot.telegram.ordering import Lanes
from bot.telegram.presence import Presence
from bot.telegram.speaking import Speaker
from bot.trail import trail_of
from conversations.protocol import Heard, Kind, Manner
from storage.chats import Sender, Shown
from storage.errors import DatabaseFull, DatabaseUnavailable

_log = logging.getLogger(__name__)

TRIES = 3
"""An update that fails so often by our fault is given up, so that nobody else has to wait for it."""

PAUSE = 1.0
"""Seconds until a failed turn is tried again."""

OWED_EACH = 0.04
"""Seconds between two reminders of the sweep: 25 a second, below Telegram's limit for many chats at once."""

Sleep = Callable[[float], Awaitable[None]]


class Host:
    """Receives updates and answers them. `me` is known once the service has been reached."""

    def __init__(
        self,
        dialogue: Dialogue,
        speaker: Speaker,
        fetcher: Fetcher,
        coordinating: Coordinating,
        cleaner: Cleaner,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._dialogue = dialogue
        self._speaker = speaker
        self._fetcher = fetcher
        self._coordinating = coordinating
        self._cleaner = cleaner
        self._sleep = sleep
        self._lanes = Lanes()
        self._eyes = Eyes(dialogue)
        speaker.listen(self._eyes.sent)
        self._beside = Beside(speaker, dialogue.mydata)
        self.in_doubt = asyncio.Event()

    async def receive(self, update: Json, me: Me) -> None:
        """Take the update's turn; when this returns it is stored, or will never be."""
        arrival = self._read(update, me)
        if arrival is None:
            return
        if isinstance(arrival, Aside):
            self._beside.stand_aside(arrival)
            return
        if isinstance(arrival, Presence):
            await self._note(arrival)
            return

        if arrival.is_gone and arrival.message:
            self._speaker.miss(arrival.chat, arrival.message)
        self._eyes.came(arrival)

        async def hear() -> Reply | None:
            self._cleaner.note(arrival.chat, arrival.own)
            facing = await self._eyes.facing(arrival)
            reply = await self._hear(lambda: self._take_turn(arrival, facing), not_stored(arrival.language_wish))
            self._eyes.heard(arrival, reply)
            self._beside.answer(arrival, reply)
            return reply if reply is not None and reply.manner is not Manner.QUIET else None

        await self._lanes.enter(arrival.sender.address, hear, self._say_to(arrival.sender, arrival.chat))

    async def sweep(self) -> None:
        """Say and do what is stored but was never said or done: after a crash, or when Telegram was not reached."""
        busy = self._lanes.watch()
        for sender in await self._dialogue.owed("telegram"):
            if sender.address not in busy:
                await self._remind(sender)
                await self._sleep(OWED_EACH)
        await self._cleaner.sweep()

    async def quiet(self, patience: float) -> None:
        """Wait until all is said, but at most for so many seconds."""
        await self._lanes.quiet(patience)

    async def close(self, patience: float) -> None:
        """Finish what is being said; give up what takes longer."""
        await self._lanes.close(patience)
        await self._beside.close()
        await self._cleaner.close()

    # ------------------------------------------------------------ hearing

    def _read(self, update: Json, me: Me) -> Arrival | Aside | Presence | None:
        try:
            return read_update(update, me)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            _log.error("An update has not the shape of an update and was skipped: %s", trail_of(error))
            return None

    async def _note(self, presence: Presence) -> None:
        """In its order among what the person says."""

        async def take_turn() -> None:
            await self._dialogue.presence(presence.sender, claim=presence.claim, is_there=presence.is_there)

        say = self._say_to(presence.sender, int(presence.sender.address))
        await self._lanes.enter(presence.sender.address, lambda: self._hear(take_turn), say)

    async def _hear(
        self, take_turn: Callable[[], Awaitable[Reply | None]], given_up: Reply | None = None
    ) -> Reply | None:
        """The turn; None if it was an order. A database that is away is waited for, so that nothing is lost."""
        failures = 0
        while failures < TRIES:
            if failures:
                await self._sleep(PAUSE)
            try:
                return await take_turn()
            except (DatabaseFull, DatabaseUnavailable) as error:
                _log.error("%s", error)
                await self._sleep(PAUSE)
            except Exception as error:  # noqa: BLE001 - whatever it is, nobody else may have to wait for it
                failures += 1
                _log.error("An update failed, %d of %d times: %s", failures, TRIES, trail_of(error))
        _log.error("The update was skipped; what it said is not stored.")
        return given_up

    async def _take_turn(self, arrival: Arrival, facing: Facing | None) -> Reply | None:
        if await self._coordinating.takes(arrival):
            return None
        heard, said = await self._heard(arrival, facing), self._cleaner.unkept(arrival.chat)
        turn = self._dialogue.hear(
            arrival.sender,
            heard,
            claim=arrival.claim,
            token=arrival.token,
            language_wish=arrival.language_wish,
            message=arrival.message,
            facing=facing,
            said=said,
        )
        reply = await self._fetcher.files.settled(heard, turn)
        self._cleaner.kept(arrival.chat, said)
        return reply

    async def _heard(self, arrival: Arrival, facing: Facing | None) -> Heard:
        """What arrived; a file is fetched only where one is asked for, and of an album only the first."""
        attachment = arrival.attachment
        if attachment is None or self._fetcher.is_further(attachment):
            return arrival.heard
        now = await self._dialogue.look(arrival.sender)
        if now is None or now.prompt.kind is not Kind.UPLOAD:
            return arrival.heard
        if facing not in (None, Facing(now.session, now.prompt.place)):
            return arrival.heard
        async with self._speaker.busy(arrival.chat):
            return await self._fetcher.fetch(attachment)

    # ------------------------------------------------------------ speaking

    def _say_to(self, sender: Sender, chat: int) -> Callable[[Reply, Shown | None], Awaitable[Shown | None]]:
        async def say(reply: Reply, said: Shown | None) -> Shown | None:
            self._eyes.says(chat, reply)
            try:
                return await self._say(sender, chat, reply, said)
            except BadRequest as error:
                _log.error("Telegram refused a prompt: %s", error.message)
            except NetworkError as error:
                _log.warning("A prompt may not have been said and will be repeated: %s", error.message)
                self.in_doubt.set()
            except Exception as error:  # noqa: BLE001 - it stays owed; the lane must go on
                _log.error("A prompt could not be said: %s", trail_of(error))
                self.in_doubt.set()
            self._eyes.doubt(chat)
            return None

        return say

    async def _say(self, sender: Sender, chat: int, reply: Reply, said: Shown | None) -> Shown | None:
        is_stale = said is not None and said.message != reply.message
        if is_stale and (reply.manner is Manner.ASK or not reply.message):
            reply = await self._caught_up(sender, reply)
        shown = reply.shown_as(await self._speaker.say(chat, reply))
        self._eyes.shows(chat, shown)
        if shown is not None:
            await self._dialogue.shown(sender, shown)
        if reply.clears:
            await self._cleaner.clear(sender)
        return shown

    async def _caught_up(self, sender: Sender, reply: Reply) -> Reply:
        """The reply with what the chat shows by now: a message was sent after this reply's turn had begun."""
        now = await self._dialogue.look(sender)
        if now is None:
            return reply
        known = {settled.message for settled in now.settled}
        others = (settled for settled in reply.settled if settled.message not in known)
        return replace(reply, message=now.message, settled=(*now.settled, *others))

    async def _remind(self, sender: Sender) -> None:
        async def look() -> Reply | None:
            reply = await self._dialogue.look(sender)
            return reply if reply is not None and reply.session else None  # a closed survey owes nothing

        await self._lanes.enter(sender.address, look, self._say_to(sender, int(sender.address)))

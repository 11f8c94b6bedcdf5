"""Takes out of a chat what stands there: once its person has asked for that, and Telegram still lets us."""

import logging

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.calls import Calls
from bot.telegram.refused import is_gone
from bot.telegram.speaking import Speaker
from bot.traces import Traces
from storage.chat_messages import ChatMessage
from storage.chats import Sender
from storage.errors import StorageError

_log = logging.getLogger(__name__)

AT_ONCE = 100
"""Messages that one call deletes at most."""


class Cleaner:
    """What was asked for is in the database: whatever breaks, the sweep begins again."""

    def __init__(self, traces: Traces, calls: Calls, speaker: Speaker) -> None:
        self._traces = traces
        self._calls = calls
        self._speaker = speaker

    def note(self, chat: int, message: ChatMessage | None) -> None:
        """A message has come, or none."""
        if message is not None:
            self._calls.ledger.note(chat, message)

    def unkept(self, chat: int) -> tuple[ChatMessage, ...]:
        """What stands in a chat since its last turn."""
        return self._calls.ledger.of(chat)

    def kept(self, chat: int, messages: tuple[ChatMessage, ...]) -> None:
        """A turn has kept them."""
        self._calls.ledger.kept(chat, messages)

    async def sweep(self) -> None:
        """Keep what no turn has kept, and clear what is still to be cleared. Raises StorageError."""
        await self.keep()
        for sender in await self._traces.to_clear("telegram"):
            await self.clear(sender)

    async def keep(self) -> None:
        """Keep the numbers of all that was said in chats. Raises StorageError."""
        said = self._calls.ledger.all()
        if not said:
            return
        await self._traces.keep(said)
        for sender, messages in said.items():
            self._calls.ledger.kept(int(sender.address), messages)

    async def close(self) -> None:
        """Keep what is not kept yet, if the database takes it."""
        try:
            await self.keep()
        except StorageError as error:
            _log.warning("Which messages stand in the chats was not all kept: %s", error)

    async def clear(self, sender: Sender) -> None:
        """Delete what is to be deleted in this chat; never fails."""
        try:
            await self.keep()
            await self._clear(sender)
        except StorageError as error:
            _log.warning("A chat was not cleared, and will be: %s", error)
        except TelegramError as error:
            _log.warning("A chat was not cleared, and will be: %s", error.message)

    async def _clear(self, sender: Sender) -> None:
        clearing = await self._traces.clearing_of(sender)
        if clearing is None:
            return
        chat, numbers = int(sender.address), clearing.numbers
        try:
            for start in range(0, len(numbers), AT_ONCE):
                await self._delete(chat, numbers[start : start + AT_ONCE])
        except Forbidden:
            _log.info("A chat cannot be cleared: the bot is blocked there, or the account is gone.")
        await self._traces.cleared(sender, clearing)

    async def _delete(self, chat: int, numbers: tuple[int, ...]) -> None:
        """All at once; where Telegram refuses one of them, in halves, until it stays alone."""
        try:
            await self._calls.call("deleteMessages", chat_id=chat, message_ids=list(numbers))
        except BadRequest as error:
            if len(numbers) > 1 and not is_gone(error):
                half = len(numbers) // 2
                await self._delete(chat, numbers[:half])
                await self._delete(chat, numbers[half:])
        for number in numbers:
            self._speaker.miss(chat, str(number))

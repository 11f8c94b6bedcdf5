"""Reply -> calls: what is asked anew, what is changed in place, what becomes of the message before.

A send whose answer never came may have arrived, and Telegram has no key to send it again under. So it is not sent
again within the turn: it stays owed in the database, and the sweep asks once more. At worst the same question
stands in the chat twice, which harms nothing; a blind repetition would make that the rule at every hiccup.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from telegram import InputFile
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.mydata import FILE_NAME
from bot.reply import Reply, Settled
from bot.telegram.busy import busy
from bot.telegram.calls import Calls
from bot.telegram.drawing import LOOK, as_caption, drawn, fits_caption, one_page, under
from bot.telegram.exhibits import Exhibitor, Key, has_files
from bot.telegram.keys import NO_KEYS, Keys, keys_of
from bot.telegram.layout import Keyboard
from bot.telegram.messages import Messages, has_keys, is_picture, name_at_the_foot, name_of, number_of
from bot.telegram.recent import Recent
from bot.telegram.refused import is_gone, log_unless
from conversations.phrases import phrases_for
from conversations.protocol import Block, Manner, Style

_log = logging.getLogger(__name__)

LONGEST_TOAST = 200
NOBODY_THERE = ""
"""The name of the message that cannot be sent: nothing is owed to who has blocked the bot or is gone."""

CONFETTI = "5046509860389126442"
"""The effect that Telegram's clients show as confetti."""

NOTED = "👌"
"""One of the few signs that Telegram lets a bot set."""


class Speaker:
    """Says replies in Telegram."""

    def __init__(self, calls: Calls, exhibitor: Exhibitor) -> None:
        self._calls = calls
        self._exhibitor = exhibitor
        self._messages = Messages(calls)
        self._answered = Recent()

    def listen(self, on_sent: Callable[[int, int], None]) -> None:
        """From now on tell of each message with a prompt, as soon as Telegram has taken it: the chat, its number."""
        self._messages.on_sent = on_sent

    async def say(self, chat: int, reply: Reply) -> str:
        """Say it; the name of the message that shows it, NOBODY_THERE if nobody reads there any more.

        Raises NetworkError where it is in doubt whether it was said.
        """
        texts, keyboard = drawn(reply.prompt)
        keys = keys_of(reply.prompt)
        try:
            if keys is not None:
                return await self._ask_at_the_foot(chat, reply, texts, keys)
            if reply.manner is Manner.REFRESH and reply.is_same and self._stands(chat, reply.message):
                return reply.message
            if reply.manner is Manner.REFRESH and reply.message:
                return await self._refresh(chat, reply.message, texts, keyboard)
            if reply.manner is Manner.ASK and reply.replaces and _has_no_pictures(reply) and len(texts) == 1:
                return await self._refresh(chat, reply.message, texts, keyboard)
            return await self._ask(chat, reply, texts, keyboard)
        except Forbidden:
            _log.info("A chat cannot be written to any more: the bot is blocked there, or the account is gone.")
        except BadRequest as error:
            if not is_gone(error):
                raise
            _log.info("A chat cannot be written to: it does not exist any more.")
        return NOBODY_THERE

    async def answer(self, callback: str, toast: str) -> None:
        """Stop the waiting sign of a button, once; best effort, for it lasts some seconds at most."""
        if not callback or not self._answered.is_news(callback, said=True):
            return
        text = {"text": _shortened(toast)} if toast else {}
        try:
            await self._calls.call("answerCallbackQuery", callback_query_id=callback, **text)
        except TelegramError as error:
            log_unless(error, "query is too old", "query id is invalid")

    def _stands(self, chat: int, name: str) -> bool:
        return bool(name) and not self._messages.is_gone(chat, name)

    def miss(self, chat: int, message: str) -> None:
        """The person has deleted it: from now on it is neither changed nor taken away."""
        self._messages.miss(chat, number_of(message))

    async def erase(self, chat: int, message: str) -> None:
        """Take away a message of the person's that nobody shall read there; best effort."""
        try:
            await self._calls.call("deleteMessage", chat_id=chat, message_id=int(message))
        except (TelegramError, ValueError) as error:
            _log.warning("A secret could not be taken out of a chat: %s", type(error).__name__)

    async def bring(self, chat: int, content: bytes) -> None:
        """Send a person's own data as a file."""
        try:
            await self._calls.send_as("sendDocument", chat, document=InputFile(content, FILE_NAME))
        except Forbidden:
            _log.info("A chat cannot be written to any more: the bot is blocked there, or the account is gone.")

    def busy(self, chat: int) -> AbstractAsyncContextManager[None]:
        """While the block runs the chat says so, once that takes long."""
        return busy(self._calls, chat)

    async def note(self, chat: int, message: str, words: str) -> None:
        """Confirm by a sign on the person's own message that it was taken in; by words where there can be none."""
        sign = {"type": "emoji", "emoji": NOTED}
        try:
            await self._calls.call("setMessageReaction", chat_id=chat, message_id=int(message), reaction=[sign])
        except (TelegramError, ValueError):
            if words:
                await self.mention(chat, words)

    async def mention(self, chat: int, text: str) -> None:
        """Say a sentence that is no prompt."""
        try:
            await self._calls.send(chat, text=one_page([Block(Style.PLAIN, text)]), **LOOK)
        except TelegramError as error:
            _log.warning("A remark could not be sent: %s", error.message)

    # ------------------------------------------------------------ the two manners

    async def _ask(self, chat: int, reply: Reply, texts: list[str], keyboard: Keyboard) -> str:
        """The new message, and at the same time the end of those before."""
        for earlier in reply.settled:
            if has_keys(earlier.message):
                await self._put_keys_away(chat, earlier, reply.prompt.language)
        settling = [
            asyncio.create_task(self._messages.settle(chat, earlier)) for earlier in reply.settled if earlier.is_changed
        ]
        try:
            picture = await self._exhibitor.show(chat, reply, leaves_one=fits_caption(texts))
            name = await self._under(picture, chat, texts[-1], keyboard, reply) if picture else ""
            name = name or await self._send(chat, texts, keyboard, **_manners(reply))
        finally:
            await asyncio.gather(*settling)
        await self._remove_copies(chat, reply)
        return name

    async def _ask_at_the_foot(self, chat: int, reply: Reply, texts: list[str], keys: Keys) -> str:
        """Always a new message: one with such a keyboard cannot be changed. The new keyboard replaces an older one."""
        if reply.manner is Manner.ASK:
            settling = (self._messages.settle(chat, earlier) for earlier in reply.settled if earlier.is_changed)
            await asyncio.gather(*settling)
            await self._exhibitor.show(chat, reply)
        *before, last = texts
        for text in before:
            await self._calls.send(chat, text=text, **LOOK)
        message = await self._calls.send(chat, text=last, **LOOK, **_manners(reply), reply_markup=keys)
        self._messages.sent(chat, message, last, [])
        await self._remove_copies(chat, reply)
        return name_at_the_foot(message)

    async def _remove_copies(self, chat: int, reply: Reply) -> None:
        """Only now: had the prompt not been said, there would be none."""
        await asyncio.gather(*(self._messages.remove(chat, earlier) for earlier in reply.settled if earlier.is_copy))

    async def _put_keys_away(self, chat: int, earlier: Settled, language: str) -> None:
        """The question with its answer in a message of its own; where there is none, what becomes of the keyboard."""
        closed = phrases_for(language).say("The button for sharing a place has been put away.")
        text = one_page(earlier.blocks or (Block(Style.PLAIN, closed),))
        await self._calls.send(chat, text=text, **LOOK, reply_markup=NO_KEYS)

    async def _under(self, picture: Key, chat: int, text: str, keyboard: Keyboard, reply: Reply) -> str:
        """The question as the caption of its picture; "" where the picture cannot be shown."""
        message = await self._exhibitor.send(chat, picture, **as_caption(text), **_manners(reply), **under(keyboard))
        if message is None:
            return ""
        self._messages.sent(chat, message, text, keyboard)
        return name_of(message, keyboard, is_picture=True)

    async def _send(self, chat: int, texts: list[str], keyboard: Keyboard, **how: object) -> str:
        *before, last = texts
        for text in before:
            await self._calls.send(chat, text=text, **LOOK)
        message = await self._send_last(chat, text=last, **LOOK, **how, **under(keyboard))
        self._messages.sent(chat, message, last, keyboard)
        return name_of(message, keyboard)

    async def _send_last(self, chat: int, **parameters: object) -> int:
        """Without its effect, where Telegram does not take that."""
        try:
            return await self._calls.send(chat, **parameters)
        except BadRequest as error:
            if parameters.pop("message_effect_id", None) is None or is_gone(error):
                raise
            return await self._calls.send(chat, **parameters)

    async def _refresh(self, chat: int, name: str, texts: list[str], keyboard: Keyboard) -> str:
        """Change the message in place; if it is not there any more, send it anew."""
        if self._messages.is_gone(chat, name) or (is_picture(name) and not fits_caption(texts)):
            return await self._send(chat, texts, keyboard)
        try:
            await self._messages.change(chat, name, texts[-1], keyboard)
        except BadRequest:
            return await self._send(chat, texts, keyboard)
        return name_of(number_of(name), keyboard, is_picture=is_picture(name))


def _has_no_pictures(reply: Reply) -> bool:
    return not (has_files(reply.prompt) or is_picture(reply.message))


def _manners(reply: Reply) -> dict[str, object]:
    """What only repeats need not ring; the end is a small feast."""
    if reply.celebrates:
        return {"message_effect_id": CONFETTI}
    is_repeated = reply.clears or any(earlier.is_copy for earlier in reply.settled)
    return {"disable_notification": True} if is_repeated else {}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TOAST else f"{text[: LONGEST_TOAST - 1]}…"

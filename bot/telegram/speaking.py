"""Reply -> calls: what is asked anew, what is changed in place, what becomes of the message before.

A send whose answer never came may have arrived, and Telegram has no key to send it again under. So it is not sent
again within the turn: it stays owed in the database, and the sweep asks once more. At worst the same question
stands in the chat twice, which harms nothing; a blind repetition would make that the rule at every hiccup.
"""

import asyncio
import logging
from collections import OrderedDict

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.reply import Reply, Settled
from bot.telegram.calls import Calls
from bot.telegram.exhibits import Exhibitor
from bot.telegram.keys import NO_KEYS, Keys, keys_of
from bot.telegram.layout import Keyboard, lay_out
from bot.telegram.markup import entry_rows, numbered_rows, pages_of, rows_of
from conversations.protocol import Block, Manner, Prompt, Style

_log = logging.getLogger(__name__)

LONGEST_TOAST = 200
REMEMBERED = 2_000
NOBODY_THERE = ""
"""The name of the message that cannot be sent: nothing is owed to who has blocked the bot or is gone."""

_BARE = "-"
"""Ends the name of a message without buttons: there are none to take away, and Telegram refuses to change nothing."""

_KEYS = "~"
"""Ends the name of a message with a keyboard at the foot of the chat: it cannot be edited."""

_GIVEN = "✓"

LOOK = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
_GONE = ("chat not found", "user_is_blocked", "user is deactivated", "peer_id_invalid")


class Recent:
    """What was said last of each of the newest things: a help against saying it twice, nothing that must be kept."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._said: OrderedDict[object, object] = OrderedDict()

    def is_news(self, about: object, said: object) -> bool:
        """Whether something else was said about it before, or nothing; remembers it."""
        if about in self._said and self._said[about] == said:
            return False
        self._said[about] = said
        if len(self._said) > self._most:
            self._said.popitem(last=False)
        return True

    def forget(self, about: object) -> None:
        """It may not have been said."""
        self._said.pop(about, None)


class Speaker:
    """Says replies in Telegram."""

    def __init__(self, calls: Calls, exhibitor: Exhibitor) -> None:
        self._calls = calls
        self._exhibitor = exhibitor
        self._answered = Recent()
        self._drawn = Recent()
        self._bare = Recent()

    async def say(self, chat: int, reply: Reply) -> str:
        """Say it; the name of the message that shows it, NOBODY_THERE if nobody reads there any more.

        Raises NetworkError where it is in doubt whether it was said.
        """
        texts, keyboard = drawn(reply.prompt)
        keys = keys_of(reply.prompt)
        try:
            if keys is not None:
                return await self._ask_at_the_foot(chat, reply, texts, keys)
            if reply.manner is Manner.REFRESH and reply.message:
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
            _log_unless(error, "query is too old", "query id is invalid")

    async def erase(self, chat: int, message: str) -> None:
        """Take away a message of the person's that nobody shall read there; best effort."""
        try:
            await self._calls.call("deleteMessage", chat_id=chat, message_id=int(message))
        except (TelegramError, ValueError) as error:
            _log.warning("A secret could not be taken out of a chat: %s", type(error).__name__)

    async def mention(self, chat: int, text: str) -> None:
        """Say a sentence that is no prompt."""
        try:
            await self._calls.send(chat, text=pages_of(rows_of([_plain(text)]))[0], **LOOK)
        except TelegramError as error:
            _log.warning("A remark could not be sent: %s", error.message)

    # ------------------------------------------------------------ the two manners

    async def _ask(self, chat: int, reply: Reply, texts: list[str], keyboard: Keyboard) -> str:
        """The new message, and at the same time the end of those before."""
        for earlier in reply.settled:
            if earlier.message.endswith(_KEYS):
                await self._put_keys_away(chat, earlier)
        settling = [asyncio.create_task(self._settle(chat, earlier)) for earlier in reply.settled]
        try:
            await self._exhibitor.show(chat, reply)
            return await self._send(chat, texts, keyboard)
        finally:
            await asyncio.gather(*settling)

    async def _ask_at_the_foot(self, chat: int, reply: Reply, texts: list[str], keys: Keys) -> str:
        """Always a new message: one with such a keyboard cannot be changed. The new keyboard replaces an older one."""
        if reply.manner is Manner.ASK:
            await asyncio.gather(*(self._settle(chat, earlier) for earlier in reply.settled))
            await self._exhibitor.show(chat, reply)
        *before, last = texts
        for text in before:
            await self._calls.send(chat, text=text, **LOOK)
        return f"{await self._calls.send(chat, text=last, **LOOK, reply_markup=keys)}{_KEYS}"

    async def _put_keys_away(self, chat: int, earlier: Settled) -> None:
        """The question with its answer, in a message of its own."""
        text = pages_of(rows_of(earlier.blocks))[0] if earlier.blocks else _GIVEN
        await self._calls.send(chat, text=text, **LOOK, reply_markup=NO_KEYS)

    async def _send(self, chat: int, texts: list[str], keyboard: Keyboard) -> str:
        *before, last = texts
        for text in before:
            await self._calls.send(chat, text=text, **LOOK)
        message = await self._calls.send(chat, text=last, **LOOK, **under(keyboard))
        self._looks_so(chat, message, last, keyboard)
        return _name_of(message, keyboard)

    async def _refresh(self, chat: int, name: str, texts: list[str], keyboard: Keyboard) -> str:
        """Change the message in place; if it is not there any more, send it anew."""
        message = int(name.rstrip(_BARE + _KEYS))
        try:
            await self._change(chat, message, texts[-1], keyboard)
        except BadRequest:
            return await self._send(chat, texts, keyboard)
        return _name_of(message, keyboard)

    async def _change(self, chat: int, message: int, text: str, keyboard: Keyboard) -> None:
        """Let a message say this, unless it says so already."""
        if not self._looks_so(chat, message, text, keyboard):
            return
        changed = {"message_id": message, "text": text, **LOOK, **under(keyboard)}
        try:
            await self._calls.edit("editMessageText", chat, **changed)
        except TelegramError as error:
            if not _says(error, "message is not modified"):
                self._drawn.forget((chat, message))
                self._bare.forget((chat, message))
                raise

    def _looks_so(self, chat: int, message: int, text: str, keyboard: Keyboard) -> bool:
        """Remember how a message looks from now on; whether that is news."""
        self._bare.is_news((chat, message), said=not keyboard)
        return self._drawn.is_news((chat, message), _print_of(text, keyboard))

    async def _settle(self, chat: int, earlier: Settled) -> None:
        """Leave the question with its answer, without buttons. Never fails: the answer itself is stored."""
        if earlier.message.endswith(_KEYS):
            return
        message = int(earlier.message.removesuffix(_BARE))
        try:
            if earlier.blocks:
                await self._change(chat, message, pages_of(rows_of(earlier.blocks))[0], [])
            elif not earlier.message.endswith(_BARE) and self._bare.is_news((chat, message), said=True):
                self._drawn.forget((chat, message))
                await self._calls.edit("editMessageReplyMarkup", chat, message_id=message)
        except Forbidden:
            return  # the send says so as well
        except TelegramError as error:
            _log_unless(error, "message is not modified", "message to edit not found", "message can't be edited")


def drawn(prompt: Prompt) -> tuple[list[str], Keyboard]:
    """The texts of the prompt's messages, and the keyboard under the last."""
    layout = lay_out(prompt)
    titled = (Block(Style.PLAIN, prompt.grid.title),) if prompt.grid is not None else ()
    rows = [*rows_of((*prompt.blocks, *titled)), *entry_rows(prompt.entries)]
    if layout.listed:
        rows += numbered_rows(layout.listed, prompt.first)
    return pages_of(rows), layout.keyboard


def _plain(text: str) -> Block:
    return Block(Style.PLAIN, text)


def _name_of(message: int, keyboard: Keyboard) -> str:
    return f"{message}{'' if keyboard else _BARE}"


def _print_of(text: str, keyboard: Keyboard) -> int:
    """What tells one look of a message from another; the words themselves are not kept."""
    return hash((text, str(keyboard)))


def under(keyboard: Keyboard) -> dict[str, object]:
    """The parameters that put a keyboard under a message."""
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TOAST else f"{text[: LONGEST_TOAST - 1]}…"


def is_gone(error: TelegramError) -> bool:
    """Whether nobody reads in that chat any more."""
    return _says(error, *_GONE)


def _says(error: TelegramError, *words: str) -> bool:
    return any(word in error.message.lower() for word in words)


def _log_unless(error: TelegramError, *expected: str) -> None:
    if not _says(error, *expected):
        _log.warning("Telegram did not do a small thing: %s", error.message)

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
from bot.telegram.layout import Keyboard, lay_out
from bot.telegram.markup import entry_rows, numbered_rows, pages_of, rows_of
from conversations.protocol import Block, Manner, Prompt, Style

_log = logging.getLogger(__name__)

LONGEST_TOAST = 200
REMEMBERED_PRESSES = 2_000
NOBODY_THERE = ""
"""The name of the message that cannot be sent: nothing is owed to who has blocked the bot or is gone."""

_BARE = "-"
"""Ends the name of a message without buttons: there are none to take away, and Telegram refuses to change nothing."""

_LOOK = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
_GONE = ("chat not found", "user_is_blocked", "user is deactivated", "peer_id_invalid")


class Speaker:
    """Says replies in Telegram."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._answered: OrderedDict[str, None] = OrderedDict()

    async def say(self, chat: int, reply: Reply) -> str:
        """Say it; the name of the message that shows it, NOBODY_THERE if nobody reads there any more.

        Raises NetworkError where it is in doubt whether it was said.
        """
        texts, keyboard = drawn(reply.prompt)
        try:
            if reply.manner is Manner.REFRESH and reply.message:
                return await self._refresh(chat, reply.message, texts, keyboard)
            return await self._ask(chat, reply, texts, keyboard)
        except Forbidden:
            _log.info("A chat cannot be written to any more: the bot is blocked there, or the account is gone.")
        except BadRequest as error:
            if not _says(error, *_GONE):
                raise
            _log.info("A chat cannot be written to: it does not exist any more.")
        return NOBODY_THERE

    async def answer(self, callback: str, toast: str) -> None:
        """Stop the waiting sign of a button, once; best effort, for it lasts some seconds at most."""
        if not callback or callback in self._answered:
            return
        self._answered[callback] = None
        if len(self._answered) > REMEMBERED_PRESSES:
            self._answered.popitem(last=False)
        text = {"text": _shortened(toast)} if toast else {}
        try:
            await self._calls.call("answerCallbackQuery", callback_query_id=callback, **text)
        except TelegramError as error:
            _log_unless(error, "query is too old", "query id is invalid")

    async def mention(self, chat: int, text: str) -> None:
        """Say a sentence that is no prompt."""
        try:
            await self._calls.send(chat, text=pages_of(rows_of([_plain(text)]))[0], **_LOOK)
        except TelegramError as error:
            _log.warning("A remark could not be sent: %s", error.message)

    # ------------------------------------------------------------ the two manners

    async def _ask(self, chat: int, reply: Reply, texts: list[str], keyboard: Keyboard) -> str:
        """The new message, and at the same time the end of those before."""
        settling = [asyncio.create_task(self._settle(chat, earlier)) for earlier in reply.settled]
        try:
            return await self._send(chat, texts, keyboard)
        finally:
            await asyncio.gather(*settling)

    async def _send(self, chat: int, texts: list[str], keyboard: Keyboard) -> str:
        *before, last = texts
        for text in before:
            await self._calls.send(chat, text=text, **_LOOK)
        message = await self._calls.send(chat, text=last, **_LOOK, **_buttons(keyboard))
        return f"{message}{'' if keyboard else _BARE}"

    async def _refresh(self, chat: int, name: str, texts: list[str], keyboard: Keyboard) -> str:
        """Change the message in place; if it is not there any more, send it anew."""
        message = int(name.removesuffix(_BARE))
        changed = {"message_id": message, "text": texts[-1], **_LOOK, **_buttons(keyboard)}
        try:
            await self._calls.edit("editMessageText", chat, **changed)
        except BadRequest as error:
            if not _says(error, "message is not modified"):
                return await self._send(chat, texts, keyboard)
        return f"{message}{'' if keyboard else _BARE}"

    async def _settle(self, chat: int, earlier: Settled) -> None:
        """Leave the question with its answer, without buttons. Never fails: the answer itself is stored."""
        message = int(earlier.message.removesuffix(_BARE))
        try:
            if earlier.blocks:
                text = pages_of(rows_of(earlier.blocks))[0]
                await self._calls.edit("editMessageText", chat, message_id=message, text=text, **_LOOK)
            elif not earlier.message.endswith(_BARE):
                await self._calls.edit("editMessageReplyMarkup", chat, message_id=message)
        except Forbidden:
            return  # the send says so as well
        except TelegramError as error:
            _log_unless(error, "message is not modified", "message to edit not found", "message can't be edited")


def drawn(prompt: Prompt) -> tuple[list[str], Keyboard]:
    """The texts of the prompt's messages, and the keyboard under the last."""
    layout = lay_out(prompt)
    rows = [*rows_of(prompt.blocks), *entry_rows(prompt.entries)]
    if layout.listed:
        rows += numbered_rows(layout.listed)
    return pages_of(rows), layout.keyboard


def _plain(text: str) -> Block:
    return Block(Style.PLAIN, text)


def _buttons(keyboard: Keyboard) -> dict[str, object]:
    return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TOAST else f"{text[: LONGEST_TOAST - 1]}…"


def _says(error: TelegramError, *words: str) -> bool:
    return any(word in error.message.lower() for word in words)


def _log_unless(error: TelegramError, *expected: str) -> None:
    if not _says(error, *expected):
        _log.warning("Telegram did not do a small thing: %s", error.message)

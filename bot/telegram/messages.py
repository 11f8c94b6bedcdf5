"""The bot's messages as they stand in the chats: what they are called, how they look, what becomes of them."""

from collections.abc import Callable, Mapping

from telegram.error import Forbidden, TelegramError

from bot.reply import Settled
from bot.telegram.calls import Calls
from bot.telegram.drawing import as_caption, as_text, fits_caption, one_page, under
from bot.telegram.layout import Keyboard
from bot.telegram.recent import Recent, Young
from bot.telegram.refused import log_unless, says

DELETABLE = 47 * 3600.0
"""Seconds for which a message may be deleted: Telegram says 48 hours."""

_BARE = "-"
"""Ends the name of a message without buttons: there are none to take away, and Telegram refuses to change nothing."""

_KEYS = "~"
"""Ends the name of a message with a keyboard at the foot of the chat: it cannot be edited."""

_PICTURE = "^"
"""In the name of a picture with the question as its caption: it has no other text."""


_TEXT = "editMessageText", as_text
_CAPTION = "editMessageCaption", as_caption


def name_of(message: int, keyboard: Keyboard, *, is_picture: bool = False) -> str:
    """What a message is called in the database."""
    return f"{message}{_PICTURE if is_picture else ''}{'' if keyboard else _BARE}"


def name_pressed(message: Mapping[str, object]) -> str:
    """The same of a message whose button was pressed; "" where nothing is told of it."""
    name = str(message.get("message_id", ""))
    return f"{name}{_PICTURE}" if "photo" in message or "document" in message else name


def name_at_the_foot(message: int) -> str:
    """The same of one that has its keyboard at the foot of the chat."""
    return f"{message}{_KEYS}"


def has_keys(name: str) -> bool:
    """Whether its keyboard is at the foot of the chat."""
    return name.endswith(_KEYS)


def is_picture(name: str) -> bool:
    """Whether its text is the caption of a picture."""
    return _PICTURE in name


def number_of(name: str) -> int:
    """Telegram's number of the message with this name."""
    return int(name.rstrip(_BARE + _KEYS + _PICTURE))


class Messages:
    """Changes what was said. How the newest messages look is remembered, for Telegram refuses to change nothing."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self.on_sent: Callable[[int, int], None] = lambda _chat, _message: None
        self._drawn = Recent()
        self._bare = Recent()
        self._sent = Young(DELETABLE)
        self._gone = Young(DELETABLE)

    def miss(self, chat: int, message: int) -> None:
        """Remember that a message is not there any more."""
        self._gone.add((chat, message))

    def is_gone(self, chat: int, name: str) -> bool:
        """Whether a message is known to be gone: nothing is to be done to it, for Telegram refuses that."""
        return (chat, number_of(name)) in self._gone

    def sent(self, chat: int, message: int, text: str, keyboard: Keyboard) -> None:
        """Remember a message that was sent, and how it looks."""
        self.on_sent(chat, message)
        self._sent.add((chat, message))
        self.looks_so(chat, message, text, keyboard)

    def looks_so(self, chat: int, message: int, text: str, keyboard: Keyboard) -> bool:
        """Remember how a message looks from now on; whether that is news."""
        self._bare.is_news((chat, message), said=not keyboard)
        return self._drawn.is_news((chat, message), _print_of(text, keyboard))

    async def change(self, chat: int, name: str, text: str, keyboard: Keyboard) -> None:
        """Let a message say this, unless it says so already; a caption has to fit."""
        message = number_of(name)
        if not self.looks_so(chat, message, text, keyboard):
            return
        method, as_said = _CAPTION if is_picture(name) else _TEXT
        try:
            await self._calls.edit(method, chat, message_id=message, **as_said(text), **under(keyboard))
        except TelegramError as error:
            if not says(error, "message is not modified"):
                self._forget(chat, message)
                raise

    async def settle(self, chat: int, earlier: Settled) -> None:
        """Leave the question with its answer, without buttons. Never fails: the answer itself is stored."""
        if has_keys(earlier.message) or self.is_gone(chat, earlier.message):
            return
        try:
            text = one_page(earlier.blocks)
            if earlier.blocks and (not is_picture(earlier.message) or fits_caption([text])):
                await self.change(chat, earlier.message, text, [])
            else:
                await self._strip(chat, earlier.message)
        except Forbidden:
            return  # the send says so as well
        except TelegramError as error:
            log_unless(error, "message is not modified", "message to edit not found", "message can't be edited")

    async def remove(self, chat: int, earlier: Settled) -> None:
        """Take away what stands in the chat once more; where that cannot be, its buttons. Never fails."""
        message = number_of(earlier.message)
        is_kept = (chat, message) not in self._sent or is_picture(earlier.message)  # a picture is sent only once
        if is_kept or self.is_gone(chat, earlier.message):
            return await self.settle(chat, earlier)
        self.miss(chat, message)
        try:
            # of several: to delete one that is gone is an error only by itself
            await self._calls.call("deleteMessages", chat_id=chat, message_ids=[message])
        except Forbidden:
            return None
        except TelegramError as error:
            log_unless(error, "message can't be deleted")
        return None

    async def _strip(self, chat: int, name: str) -> None:
        message = number_of(name)
        if not name.endswith(_BARE) and self._bare.is_news((chat, message), said=True):
            self._drawn.forget((chat, message))
            await self._calls.edit("editMessageReplyMarkup", chat, message_id=message)

    def _forget(self, chat: int, message: int) -> None:
        self._drawn.forget((chat, message))
        self._bare.forget((chat, message))


def _print_of(text: str, keyboard: Keyboard) -> int:
    """What tells one look of a message from another; the words themselves are not kept."""
    return hash((text, str(keyboard)))

"""The edges of the simulation: a mailbox for everybody, a Telegram service, and what a person reads there."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

from telegram import Bot

from bot.mail.folder import FolderCarrier
from bot.mail.message import Mail
from bot.telegram.calls import Calls
from bot.telegram.transport import AiohttpRequest
from conversations.codes import Verb, read_code
from storage.postings import Errand, Later, Outcome, Sent
from tests.bot.telegram_peer import TOKEN, TelegramPeer

_LINK = re.compile(r"/s/([\w-]{24})")
_NO_MORE = re.compile(r"/no-more/([\w.-]+)>")


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody has got: the words, and what can be done with it. `quiet` is a token or a button's code."""

    text: str
    token: str = ""
    quiet: str = ""


class Mailboxes:
    """A carrier into a folder of .eml files, which are read as a mail program reads them; `is_away` when it is."""

    def __init__(self, folder: Path, is_away: Callable[[], bool]) -> None:
        self._folder = folder
        self._carrier = FolderCarrier(folder)
        self._is_away = is_away
        self._newest: dict[str, str] = {}

    async def carry(self, mail: Mail) -> Outcome:
        """Into the folder, unless the server is away."""
        if self._is_away():
            return Later("the mail server cannot be reached", 900.0, pauses_all=True)
        self._newest[mail.recipient] = mail.name
        outcome = await self._carrier.carry(mail)
        return Sent() if isinstance(outcome, Sent) else outcome  # for these people it is more than a folder

    async def close(self) -> None:
        """Nothing is open."""

    @property
    def count(self) -> int:
        """How many messages there are in the folder."""
        return len(list(self._folder.glob("*.eml")))

    def newest(self, errand: Errand) -> Letter:
        """What has just come to this person's address."""
        path = self._folder / f"{self._newest[errand.participant.person.email]}.eml"
        message = message_from_bytes(path.read_bytes())
        body = next(part for part in message.walk() if part.get_content_type() == "text/plain")
        words = bytes(body.get_payload(decode=True)).decode()
        text = f"{make_header(decode_header(message['Subject']))}\n{words}"
        token, quiet = _LINK.search(text), _NO_MORE.search(message["List-Unsubscribe"])
        return Letter(text, token[1] if token else "", quiet[1] if quiet else "")


def newest_in_chat(peer: TelegramPeer, errand: Errand) -> Letter:
    """What the chat has just been sent, with the button that ends all reminders."""
    message = peer.chats[int(errand.chat)].messages[-1]
    codes = [button["callback_data"] for row in message.keyboard for button in row]
    return Letter(message.text, quiet=next(code for code in codes if _is_quiet(code)))


def _is_quiet(code: str) -> bool:
    press = read_code(code)
    return press is not None and press.verb is Verb.QUIET


@asynccontextmanager
async def calls_to(peer: TelegramPeer) -> AsyncIterator[Calls]:
    """The bot's calls over HTTP, as fast as they go."""
    bot = Bot(TOKEN, f"{peer.url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    await bot.initialize()
    try:
        yield Calls(bot, 1000)
    finally:
        await bot.shutdown()

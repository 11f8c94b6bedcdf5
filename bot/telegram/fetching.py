"""A file that somebody has sent: fetched from Telegram, and kept, before its turn is taken."""

import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import replace

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.files import Files
from bot.telegram.attachments import Attachment
from bot.telegram.calls import Calls
from bot.telegram.transport import AiohttpRequest
from conversations.protocol import Heard, Media, NotReceived, Sent, Trouble, Unreadable

_log = logging.getLogger(__name__)

TRIES = 2
REMEMBERED = 1_000


class Fetcher:
    """Fetches with the bot's own connections; addresses of files hold the token, so none is ever logged."""

    def __init__(self, bot: Bot, request: AiohttpRequest, calls: Calls, files: Files) -> None:
        self._bot = bot
        self._request = request
        self._calls = calls
        self.files = files
        self._albums: OrderedDict[str, str] = OrderedDict()

    def is_further(self, attachment: Attachment) -> bool:
        """Whether another one of its album has come before: that one is the answer, and this one is not fetched."""
        if not attachment.album:
            return False
        first = self._albums.setdefault(attachment.album, attachment.file)  # a turn that fails is taken again
        if len(self._albums) > REMEMBERED:
            self._albums.popitem(last=False)
        return first != attachment.file

    async def fetch(self, attachment: Attachment) -> Heard:
        """The file as an answer, or why it is not here."""
        if attachment.size > self.files.media.most_bytes:
            return self.files.too_large
        for _ in range(TRIES):
            try:
                return await self._fetch(attachment)
            except BadRequest as error:
                is_large = "too big" in error.message.lower()
                return self.files.too_large if is_large else NotReceived(Trouble.LOST)
            except TelegramError as error:
                _log.warning("A file could not be fetched: %s", error.message)
        return NotReceived(Trouble.LOST)

    async def _fetch(self, attachment: Attachment) -> Sent | NotReceived | Unreadable:
        told = await self._calls.call("getFile", file_id=attachment.file)
        path = str(told.get("file_path") or "")
        chunks = self._pieces(path)
        received = await self.files.receive(chunks, declared=attachment.declared, name=attachment.name or path)
        if not isinstance(received, Sent):
            return received
        media = attachment.media if received.media is Media.FILE else received.media
        return replace(received, media=media, of_several=bool(attachment.album))

    def _pieces(self, path: str) -> AsyncIterator[bytes]:
        return self._request.stream(f"{self._bot.base_file_url}/{path}")

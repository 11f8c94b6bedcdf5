"""The author's pictures, sounds and films, sent right before their question."""

import logging
from collections import OrderedDict

from telegram import InputFile
from telegram.error import BadRequest

from bot.files import Files
from bot.reply import Reply
from bot.telegram.calls import Calls
from conversations.protocol import Media, Prompt

_log = logging.getLogger(__name__)

REMEMBERED = 2_000
MOST_OF_CHOICES = 10
LONGEST_CAPTION = 1024

_WAYS = {
    Media.IMAGE: ("sendPhoto", "photo"),
    Media.AUDIO: ("sendAudio", "audio"),
    Media.VIDEO: ("sendVideo", "video"),
    Media.FILE: ("sendDocument", "document"),
}
_NO_PHOTOS = ("image/svg+xml", "image/avif", "image/heic", "image/bmp", "image/gif")
"""Pictures that Telegram takes as documents only."""

Key = tuple[str, str]


class Exhibitor:
    """Sends a file once; from then on what Telegram calls it is sent instead."""

    def __init__(self, calls: Calls, files: Files) -> None:
        self._calls = calls
        self._files = files
        self._known: OrderedDict[Key, tuple[Media, str]] = OrderedDict()
        self._places: OrderedDict[int, str] = OrderedDict()

    async def show(self, chat: int, reply: Reply) -> None:
        """Send what belongs to the question, unless it was sent when the question was last asked.

        Raises Forbidden and NetworkError; a file that Telegram refuses is left out, for the question counts more.
        """
        if not self._is_news(chat, reply.prompt.place):
            return
        for media, name, caption in files_before(reply.prompt):
            await self._send(chat, media, (reply.form, name), caption)

    def _is_news(self, chat: int, place: str) -> bool:
        if self._places.get(chat) == place:
            return False
        self._places[chat] = place
        _bound(self._places)
        return True

    async def _send(self, chat: int, media: Media, key: Key, caption: str) -> None:
        try:
            if key in self._known:
                await self._send_as(chat, *self._known[key], caption)
            elif (found := await self._files.exhibit(*key)) is not None:
                content, kind = found
                media = Media.FILE if kind in _NO_PHOTOS else media
                self._know(key, media, await self._send_as(chat, media, InputFile(content, key[1]), caption))
            else:
                _log.warning("A question has a file that is not there, or cannot be shown.")
        except BadRequest as error:
            _log.warning("Telegram refused a file of the questionnaire: %s", error.message)

    def _know(self, key: Key, media: Media, file: str) -> None:
        if file:
            self._known[key] = media, file
            _bound(self._known)

    async def _send_as(self, chat: int, media: Media, file: InputFile | str, caption: str) -> str:
        method, field = _WAYS[media]
        said = {"caption": caption[:LONGEST_CAPTION]} if caption else {}
        message = await self._calls.send_as(method, chat, **{field: file}, **said)
        sent = message.get(field) or message.get("document") or {}
        return str((sent[-1] if isinstance(sent, list) else sent).get("file_id", ""))


def files_before(prompt: Prompt) -> list[tuple[Media, str, str]]:
    """What is shown before a question: kind, name and caption of each file."""
    pictures = [(Media.IMAGE, choice.image, choice.label) for choice in prompt.choices if choice.image]
    return [*((shown.media, shown.name, "") for shown in prompt.exhibits), *pictures[:MOST_OF_CHOICES]]


def _bound(remembered: OrderedDict[Key, tuple[Media, str]] | OrderedDict[int, str]) -> None:
    while len(remembered) > REMEMBERED:
        remembered.popitem(last=False)

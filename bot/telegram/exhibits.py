"""The author's pictures, sounds and films, sent right before their question."""

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest

from bot.files import Files
from bot.reply import Reply
from bot.telegram.calls import Calls
from bot.telegram.drawing import LONGEST_CAPTION
from conversations.protocol import Media, Prompt

_log = logging.getLogger(__name__)

REMEMBERED = 2_000
MOST_OF_CHOICES = 10

_WAYS = {
    Media.IMAGE: ("sendPhoto", "photo"),
    Media.AUDIO: ("sendAudio", "audio"),
    Media.VIDEO: ("sendVideo", "video"),
    Media.FILE: ("sendDocument", "document"),
}
_NO_PHOTOS = ("image/svg+xml", "image/avif", "image/heic", "image/bmp", "image/gif")
"""Pictures that Telegram takes as documents only."""

Key = tuple[str, str]
Json = dict[str, Any]


class Exhibitor:
    """Sends a file once; from then on what Telegram calls it is sent instead."""

    def __init__(self, calls: Calls, files: Files) -> None:
        self._calls = calls
        self._files = files
        self._known: OrderedDict[Key, tuple[Media, str]] = OrderedDict()
        self._places: OrderedDict[int, str] = OrderedDict()

    async def show(self, chat: int, reply: Reply, *, leaves_one: bool = False) -> Key | None:
        """Send what belongs to the question, unless it was sent when the question was last asked.

        `leaves_one`: its picture is not sent but given back, so that the question can be its caption. Raises Forbidden
        and NetworkError; a file that Telegram refuses is left out, for the question counts more.
        """
        prompt = reply.prompt
        if not self._is_news(chat, prompt.place):
            return None
        shown = [(one.media, one.name) for one in prompt.exhibits]
        has_own = leaves_one and bool(prompt.exhibits) and prompt.exhibits[-1].media is Media.IMAGE
        left = shown.pop() if has_own else None
        for media, name in shown:
            await self._send(chat, media, (reply.form, name))
        await self._show_choices(chat, reply)
        return (reply.form, left[1]) if left else None

    async def _show_choices(self, chat: int, reply: Reply) -> None:
        """The pictures of choices as one album, numbered like their buttons; what cannot be in one comes by itself."""
        numbered = enumerate(reply.prompt.choices, reply.prompt.first)
        shown = [(number, one) for number, one in numbered if one.image][:MOST_OF_CHOICES]
        captions = (f"{number}. {one.label}" if len(shown) > 1 else one.label for number, one in shown)
        keys = ((reply.form, one.image) for _, one in shown)
        pictures = [(key, caption[:LONGEST_CAPTION]) for key, caption in zip(keys, captions, strict=True)]
        if len(pictures) > 1 and await self._send_album(chat, pictures):
            return
        for key, caption in pictures:
            await self._send(chat, Media.IMAGE, key, caption=caption)

    async def _send_album(self, chat: int, pictures: Sequence[tuple[Key, str]]) -> bool:
        """Whether they could be sent together."""
        photos = [await self._photo(key) for key, _ in pictures]
        named = zip(photos, pictures, strict=True)
        media = [InputMediaPhoto(photo, caption) for photo, (_, caption) in named if photo is not None]
        if len(media) < len(pictures):
            return False
        try:
            messages = await self._calls.send_album(chat, media)
        except BadRequest as error:
            _log.warning("Telegram refused an album of the questionnaire: %s", error.message)
            return False
        for (key, _), message in zip(pictures, messages, strict=True):
            self._know(key, Media.IMAGE, _file_in(message, Media.IMAGE))
        return True

    async def _photo(self, key: Key) -> InputFile | str | None:
        """A picture as an album takes it: what Telegram calls it, or its content; None where it takes none such."""
        if key in self._known:
            media, file = self._known[key]
            return file if media is Media.IMAGE else None
        found = await self._files.exhibit(*key)
        if found is None or found[1] in _NO_PHOTOS:
            return None
        return InputFile(found[0], key[1], attach=True)

    async def send(self, chat: int, picture: Key, **said: object) -> int | None:
        """Send a picture with what is said under it; its number, None if it cannot be shown."""
        message = await self._send(chat, Media.IMAGE, picture, **said)
        return None if message is None else int(message["message_id"])

    def _is_news(self, chat: int, place: str) -> bool:
        if self._places.get(chat) == place:
            return False
        self._places[chat] = place
        _bound(self._places)
        return True

    async def _send(self, chat: int, media: Media, key: Key, **said: object) -> Json | None:
        try:
            if key in self._known:
                return await self._send_as(chat, *self._known[key], said)
            if (found := await self._files.exhibit(*key)) is None:
                _log.warning("A question has a file that is not there, or cannot be shown.")
                return None
            content, kind = found
            media = Media.FILE if kind in _NO_PHOTOS else media
            message = await self._send_as(chat, media, InputFile(content, key[1]), said)
        except BadRequest as error:
            _log.warning("Telegram refused a file of the questionnaire: %s", error.message)
            return None
        self._know(key, media, _file_in(message, media))
        return message

    def _know(self, key: Key, media: Media, file: str) -> None:
        if file:
            self._known[key] = media, file
            _bound(self._known)

    async def _send_as(self, chat: int, media: Media, file: InputFile | str, said: Mapping[str, object]) -> Json:
        method, field = _WAYS[media]
        return dict(await self._calls.send_as(method, chat, **{field: file}, **said))


def _file_in(message: Json, media: Media) -> str:
    """What Telegram calls the file of a message; of a picture the largest."""
    sent = message.get(_WAYS[media][1]) or message.get("document") or {}
    return str((sent[-1] if isinstance(sent, list) else sent).get("file_id", ""))


def has_files(prompt: Prompt) -> bool:
    """Whether anything is shown before the question, or with it."""
    return bool(prompt.exhibits) or any(choice.image for choice in prompt.choices)


def _bound(remembered: OrderedDict[Key, tuple[Media, str]] | OrderedDict[int, str]) -> None:
    while len(remembered) > REMEMBERED:
        remembered.popitem(last=False)

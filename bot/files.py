"""Files in a conversation: those that respondents send, and those that authors have put beside their questions."""

import asyncio
import logging
from collections.abc import AsyncIterable
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.trail import trail_of
from conversations.forms.media_files import is_svg
from conversations.protocol import Media, NotReceived, Sent, Trouble, Unreadable
from conversations.signatures import HEAD, recognised
from storage.engine import snapshot
from storage.errors import FormUnknown
from storage.forms import load_form_file
from storage.media import FOLDER, FileTooLarge, MediaFolder, PhotoUnreadable

_log = logging.getLogger(__name__)

UNFINISHED = 3600.0
"""Seconds after which nothing is still being received."""

_TYPES = {
    **{ending: f"image/{ending}" for ending in ("png", "gif", "webp", "bmp", "avif", "heic")},
    **{ending: f"audio/{ending}" for ending in ("ogg", "flac", "wav", "aac")},
    **{ending: f"video/{ending}" for ending in ("mp4", "webm")},
    "jpg": "image/jpeg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mov": "video/quicktime",
    "ogv": "video/ogg",
    "svg": "image/svg+xml",
}


class Files:
    """`folder` is that of the installation."""

    def __init__(self, engine: AsyncEngine, folder: Path) -> None:
        self._engine = engine
        self._media = MediaFolder(folder / FOLDER)

    async def receive(
        self, chunks: AsyncIterable[bytes], *, declared: str = "", name: str = ""
    ) -> Sent | NotReceived | Unreadable:
        """Keep what was sent, for good, before anything else is done; never raises for what comes."""
        try:
            kept = await self._media.keep(chunks, declared=declared, name=name)
        except FileTooLarge:
            return NotReceived(Trouble.TOO_LARGE)
        except PhotoUnreadable:
            return Unreadable("document")
        except OSError as error:
            _log.error("A file could not be kept: %s", trail_of(error))
            return NotReceived(Trouble.LOST)
        return Sent(kept.name, kept.media)

    async def tidy(self, now: datetime) -> None:
        """Delete what was never received to its end."""
        await asyncio.to_thread(self._media.drop_unfinished, now.timestamp() - UNFINISHED)

    async def exhibit(self, form_hash: str, name: str) -> tuple[bytes, str] | None:
        """A file beside a version and its type, if it can be seen or heard; None otherwise."""
        try:
            async with snapshot(self._engine) as connection:
                content = await load_form_file(connection, form_hash, name)
        except FormUnknown:
            return None
        media, ending = recognised(content[:HEAD], name=name)
        is_shown = media is not Media.FILE or (ending == "svg" and await asyncio.to_thread(is_svg, content))
        return (content, _TYPES[ending]) if is_shown and ending in _TYPES else None

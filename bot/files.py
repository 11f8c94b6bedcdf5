"""Files in a conversation: those that respondents send, and those that authors have put beside their questions."""

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterable, Awaitable, Collection, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.reply import Reply
from bot.trail import trail_of
from conversations.forms.media_files import is_svg
from conversations.protocol import AnswerKept, Change, Heard, Media, NotReceived, Sent, Trouble, Unreadable
from conversations.signatures import HEAD, recognised
from storage.engine import snapshot
from storage.errors import FormUnknown, StorageError
from storage.forms import load_form_file
from storage.media import FileTooLarge, MediaStore, PhotoUnreadable
from storage.media.store import Coming
from storage.mentions import all_named, unnamed

_log = logging.getLogger(__name__)

UNFINISHED = 3600.0
"""Seconds after which nothing is still being received."""

DAY = 24 * 3600.0
"""Seconds after which a file that no answer names is deleted, whatever has become of its turn."""

ELSEWHERE = 300.0
"""Seconds after which no other process is still taking the turn of a file that came to it."""

REMEMBERED = 10_000

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
    """`media` is the place of the installation."""

    def __init__(self, engine: AsyncEngine, media: MediaStore) -> None:
        self._engine = engine
        self.media = media
        self._here: OrderedDict[str, Coming] = OrderedDict()  # the last coming to this process
        self._in_turn: Counter[str] = Counter()  # what is received and not yet settled
        self._swept_at = 0.0

    async def receive(
        self, chunks: AsyncIterable[bytes], *, declared: str = "", name: str = ""
    ) -> Sent | NotReceived | Unreadable:
        """Keep what was sent, for good, before anything else is done; never raises for what comes."""
        try:
            kept = await self.media.keep(chunks, declared=declared, name=name)
        except FileTooLarge:
            return self.too_large
        except PhotoUnreadable:
            return Unreadable("document")
        except OSError as error:
            _log.error("A file could not be kept: %s", trail_of(error))
            return NotReceived(Trouble.LOST)
        self._here[kept.name] = kept.coming
        self._here.move_to_end(kept.name)
        if len(self._here) > REMEMBERED:
            self._here.popitem(last=False)
        self._in_turn[kept.name] += 1
        return Sent(kept.name, kept.media)

    @property
    def too_large(self) -> NotReceived:
        """What is heard of a file that has more than it may."""
        return NotReceived(Trouble.TOO_LARGE, self.media.most_megabytes)

    async def settled(self, heard: Heard, turn: Awaitable[Reply]) -> Reply:
        """The reply of a turn; then the file that was no answer, and those that are none any more, are deleted."""
        name = heard.name if isinstance(heard, Sent) else ""
        try:
            reply = await turn
        finally:
            self._in_turn -= Counter([name])
        refused = {name} if name and not reply.is_taken else set()
        if names := reply.left_out | refused:
            await self._forget(names)
        return reply

    async def _forget(self, names: Collection[str]) -> None:
        """Delete those that nothing names; where another process may be taking one's turn, `tidy` does it later."""
        before = (time.time() - ELSEWHERE) * 1e9
        try:
            known = {name: await asyncio.to_thread(self.media.last_coming, name) for name in names}
            sure = {name: at for name, at in known.items() if at and (self._here.get(name) == at or at[1] < before)}
            async with snapshot(self._engine) as connection:
                left = await unnamed(connection, sure)
            await self._delete(left, sure)
        except (StorageError, OSError) as error:
            _log.error("A file that is no answer stays until it is swept away: %s", trail_of(error))

    async def tidy(self, now: datetime) -> None:
        """Delete what was never received to its end and, once a day, what no answer names."""
        await asyncio.to_thread(self.media.drop_unfinished, now.timestamp() - UNFINISHED)
        if now.timestamp() - self._swept_at < DAY:
            return
        late = await asyncio.to_thread(self.media.came_before, now.timestamp() - DAY)
        if late:
            async with snapshot(self._engine) as connection:
                named = await all_named(connection)
            await self._delete(late.keys() - named, late)
        self._swept_at = now.timestamp()

    async def _delete(self, names: Collection[str], comings: Mapping[str, Coming]) -> None:
        for name in names:
            if not self._in_turn[name]:
                await asyncio.to_thread(self.media.delete, name, comings[name])

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


def is_file_taken(heard: Heard, changes: Collection[Change]) -> bool:
    """Whether the file that was heard has become an answer by these changes."""
    kept = {change.value for change in changes if isinstance(change, AnswerKept)}
    return isinstance(heard, Sent) and heard.name in kept

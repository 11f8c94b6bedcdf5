"""The folder of what respondents have sent: each file under its own hash, durable before its name is known.

The name tells nothing, nor does the time of the file: an anonymous answer must not be found by when it came.
"""

import asyncio
import hashlib
import os
import tempfile
from collections.abc import AsyncIterable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from conversations.protocol import MOST_MEGABYTES, Media
from conversations.signatures import HEAD, recognised
from storage.media.jpeg import without_traces

MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
FOLDER = "media"
"""In the folder of the installation."""

_NAME_LENGTH = 32  # 128 bits of SHA-256
KEPT_NAME = r"[0-9a-f]{32}\.[a-z0-9]{1,8}"
"""A regular expression: how the files are called."""

_UNFINISHED = "part-"
_UNTOLD = (0, 0)
_AT_ONCE = 2
"""Files that are looked through at a time: a photo is in memory then, three times over."""


class FileTooLarge(ValueError):
    """More than an answer may have; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: its name, which is the answer, and what it is."""

    name: str
    media: Media


class MediaFolder:
    """`folder` is made when the first file comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._finishing = asyncio.Semaphore(_AT_ONCE)

    def path_of(self, name: str) -> Path:
        """Where a file is kept."""
        return self._folder / name[:2] / name

    async def keep(self, chunks: AsyncIterable[bytes], *, declared: str = "", name: str = "") -> Kept:
        """Keep what comes; the same content twice is one file.

        Raises FileTooLarge, PhotoUnreadable, OSError; then nothing is kept.
        `declared` is the type that the sender names, `name` the file's own: both are only hints.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                await _fill(file.write, chunks)
            async with self._finishing:
                return await asyncio.to_thread(self._finish, Path(path), declared, name)
        finally:
            _drop(path)

    def drop_unfinished(self, before: float) -> int:
        """Delete what a killed process left half written before that moment (seconds since 1970); how many."""
        late = [path for path in self._folder.glob(f"{_UNFINISHED}*") if path.stat().st_mtime < before]
        for path in late:
            path.unlink(missing_ok=True)
        return len(late)

    def _finish(self, unfinished: Path, declared: str, name: str) -> Kept:
        with unfinished.open("rb") as file:
            media, ending = recognised(file.read(HEAD), declared=declared, name=name)
        if ending == "jpg":
            unfinished.write_bytes(without_traces(unfinished.read_bytes()))
        with unfinished.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        kept = self.path_of(f"{digest[:_NAME_LENGTH]}.{ending}")
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        os.utime(unfinished, _UNTOLD)
        unfinished.replace(kept)
        for folder in (kept.parent, self._folder):
            _sync(folder)
        return Kept(kept.name, media)


async def _fill(write: Callable[[bytes], object], chunks: AsyncIterable[bytes]) -> None:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise FileTooLarge
        write(chunk)


def _drop(path: str) -> None:
    with suppress(FileNotFoundError):
        Path(path).unlink()


def _sync(folder: Path) -> None:
    """The name in its folder is durable as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

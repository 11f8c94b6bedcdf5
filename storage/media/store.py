"""What respondents have sent: how it is received and named, wherever it is kept.

The name tells nothing: an anonymous answer must not be found by it. It is the hash of the content, so the same content
twice is one file.
"""

import asyncio
import hashlib
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from conversations.protocol import MOST_MEGABYTES, Media
from conversations.signatures import HEAD, recognised
from storage.media.jpeg import without_traces

MEGABYTE = 1024 * 1024
KEPT_NAME = r"[0-9a-f]{32}\.[a-z0-9]{1,8}"
"""A regular expression: how the files are called."""

_NAME_LENGTH = 32  # 128 bits of SHA-256
_UNFINISHED = "part-"
_AT_ONCE = 2
"""Files that are looked through at a time: a photo is in memory then, three times over."""


class FileTooLarge(ValueError):
    """More than an answer may have; nothing of it is kept."""


Coming = tuple[int, int]
"""Changes whenever the same content is kept anew; the second number is when, in nanoseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: its name, which is the answer, what it is, and which coming of it this was."""

    name: str
    media: Media
    coming: Coming


class MediaStore(ABC):
    """`receiving` is a folder of this machine, made when the first file comes; every method but `keep` blocks.

    Raises OSError where the place cannot be reached. `most_megabytes`: of one file.
    """

    def __init__(self, receiving: Path, most_megabytes: int = MOST_MEGABYTES) -> None:
        self._receiving = receiving
        self.most_megabytes = most_megabytes
        self._finishing = asyncio.Semaphore(_AT_ONCE)

    @property
    def most_bytes(self) -> int:
        """What a file may have."""
        return self.most_megabytes * MEGABYTE

    async def keep(self, chunks: AsyncIterable[bytes], *, declared: str = "", name: str = "") -> Kept:
        """Keep what comes; the same content twice is one file.

        Raises FileTooLarge, PhotoUnreadable, OSError; then nothing is kept.
        `declared` is the type that the sender names, `name` the file's own: both are only hints.
        """
        self._receiving.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=_UNFINISHED, dir=self._receiving)
        try:
            with os.fdopen(handle, "wb") as file:
                await _fill(file.write, chunks, self.most_bytes)
            async with self._finishing:
                return await asyncio.to_thread(self._finish, Path(path), declared, name)
        finally:
            _drop(path)

    def drop_unfinished(self, before: float) -> int:
        """Delete what a killed process left half written before that moment (seconds since 1970); how many."""
        late = [path for path in self._receiving.glob(f"{_UNFINISHED}*") if path.stat().st_mtime < before]
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
        kept = f"{digest[:_NAME_LENGTH]}.{ending}"
        return Kept(kept, media, self._put(unfinished, kept))

    @abstractmethod
    def _put(self, unfinished: Path, name: str) -> Coming:
        """Put it in its place, whole or not at all."""

    @abstractmethod
    def last_coming(self, name: str) -> Coming | None:
        """Which coming of a file lies there; None if there is none."""

    @abstractmethod
    def delete(self, name: str, coming: Coming) -> bool:
        """Delete a file unless it has come anew meanwhile: then it may be another one's answer. Whether it was."""

    @abstractmethod
    def came_before(self, moment: float) -> dict[str, Coming]:
        """The files whose last coming was before that moment (seconds since 1970)."""

    @abstractmethod
    def copy(self, name: str, target: Path) -> None:
        """Write a copy of a file that is there."""


async def _fill(write: Callable[[bytes], object], chunks: AsyncIterable[bytes], most: int) -> None:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise FileTooLarge
        write(chunk)


def _drop(path: str) -> None:
    with suppress(FileNotFoundError):
        Path(path).unlink()

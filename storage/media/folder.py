"""The folder of what respondents have sent: each file under its own hash, durable before its name is known.

The name tells nothing, nor does the time of the file: an anonymous answer must not be found by when it came.
"""

import asyncio
import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterable, Callable, Iterator
from contextlib import contextmanager, suppress
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


Coming = tuple[int, int]
"""Changes whenever the same content is kept anew; nothing else does."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: its name, which is the answer, what it is, and which coming of it this was."""

    name: str
    media: Media
    coming: Coming


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

    def last_coming(self, name: str) -> Coming | None:
        """Which coming of a file lies there; None if there is none."""
        with suppress(FileNotFoundError):
            return _coming(self.path_of(name))
        return None

    def delete(self, name: str, coming: Coming) -> bool:
        """Delete a file unless it has come anew meanwhile: then it may be another one's answer. Whether it was."""
        with self._held():
            if self.last_coming(name) != coming:
                return False
            self.path_of(name).unlink()
            return True

    def came_before(self, moment: float) -> dict[str, Coming]:
        """The files whose last coming was before that moment (seconds since 1970)."""
        paths = [path for path in self._folder.glob("??/*") if re.fullmatch(KEPT_NAME, path.name)]
        comings = {path.name: self.last_coming(path.name) for path in paths}
        return {name: coming for name, coming in comings.items() if coming and coming[1] < moment * 1e9}

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
        with self._held():
            unfinished.replace(kept)
            coming = _coming(kept)
        for folder in (kept.parent, self._folder):
            _sync(folder)
        return Kept(kept.name, media, coming)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """No other process puts a file in its place, or takes one away, until the block ends."""
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


async def _fill(write: Callable[[bytes], object], chunks: AsyncIterable[bytes]) -> None:
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise FileTooLarge
        write(chunk)


def _coming(path: Path) -> Coming:
    """The time of the change of its entry cannot be set, unlike that of the file."""
    known = path.stat()
    return known.st_ino, known.st_ctime_ns


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

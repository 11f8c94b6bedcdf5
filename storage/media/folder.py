"""The folder of what respondents have sent: each file durable before its name is known, and without a time.

An anonymous answer must not be found by when it came.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from conversations.protocol import MOST_MEGABYTES
from storage.media.store import KEPT_NAME, Coming, MediaStore

_UNTOLD = (0, 0)


class MediaFolder(MediaStore):
    """`folder` is made when the first file comes."""

    def __init__(self, folder: Path, most_megabytes: int = MOST_MEGABYTES) -> None:
        super().__init__(folder, most_megabytes)
        self._folder = folder

    def path_of(self, name: str) -> Path:
        """Where a file is kept."""
        return self._folder / name[:2] / name

    def last_coming(self, name: str) -> Coming | None:  # noqa: D102 - as there
        with suppress(FileNotFoundError):
            return _coming(self.path_of(name))
        return None

    def delete(self, name: str, coming: Coming) -> bool:  # noqa: D102 - as there
        with self._held():
            if self.last_coming(name) != coming:
                return False
            self.path_of(name).unlink()
            return True

    def came_before(self, moment: float) -> dict[str, Coming]:  # noqa: D102 - as there
        paths = [path for path in self._folder.glob("??/*") if re.fullmatch(KEPT_NAME, path.name)]
        comings = {path.name: self.last_coming(path.name) for path in paths}
        return {name: coming for name, coming in comings.items() if coming and coming[1] < moment * 1e9}

    def copy(self, name: str, target: Path) -> None:  # noqa: D102 - as there
        shutil.copyfile(self.path_of(name), target)

    def _put(self, unfinished: Path, name: str) -> Coming:
        kept = self.path_of(name)
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        os.utime(unfinished, _UNTOLD)
        with self._held():
            unfinished.replace(kept)
            coming = _coming(kept)
        for folder in (kept.parent, self._folder):
            _sync(folder)
        return coming

    @contextmanager
    def _held(self) -> Iterator[None]:
        """No other process puts a file in its place, or takes one away, until the block ends."""
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _coming(path: Path) -> Coming:
    """The time of the change of its entry cannot be set, unlike that of the file."""
    known = path.stat()
    return known.st_ino, known.st_ctime_ns


def _sync(folder: Path) -> None:
    """The name in its folder is durable as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

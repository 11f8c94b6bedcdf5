"""What respondents have sent, at any address that fsspec knows: an object store, a server, the memory of a test.

Such places have no lock that processes share. Within one process none deletes what another thread puts there; between
processes, what came anew in the instant between the look and the deletion could be lost, and only if it is the same
content. They may also tell when a file came.
"""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any

from fsspec.core import url_to_fs

from conversations.protocol import MOST_MEGABYTES
from storage.media.store import KEPT_NAME, Coming, MediaStore


class RemoteMedia(MediaStore):
    """`url` as fsspec writes it; how to get in there is the matter of its environment. `receiving` as in MediaStore."""

    def __init__(self, url: str, receiving: Path, most_megabytes: int = MOST_MEGABYTES) -> None:
        super().__init__(receiving, most_megabytes)
        self._url = url
        self._opened: tuple[Any, str] | None = None
        self._lock = Lock()

    def last_coming(self, name: str) -> Coming | None:  # noqa: D102 - as there
        files, root = self._place()
        with suppress(FileNotFoundError):
            files.invalidate_cache()
            return 0, _nanoseconds(files.modified(_path(root, name)))
        return None

    def delete(self, name: str, coming: Coming) -> bool:  # noqa: D102 - as there
        files, root = self._place()
        with self._lock:
            if self.last_coming(name) != coming:
                return False
            files.rm_file(_path(root, name))
            return True

    def came_before(self, moment: float) -> dict[str, Coming]:  # noqa: D102 - as there
        files, root = self._place()
        files.invalidate_cache()
        names = [path.rpartition("/")[2] for path in files.find(root)]
        comings = {name: self.last_coming(name) for name in names if re.fullmatch(KEPT_NAME, name)}
        return {name: coming for name, coming in comings.items() if coming and coming[1] < moment * 1e9}

    def copy(self, name: str, target: Path) -> None:  # noqa: D102 - as there
        files, root = self._place()
        files.get_file(_path(root, name), str(target))

    def _put(self, unfinished: Path, name: str) -> Coming:
        """Under a name of its own first: a file is never seen half written."""
        files, root = self._place()
        coming, whole = f"{root}/{unfinished.name}", _path(root, name)
        files.makedirs(whole.rpartition("/")[0], exist_ok=True)
        files.put_file(str(unfinished), coming)
        with self._lock:
            files.mv(coming, whole)
            return self.last_coming(name) or (0, 0)

    def _place(self) -> tuple[Any, str]:
        """Opened at the first look, which blocks."""
        if self._opened is None:
            files, root = url_to_fs(self._url)
            self._opened = files, root.rstrip("/")
        return self._opened


def _path(root: str, name: str) -> str:
    return f"{root}/{name[:2]}/{name}"


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1_000

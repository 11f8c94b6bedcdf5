"""Messages as .eml files in a folder, for an installation without a mail server; any mail program opens them."""

import asyncio
import logging
import os
import tempfile
from pathlib import Path

from bot.mail.message import Mail
from storage.postings import FILED, Later, Outcome, Sent

_log = logging.getLogger(__name__)

PAUSE = 60.0


class FolderCarrier:
    """Writes each message under its own name, so that the same message twice is one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, mail: Mail) -> Outcome:
        """Write it: all of it, or nothing."""
        try:
            await asyncio.to_thread(_write, self._folder / f"{mail.name}.eml", mail.message.as_bytes())
        except OSError as error:
            _log.error("No message can be written to %s: %s.", self._folder, os.strerror(error.errno or 0))
            return Later("the folder of messages cannot be written to", PAUSE, pauses_all=True)
        return Sent(FILED)

    async def close(self) -> None:
        """Nothing is kept open."""


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, own = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")  # 0600 by nature
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(own).replace(path)
    except BaseException:
        Path(own).unlink()
        raise

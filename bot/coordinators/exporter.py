"""Makes an export by a program of its own: what exports need is not installed where the bot runs, nor is it its memory.

The files stand in a folder for as long as they are being sent. What a kill has left there goes with the next export.
"""

import asyncio
import json
import logging
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_log = logging.getLogger(__name__)

ROOT = Path(__file__).parents[2]
PATIENCE = 600.0
"""Seconds until an export is given up."""

LEFT_OVER = 3600.0
"""Seconds after which no export is being made or sent any more."""

MOST_BYTES = 45_000_000
PURPOSE = "asked for by a coordinator in the chat"


class NotExported(StrEnum):
    """Why there is no file."""

    PACKAGES = "packages"
    FEW = "few"
    LARGE = "large"
    LATE = "late"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export has: files to be sent, responses; of `withheld` a number is of rows, None is a whole column.

    `describes_nobody`: what describes people was withheld altogether. `left_behind`: files of respondents, not sent.
    """

    files: tuple[Path, ...]
    responses: int
    withheld: Mapping[str, int | None]
    describes_nobody: bool
    left_behind: int


class Exporter:
    """Of one installation; one export at a time. `surroundings` are the environment that finds its database."""

    def __init__(self, folder: Path, surroundings: Mapping[str, str]) -> None:
        self._folder = folder / "sending"
        self._surroundings = {**surroundings, "PYTHONPATH": str(ROOT)}
        self._one = asyncio.Semaphore(1)

    @asynccontextmanager
    async def exported(self, survey: str, who: str) -> AsyncIterator[Exported | NotExported]:
        """The protected export of a survey, on record as let out by `who`; its files are gone afterwards."""
        async with self._one:
            self._tidy()
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            place = Path(tempfile.mkdtemp(dir=self._folder))
            try:
                yield await self._made(survey, who, place)
            finally:
                shutil.rmtree(place, ignore_errors=True)

    async def _made(self, survey: str, who: str, place: Path) -> Exported | NotExported:
        command = program()
        if command is None:
            return NotExported.PACKAGES
        wish = ["--format", "xlsx", "--out", str(place), "--json", f"--who={who}", f"--purpose={PURPOSE}"]
        try:
            async with asyncio.timeout(PATIENCE):
                status, said, complaint = await self._run([*command, "export", survey, *wish])
        except TimeoutError:
            return NotExported.LATE
        if status:
            _log.warning("An export for a coordinator was not made: %s", complaint.strip()[-500:])
        return read_result(status, said, complaint, place)

    async def _run(self, command: list[str]) -> tuple[int, str, str]:
        """In a session of its own, so that all of it can be ended."""
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *command, stdout=pipe, stderr=pipe, env=self._surroundings, start_new_session=True
        )
        try:
            said, complaint = await process.communicate()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
        return process.returncode or 0, said.decode(errors="replace"), complaint.decode(errors="replace")

    def _tidy(self) -> None:
        """Delete what a process that was killed has left."""
        for left in self._folder.glob("*"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > LEFT_OVER:
                    shutil.rmtree(left, ignore_errors=True)


def program(root: Path = ROOT, prefix: str = sys.prefix) -> list[str] | None:
    """The command line as this installation starts it; None if its launcher would first have to install packages."""
    environment = root / ".venv"
    if Path(prefix) != environment:
        return [sys.executable, "-m", "admin_scripts"]
    stamps = (environment / "requirements-test.lock", environment / "report" / "requirements-report.lock")
    return [str(root / "colloquio")] if any(stamp.exists() for stamp in stamps) else None


def read_result(status: int, said: str, complaint: str, place: Path) -> Exported | NotExported:
    """What the program has said: JSON of what it wrote or refused; anything else is a failure."""
    try:
        told = json.loads(said)
    except ValueError:
        return NotExported.PACKAGES if "more packages" in complaint else NotExported.FAILED
    if status or "refused" in told:
        return NotExported.FEW if told.get("refused") == NotExported.FEW else NotExported.FAILED
    files = tuple(place / name for name in told["files"])
    if any(file.stat().st_size > MOST_BYTES for file in files):
        return NotExported.LARGE
    return Exported(files, told["responses"], told["withheld"], told["describes_nobody"], told["sent_files"])

"""What respondents notice of an export: how long a turn of the conversation takes before it and while it runs.

    python -m benchmarks.turns                      while 1,000,000 responses of 30 questions are exported to CSV
    python -m benchmarks.turns --count 100000

People answer the example questionnaire in the same SQLite file, one turn after another with a pause between. The export
is a process of its own, begun again until as many turns have been measured as before it.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.exports import NAME
from benchmarks.people import FIRST, invite
from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from conversations.protocol import Command, Commanded, Heard, Kind, Manner, Pressed, Prompt, Typed
from storage.chats import Sender
from storage.engine import open_engine

PEOPLE = 500
PAUSE = 0.02
"""Seconds between two turns: some forty a second, more than a survey of an organisation ever sees."""


def now() -> datetime:
    """The time, for everything that asks."""
    return datetime.now(UTC)


async def turns(dialogue: Dialogue) -> AsyncIterator[float]:
    """The seconds of one turn after another: person after person goes through the questionnaire."""
    for number in range(FIRST, FIRST + PEOPLE):
        sender, heard = Sender("telegram", str(number)), 0
        said: Heard | None = Commanded(Command.START)
        while said is not None:
            heard += 1
            began = time.perf_counter()
            reply = await dialogue.hear(sender, said, claim=f"{number}:{heard}")
            message = reply.shown_as(str(heard))
            if message and reply.manner is not Manner.QUIET:
                await dialogue.shown(sender, message)
            yield time.perf_counter() - began
            said = _answer(reply.prompt)
            await asyncio.sleep(PAUSE)


def _answer(prompt: Prompt | None) -> Heard | None:
    """The first thing that goes on; None where it is over."""
    if prompt is None or prompt.kind is Kind.RECEIPT:
        return None
    if prompt.kind is Kind.REVIEW:
        return Pressed(prompt.actions[-2].code)
    if prompt.kind is Kind.MANY and any(choice.chosen for choice in prompt.choices):
        return Pressed(prompt.actions[0].code)
    if prompt.choices:
        return Pressed(prompt.choices[0].code)
    if prompt.kind is Kind.WELCOME:
        return Pressed(prompt.actions[0].code)
    return Typed("2" if prompt.kind is Kind.INTEGER else "https://a.bc")


async def measure(database: Path, count: int) -> None:
    """Both, a line each."""
    engine = open_engine(f"sqlite:///{database}")
    await invite(engine, PEOPLE, now())
    going = turns(Dialogue(engine, FormShelf(), now))
    await _some(going, 100)  # the questionnaire is read, the file is in the machine's memory
    _say("before", await _some(going, count))
    export = _export(database)
    during: list[float] = []
    while len(during) < count:
        during += await _some(going, 1)
        if export.poll() is not None:
            export = _export(database)
    export.kill()
    export.wait()
    _say("during", during)
    await engine.dispose()


def _export(database: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "admin_scripts", "export", NAME, "--out", str(database.parent / "out")]
    environment = os.environ | {"COLLOQUIO_DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


async def _some(going: AsyncIterator[float], count: int) -> list[float]:
    return [await anext(going) for _ in range(count)]


def _say(when: str, seconds: list[float]) -> None:
    rising = sorted(seconds)
    told = {"median": 0.5, "p95": 0.95, "p99": 0.99, "longest": 1}
    figures = (
        f"{name} {rising[min(int(part * len(rising)), len(rising) - 1)] * 1000:.1f} ms" for name, part in told.items()
    )
    print(f"{when}: {len(rising)} turns, {', '.join(figures)}", flush=True)


def main() -> None:
    """Measure what is asked for."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--count", type=int, default=1_000_000)
    reader.add_argument("--turns", type=int, default=1000)
    wish = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "benchmark.db"
        subprocess.run([sys.executable, "-m", "benchmarks.responses", str(database), str(wish.count)], check=True)  # noqa: S603
        asyncio.run(measure(database, wish.turns))


if __name__ == "__main__":
    main()

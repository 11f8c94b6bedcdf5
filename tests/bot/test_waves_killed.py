"""The real process, killed at any moment of a wave that leaves by both channels: counted, person by person."""

import asyncio
import logging
from collections.abc import Iterator
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest

from storage.due import Posting
from tests.bot import victim
from tests.bot.installation import SECRET
from tests.bot.lives import A_WHILE, FieldWork
from tests.bot.mail_server import MailServer
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_crash import end_of

CHATS, ADDRESSES = 140, 60
KILLS = 15
STEPS_BETWEEN = (4, 40)
"""Before and after each message, of either channel."""
MOMENT = 0.05
"""Seconds after the step, at most, in which the process is killed."""
ENDED = {Posting.SENT, Posting.DOUBT}

_log = logging.getLogger(__name__)


@pytest.fixture
async def work(database_url: str, peer: TelegramPeer, engine) -> Iterator[FieldWork]:
    """Two hundred people who are to be reminded."""
    async with MailServer() as mail:
        work = FieldWork(engine, database_url, peer, mail)
        await work.invites(CHATS, ADDRESSES)
        await work.plans(engine)
        yield work


class Victim:
    """Started anew each time it was killed; then a minute has passed for it, as if by a slow restart."""

    def __init__(self, work: FieldWork, folder: Path, chance: Random) -> None:
        self.kills = 0
        self.on_their_way: set[str] = set()
        self._work = work
        self._folder = folder
        self._log = folder / "log.txt"
        self._chance = chance
        self._left = 0
        self._process: ForkServerProcess | None = None
        work.telegram.watch = work.mail.watch = self._count

    async def lives_until_all_is_sent(self) -> int | None:
        """Its exit code when it is told to end."""
        while self.kills < KILLS:
            self._left = self._chance.randint(*STEPS_BETWEEN)
            assert await self._live() == -SIGKILL, f"it ended by itself: {self._log.read_text()[-2000:]}"
            self.on_their_way |= await self._sending()
        self._left = -1
        return await self._live()

    async def _live(self) -> int | None:
        self._process = victim.start(self._settings(), str(self._log), self._work.now)
        self._work.now += A_WHILE
        ended = asyncio.create_task(end_of(self._process))
        try:
            while not (await asyncio.wait({ended}, timeout=0.1))[0]:
                states = set((await self._work.states()).values())
                if states and states <= ENDED:
                    self._process.terminate()
            return self._process.exitcode
        finally:
            self._process.kill()
            await asyncio.to_thread(self._process.join)

    async def _sending(self) -> set[str]:
        return {who for who, state in (await self._work.states()).items() if state is Posting.SENDING}

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            assert self._process is not None
            self.kills += 1
            moment = self._chance.choice([0.0, MOMENT * self._chance.random()])
            asyncio.get_running_loop().call_later(moment, self._process.kill)

    def _settings(self) -> dict[str, str]:
        return {
            "COLLOQUIO_DATA_DIR": str(self._folder),
            "COLLOQUIO_DATABASE_URL": self._work.url,
            "COLLOQUIO_SECRET": SECRET.decode(),
            "COLLOQUIO_TELEGRAM_TOKEN": self._work.telegram.token,
            "COLLOQUIO_TELEGRAM_API_URL": self._work.telegram.url,
            "COLLOQUIO_SMTP_URL": self._work.mail.url(),
            "COLLOQUIO_MAIL_FROM": "survey@example.org",
            "COLLOQUIO_WEB_PORT": "0",
        }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_fifteen_kills_during_a_wave_double_no_message_and_lose_none(work: FieldWork, tmp_path: Path):
    """Everybody has one; but those whose message was on its way at a kill have one or none, and are in doubt."""
    victim = Victim(work, tmp_path, Random(20261123))
    code = await victim.lives_until_all_is_sent()
    states, arrived = await work.states(), work.arrived()
    in_doubt = {who for who, state in states.items() if state is Posting.DOUBT}
    doubled = [who for who, count in arrived.items() if count > 1]
    lost = [who for who in states if not arrived.get(who) and who not in in_doubt]
    _log.info(
        "%d kills, %d messages: %d doubled, %d lost, %d in doubt, of which %d had arrived.",
        victim.kills,
        len(states),
        len(doubled),
        len(lost),
        len(in_doubt),
        sum(arrived.get(who, 0) for who in in_doubt),
    )
    assert (code, victim.kills, len(states), doubled, lost) == (0, KILLS, CHATS + ADDRESSES, [], [])
    assert in_doubt == victim.on_their_way

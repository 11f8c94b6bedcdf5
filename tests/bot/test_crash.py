"""The promise of the project: kill -9 at any moment loses no answer and doubles none."""

import asyncio
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from signal import SIGKILL

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine, snapshot
from storage.migrate import migrate
from storage.register import Person as Registered
from storage.surveys import get_survey
from tests.bot import victim
from tests.bot.installation import install
from tests.bot.respondent import EXAMPLE, Respondent, questions_of
from tests.bot.telegram_peer import TelegramPeer
from tests.responses import responses_of

PEOPLE = 50
KILLS = 20
CALLS_BETWEEN = (5, 90)
PATIENCE = 240.0
"""Seconds until the test gives up on a person: many times what all of it takes."""


class Killed:
    """The real process, killed after some more of its calls: right before one is executed or right after."""

    def __init__(self, peer: TelegramPeer, settings: dict[str, str], chance: Random, log: Path) -> None:
        self.kills = 0
        self._peer = peer
        self._settings = settings
        self._chance = chance
        self._log = log
        self._left = 0
        self._process: ForkServerProcess | None = None

    async def run(self) -> None:
        """Start it, as often as it is killed, and then once more, until cancelled."""
        self._peer.watch = self._count
        while True:
            self._left = self._chance.randint(*CALLS_BETWEEN)
            self._process = victim.start(self._settings, str(self._log))
            try:
                await end_of(self._process)
            finally:
                self._process.kill()
                await asyncio.to_thread(self._process.join)  # the loop serves the peer that the process may be calling
            assert self._process.exitcode == -SIGKILL, f"it ended by itself: {self._log.read_text()[-2000:]}"

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0 and self.kills < KILLS and self._process is not None:
            self.kills += 1
            self._process.kill()


async def end_of(process: ForkServerProcess) -> None:
    """Wait for it."""
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_reader(process.sentinel, ended.set)
    try:
        await ended.wait()
    finally:
        loop.remove_reader(process.sentinel)


async def responses(engine: AsyncEngine) -> list[dict[str, str]]:
    """By name, with the number of the row as "bp_zona[2]"."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, "zone")
        rows = [row.answers for row in await responses_of(connection, survey)]
    return [{_name(path): value for path, value in answers if value} for answers in rows]


def _name(path: str) -> str:
    *before, name = path.split("/")
    row = before[-1].partition("[")[1:]
    return f"{name}{''.join(row)}"


def _as_set(value: str) -> list[str]:
    """Choices are stored in the questionnaire's order, not in that of the presses."""
    return sorted(value.split())


async def test_twenty_kills_lose_no_answer_and_double_none(tmp_path: Path, peer: TelegramPeer):
    """Fifty people answer the example questionnaire; each response is, answer by answer, what its person gave."""
    chance = Random(20261122)
    settings = {
        "COLLOQUIO_DATA_DIR": str(tmp_path),
        "COLLOQUIO_DATABASE_URL": f"sqlite:///{tmp_path}/colloquio.db",
        "COLLOQUIO_TELEGRAM_TOKEN": peer.token,
        "COLLOQUIO_TELEGRAM_API_URL": peer.url,
        "COLLOQUIO_TELEGRAM_RATE": "1000",
        "COLLOQUIO_WEB_PORT": "0",
    }
    peer.patience = PATIENCE
    engine = open_engine(settings["COLLOQUIO_DATABASE_URL"])
    await migrate(engine)
    workbook = EXAMPLE.read_bytes()
    register = [Registered(str(number), language="it") for number in range(1, PEOPLE + 1)]
    tokens = await install(engine, workbook, register, name="zone")
    questions = questions_of(workbook)
    people = [Respondent(peer.person(int(number)), questions, Random(number)) for number in tokens]

    killed = Killed(peer, settings, chance, tmp_path / "log.txt")
    serving = asyncio.create_task(killed.run())
    answering = asyncio.gather(*(one.answers_all(tokens[str(one.person.id)]) for one in people))
    await asyncio.wait({serving, answering}, return_when=asyncio.FIRST_COMPLETED)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await answering

    stored = await responses(engine)
    await engine.dispose()
    assert killed.kills == KILLS
    assert len(stored) == PEOPLE
    by_person = {answers["commenti"]: answers for answers in stored}
    for one in people:
        answers = by_person[one.given["commenti"]]
        assert {name: _as_set(answers[name]) for name in one.given} == {
            name: _as_set(value) for name, value in one.given.items()
        }

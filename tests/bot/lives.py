"""One life of the process that sends, in the loop of a test: it looks for waves, and sends until nothing is left."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import Bot

from bot.dialogue import Dialogue
from bot.mail.message import MailPlace
from bot.mail.post import MailPost
from bot.mail.smtp import SmtpCarrier
from bot.post import Post
from bot.sender import DATABASE_AWAY, IDLE, Pacing, Sender
from bot.shelf import FormShelf
from bot.telegram.calls import Calls
from bot.telegram.post import TelegramPost
from bot.waves import keep_waves, look_for_waves
from conversations.protocol import Command, Commanded, WaveKind
from storage.chats import Sender as Chat
from storage.chats import Shown
from storage.due import Posting
from storage.engine import open_engine, transaction
from storage.errors import StorageError
from storage.outbox import LEASE
from storage.register import Person as Registered
from storage.surveys import get_survey
from storage.tables import outbox, rates, waves
from storage.waves import plan_waves
from storage.workdays import WorkingHours
from tests.bot.installation import NOON, SECRET, install
from tests.bot.mail_server import MailServer
from tests.bot.posted import states
from tests.bot.steps import Carrier, Killed, Steps, Wire, watch
from tests.bot.telegram_peer import Chat as Account
from tests.bot.telegram_peer import TelegramPeer
from tests.sheets import workbook

TEA = """
| survey   |
|          | type    | name  | label::Italiano (it) |
|          | text    | name  | Come si chiama?      |
|          | integer | cups  | Quante tazze?        |
| settings |
|          | form_title | form_id | version | default_language |
|          | Il tè      | tea     | 1       | Italiano (it)    |
"""
HOURS = WorkingHours("IT")
DAY = timedelta(days=1)
A_WHILE = LEASE + timedelta(seconds=1)
"""After which nothing is believed that a dead process has left."""
PLACE = MailPlace("https://survey.example.org", SECRET, "survey@example.org", "bounces@example.org")
FAST = Pacing(per_second=1000, at_once=20)


class Process:
    """The engine of a process, and who is told of its commits. It is made once: making it is most of a short life."""

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self.commits = Steps()
        watch(self.engine, self._tell)

    def _tell(self) -> None:
        self.commits()


@dataclass
class FieldWork:
    """People in chats ("1", "2", ...) and people with an address only ("M1", ...), and what reaches both.

    `now` is what the clock of the process says.
    """

    engine: AsyncEngine
    url: str
    telegram: TelegramPeer
    mail: MailServer
    now: datetime = NOON
    people: int = 0
    process: Process | None = None

    def clock(self) -> datetime:
        return self.now

    async def invites(self, chats: int, addresses: int) -> None:
        """They are in the register of an open survey; those in chats opened them the day before."""
        people = [Registered(str(number), language="it") for number in range(1, chats + 1)]
        self.people = chats + addresses
        people += [Registered(f"M{number}", email=f"m{number}@example.org") for number in range(1, addresses + 1)]
        tokens = await install(self.engine, workbook(TEA), people, opens=True)
        dialogue = Dialogue(self.engine, FormShelf(), lambda: NOON - DAY)
        for number in range(1, chats + 1):
            self.telegram.chats[number] = Account()
            sender, start = Chat("telegram", str(number)), Commanded(Command.START)
            reply = await dialogue.hear(sender, start, claim="start", token=tokens[str(number)])
            await dialogue.shown(sender, Shown(reply.session, "1", reply.prompt.place, reply.prompt.revision))

    async def plans(self, engine: AsyncEngine, kind: WaveKind = WaveKind.REMINDER, at: datetime = NOON) -> None:
        """As the command does; the same wave twice is one."""
        async with transaction(engine) as connection:
            await plan_waves(connection, await get_survey(connection, "indagine"), kind, [at])

    async def starts_over(self) -> None:
        """Nothing was planned and nothing sent."""
        async with transaction(self.engine) as connection:
            for table in (outbox, waves, rates):
                await connection.execute(delete(table))
        self.now = NOON
        self.mail.taken.clear()
        for chat in self.telegram.chats.values():
            chat.messages.clear()

    def arrived(self) -> dict[str, int]:
        """Person -> how many messages."""
        found = {str(number): len(chat.messages) for number, chat in self.telegram.chats.items()}
        for taken in self.mail.taken:
            person = taken.recipient.partition("@")[0].upper()
            found[person] = found.get(person, 0) + 1
        return found

    async def states(self) -> dict[str, Posting]:
        """Person -> where the only message stands."""
        return await states(self.engine)

    async def lives_on(self, later: timedelta = A_WHILE) -> None:
        """The process is started again."""
        self.now += later
        await Life(self).lasts_until_all_is_sent()

    async def all_got_one(self) -> None:
        """Nobody two, nobody none, and nothing is in doubt."""
        states = await self.states()
        assert self.arrived() == dict.fromkeys(states, 1)
        assert list(states.values()) == [Posting.SENT] * self.people


@dataclass
class Life:
    """Everything is made anew, on the same database. `commits` and `messages` are told of each, before and after."""

    work: FieldWork
    commits: Steps = field(default_factory=Steps)
    messages: Steps = field(default_factory=Steps)
    looks_again: bool = False
    while_away: Callable[[], Awaitable[None]] = field(default=lambda: asyncio.sleep(0))
    """Awaited each time when the database is found to be away."""

    async def lasts_until_all_is_sent(self) -> None:
        """Waves are planned, run and sent. Raises what ends it before; cancelled, it ends as the process does."""
        asyncio.get_running_loop().set_exception_handler(_say_unless_killed)
        process = self.work.process = self.work.process or Process(self.work.url)
        process.commits, engine = self.commits, process.engine
        requests = {"request": Wire(self.messages), "get_updates_request": Wire(self.messages)}
        bot = Bot(self.work.telegram.token, f"{self.work.telegram.url}/bot", **requests)
        carrier = Carrier(self.work.mail.url(), self.messages)
        try:
            await bot.initialize()
            await self.work.plans(engine)
            await self._look(engine)
            await self._send(engine, posts(engine, bot, carrier, self.work.clock))
        finally:
            await carrier.close()
            await bot.shutdown()
            await engine.dispose()

    async def _look(self, engine: AsyncEngine) -> None:
        """Again, if the database was away."""
        try:
            await look_for_waves(engine, HOURS, now=self.work.clock())
        except StorageError:
            await self.while_away()
            await self._look(engine)

    async def _send(self, engine: AsyncEngine, by: Mapping[str, Post]) -> None:
        naps = [Naps(self.while_away) for _ in by]
        running = [
            asyncio.create_task(Sender(engine, channel, post, FAST, HOURS, clock=self.work.clock, sleep=nap).run())
            for (channel, post), nap in zip(by.items(), naps, strict=True)
        ]
        if self.looks_again:
            running.append(asyncio.create_task(keep_waves(engine, HOURS, self.work.clock, sleep=_soon)))
        idle = asyncio.gather(*(nap.nothing_to_do.wait() for nap in naps))
        try:
            await asyncio.wait({*running, idle}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _end(*running, idle)


async def _end(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, BaseException) and not isinstance(outcome, asyncio.CancelledError):
            raise outcome


async def _soon(_seconds: float) -> None:
    await asyncio.sleep(0.005)


def posts(
    engine: AsyncEngine, bot: Bot, carrier: SmtpCarrier, clock: Callable[[], datetime], rate: float = 1000
) -> dict[str, Post]:
    """Both channels, as the process has them."""
    forms = FormShelf()
    return {
        "telegram": TelegramPost(engine, forms, Calls(bot, rate), clock),
        "email": MailPost(engine, forms, PLACE, carrier, clock),
    }


def _say_unless_killed(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    if not isinstance(context.get("exception"), Killed):
        loop.default_exception_handler(context)


class Naps:
    """The waiting of a sender: short, and for ever once there is nothing to do."""

    def __init__(self, while_away: Callable[[], Awaitable[None]]) -> None:
        self.nothing_to_do = asyncio.Event()
        self._while_away = while_away

    async def __call__(self, seconds: float) -> None:
        if seconds == IDLE:
            self.nothing_to_do.set()
            await asyncio.Event().wait()
        if seconds == DATABASE_AWAY:
            await self._while_away()
        await asyncio.sleep(min(seconds, 0.003))

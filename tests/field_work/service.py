"""The parts of the bot that write on their own, put together as in `bot.app`, with a clock that is set."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.app import AT_ONCE, MAIL
from bot.mail.message import MailPlace
from bot.mail.post import MailPost
from bot.post import Post
from bot.sender import Pacing, Sender
from bot.shelf import FormShelf
from bot.telegram.calls import Calls
from bot.telegram.post import TelegramPost
from bot.waves import look_for_waves
from storage.due import Posting
from storage.engine import snapshot
from storage.postings import Errand, Outcome, Sent
from storage.tables import outbox, participants
from storage.waves import RanWave
from tests.bot.installation import SECRET
from tests.bot.telegram_peer import TelegramPeer
from tests.field_work.edges import Letter, Mailboxes, newest_in_chat
from tests.field_work.office import HOURS

PLACE = MailPlace("https://survey.example.org", SECRET, "indagine@example.org", "ritorni@example.org")
TELEGRAM = Pacing(25, AT_ONCE)
A_MOMENT = timedelta(seconds=0.2)

_CLAIMED = (
    select(participants.c.person_id)
    .join(outbox, outbox.c.participant_id == participants.c.id)
    .where(outbox.c.state == Posting.CLAIMED)
    .order_by(participants.c.person_id)
)


class Clock:
    """What all parts take for the time; it goes on when it is told to."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_to(self, moment: datetime) -> None:
        """Never back."""
        self.now = max(self.now, moment.astimezone(UTC))


class Witness(Protocol):
    """Who learns what happens around a message; `before` gives what it wants to be told again `after`."""

    clock: Clock

    @property
    def waits_for_claims(self) -> bool:
        """Whether it wants to be told."""

    async def claimed(self, person: str) -> None:
        """Its turn has come; nothing was looked at yet."""

    async def before(self, errand: Errand) -> int:
        """It was looked at for the last time."""

    def after(self, errand: Errand, said: str, begun: int, letter: Letter) -> None:
        """It has left."""


class Service:
    """What `colloquio serve` does besides answering."""

    def __init__(
        self,
        engine: AsyncEngine,
        forms: FormShelf,
        witness: Witness,
        mailboxes: Mailboxes,
        calls: Calls,
        peer: TelegramPeer,
    ) -> None:
        clock = witness.clock
        mail = _Watched(MailPost(engine, forms, PLACE, mailboxes, clock), witness, mailboxes.newest)
        chat = _Watched(TelegramPost(engine, forms, calls, clock), witness, lambda errand: newest_in_chat(peer, errand))
        self._engine = engine
        self._witness = witness
        self._one_at_a_time = asyncio.Lock()
        self._senders = (self._sender("email", mail, MAIL), self._sender("telegram", chat, TELEGRAM))

    async def look(self) -> list[RanWave]:
        """Run what is due."""
        return await look_for_waves(self._engine, HOURS, now=self._witness.clock.now)

    async def send(self) -> None:
        """Send what may leave now, at the rate of the channel."""
        clock = self._witness.clock
        for sender in self._senders:
            while await sender.drain():
                clock.goes_to(clock.now + A_MOMENT)

    def _sender(self, channel: str, post: Post, pacing: Pacing) -> Sender:
        return Sender(
            self._engine, channel, post, pacing, HOURS, clock=self._witness.clock, sleep=self._wait_for_its_slot
        )

    async def _wait_for_its_slot(self, seconds: float) -> None:
        """The time between the claim and the last look."""
        async with self._one_at_a_time:
            clock = self._witness.clock
            clock.goes_to(clock.now + timedelta(seconds=seconds))
            if not self._witness.waits_for_claims:
                return
            async with snapshot(self._engine) as connection:
                claimed = (await connection.scalars(_CLAIMED)).all()
            for person in claimed:
                await self._witness.claimed(person)


class _Watched:
    """A post whose messages are witnessed."""

    def __init__(self, post: Post, witness: Witness, newest: Callable[[Errand], Letter]) -> None:
        self._post = post
        self._witness = witness
        self._newest = newest

    async def send(self, errand: Errand) -> tuple[Outcome, str]:
        """As the post does."""
        begun = await self._witness.before(errand)
        outcome, said = await self._post.send(errand)
        if isinstance(outcome, Sent):
            self._witness.after(errand, said, begun, self._newest(errand))
        return outcome, said

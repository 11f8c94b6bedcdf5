"""A field period from the first order to the last message, with a clock that only this file sets."""

import heapq
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, product
from pathlib import Path
from random import Random
from typing import NamedTuple
from unittest.mock import patch
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from bot.wishes import Wishes
from storage.engine import snapshot
from storage.outbox import Posting
from storage.postings import Errand
from storage.register import Person
from storage.settling import bounced, count_postings
from storage.tables import outbox, participants
from tests.bot.installation import SECRET, install
from tests.bot.telegram_peer import TelegramPeer
from tests.field_work.crowd import Crowd, gather
from tests.field_work.edges import Letter, Mailboxes, calls_to
from tests.field_work.journal import Journal, Left, Ran, Returned
from tests.field_work.office import NAME, Does, Office
from tests.field_work.people import AT_IT, HARD, Character, Deed, Visit, Window, deal
from tests.field_work.service import Clock, Service

ROME = ZoneInfo("Europe/Rome")
LOOKS = ("03:00", "08:59", "09:00", "09:30", "10:00", "12:00", "15:00", "17:30", "18:00", "22:00")
LATE = "answers at once"
"""Who may come to the register late: it shows that they are invited."""

LAST = "~"
"""After all people of the same minute."""
COMES_BACK = timedelta(minutes=7)
"""After so long a message that cannot be delivered is back."""


@dataclass(frozen=True)
class Plan:
    """A field period: from when to when, and the orders.

    `away` is when the mail server is, `busy` when some people are answering, `looks` the times of the day at which the
    service looks for work (besides, after each order and each visit), `late` how many people come to the register late.
    """

    begins: str
    ends: str
    orders: Sequence[tuple[str, Does]]
    away: tuple[str, str] = ("9999-01-01", "9999-01-01")
    busy: Sequence[str] = ()
    looks: Sequence[str] = LOOKS
    late: int = 2


class _Due(NamedTuple):
    """Something that happens at a moment; in the same minute by names, so that chance has no part in it."""

    at: datetime
    whose: str
    number: int
    does: Callable[[], Awaitable[None]]


class Month:
    """One field period of one survey in one database."""

    def __init__(self, engine: AsyncEngine, plan: Plan, characters: dict[str, Character]) -> None:
        self.journal = Journal(sorts={person: one.sort for person, one in characters.items()})
        self.clock = Clock(_rome(plan.begins))
        self._engine = engine
        self._plan = plan
        self._characters = characters
        self._bounces = {person: list(one.bounces) for person, one in characters.items()}
        self._agenda: list[_Due] = []
        self._numbers = count()

    async def play(self, office: Office, crowd: Crowd, service: Service) -> None:
        """One thing after the other, each at its own minute."""
        self._crowd, self._service = crowd, service
        for at, does in self._plan.orders:
            self._at(_rome(at), "", self._ordering(does, office))
        for at, person in product(self._plan.busy, self._characters):
            if self._characters[person].sort == AT_IT:
                self._at(_rome(at), person, self._coming(person, Visit(Deed.BEGINS, timedelta(), 2)))
        for look in self._looks():
            self._at(look, LAST, self._work)
        while self._agenda and self.clock.now < _rome(self._plan.ends):
            due = heapq.heappop(self._agenda)
            self.clock.goes_to(due.at)
            await due.does()

    def _looks(self) -> Iterator[datetime]:
        first, last = _rome(self._plan.begins).date(), _rome(self._plan.ends).date()
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            yield from (_rome(f"{day} {time}") for time in self._plan.looks)

    async def _work(self) -> None:
        """What the service does every few seconds."""
        now = self.clock.now
        for ran in await self._service.look():
            self.journal.add(Ran(now, ran.wave.id, ran.wave.kind, ran.counts))
        await self._service.send()

    def _at(self, at: datetime, whose: str, does: Callable[[], Awaitable[None]]) -> None:
        heapq.heappush(self._agenda, _Due(at, whose, next(self._numbers), does))

    def _ordering(self, does: Does, office: Office) -> Callable[[], Awaitable[None]]:
        async def order() -> None:
            self.journal.add(await does(office, self.clock.now))
            await self._work()

        return order

    # ------------------------------------------------------------ what the service tells

    async def before(self, errand: Errand) -> int:
        """Between the last look and the sending."""
        begun = len(self.journal.events)
        person = errand.participant.person.person_id
        if self._crowd.is_about_to_cross(person, Window.SENDING):
            await self._crowd.crosses(person, self.clock.now)
        return begun

    @property
    def waits_for_claims(self) -> bool:
        """As long as somebody is to act before the last look."""
        return self._crowd.is_anybody_to_cross(Window.CLAIMED)

    async def claimed(self, person: str) -> None:
        """Between the claim and the last look."""
        if self._crowd.is_about_to_cross(person, Window.CLAIMED):
            await self._crowd.crosses(person, self.clock.now)

    def after(self, errand: Errand, said: str, begun: int, letter: Letter) -> None:
        """It has left."""
        session, person = errand.session, errand.participant.person.person_id
        done, asked = session.session.progress if session else (0, 0)
        left = Left(
            at=self.clock.now,
            person=person,
            occasion=errand.ticket.occasion,
            kind=errand.kind,
            channel=errand.ticket.channel,
            said=said,
            known=session.session.status if session else None,
            done=done,
            asked=asked,
            begun=begun,
            text=letter.text,
        )
        self.journal.add(left)
        if self._bounces[person] and left.channel == "email":
            self._comes_back(errand, self._bounces[person].pop(0))
            return
        for visit in self._crowd.gets(person, letter):
            self._at(left.at + visit.after, person, self._coming(person, visit))

    def _coming(self, person: str, visit: Visit) -> Callable[[], Awaitable[None]]:
        async def come() -> None:
            await self._crowd.comes(person, visit, self.clock.now)
            if visit.deed is Deed.LOSES_LINK:
                await self._work()

        return come

    def _comes_back(self, errand: Errand, status: str) -> None:
        participant, occasion = errand.participant, errand.ticket.occasion

        async def come_back() -> None:
            now = self.clock.now
            is_hard = status == HARD
            assert await bounced(self._engine, participant.id, occasion, status=status, is_hard=is_hard, now=now)
            self.journal.add(Returned(now, participant.person.person_id, occasion, status))

        self._at(self.clock.now + COMES_BACK, participant.person.person_id, come_back)


async def play_month(
    engine: AsyncEngine, folder: Path, plan: Plan, seed: int, workbook: bytes, people: Sequence[Person]
) -> Journal:
    """A field period among these people; the e-mails are in `folder`."""
    characters = deal(seed, [one.person_id for one in people])
    month = Month(engine, plan, characters)
    late = [one for one in people if characters[one.person_id].sort == LATE][: plan.late]
    office = Office(engine, late, lambda sort: next(p for p, one in characters.items() if one.sort == sort))
    forms, emails = FormShelf(), {one.person_id: one.email for one in people}
    mailboxes = Mailboxes(folder, lambda: _rome(plan.away[0]) <= month.clock.now < _rome(plan.away[1]))
    with _quickly(seed):
        await install(engine, workbook, [one for one in people if one not in late], name=NAME, opens=False)
        async with TelegramPeer() as peer, calls_to(peer) as calls:
            dialogue, wishes = Dialogue(engine, forms, month.clock), Wishes(engine, SECRET, month.clock)
            crowd = Crowd(gather(characters, emails, dialogue, peer, seed), wishes, peer, month.journal)
            await month.play(office, crowd, Service(engine, forms, month, mailboxes, calls, peer))
            month.journal.chats = sum(len(chat.messages) for chat in peer.chats.values())
    month.journal.mails = mailboxes.count
    await _keep_outcome(engine, month.journal, office)
    return month.journal


@contextmanager
def _quickly(seed: int) -> Iterator[None]:
    """Nothing is waited for, not even the disk; no QR codes are painted; who is first in the outbox is no chance."""
    chance = Random(f"the names of {seed}")
    with (
        patch("bot.mail.folder.os.fsync"),
        patch("bot.mail.message._qr", lambda _: b"a picture"),
        patch("storage.register.uuid4", lambda: UUID(int=chance.getrandbits(128), version=4)),
    ):
        yield


def _rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


async def _keep_outcome(engine: AsyncEngine, journal: Journal, office: Office) -> None:
    """What the outbox says in the end."""
    columns = (participants.c.person_id, outbox.c.occasion, outbox.c.state, outbox.c.reason)
    async with snapshot(engine) as connection:
        journal.tallies = await count_postings(connection, (await office.survey()).id)
        rows = await connection.execute(select(*columns).join(outbox, outbox.c.participant_id == participants.c.id))
        journal.postings = {(person, occasion): (Posting(state), reason) for person, occasion, state, reason in rows}

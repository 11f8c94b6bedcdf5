"""The sender of one channel: what it does with errors, a slow other side, a database that is away, and its end."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import sender as sending
from bot.sender import DATABASE_AWAY, FULL, IDLE, Pacing, Sender
from conversations.protocol import Mode
from storage.due import Posting
from storage.engine import snapshot
from storage.errors import DatabaseUnavailable, SecretChanged
from storage.outbox import LEASE
from storage.postings import Errand, Outcome, Sent
from storage.standstill import lift_now, standstills
from tests.bot.posted import states
from tests.storage.field import Field, plan_survey
from tests.storage.posted import HOURS, MONDAY, opened, wave

PEOPLE = ("P1", "P2", "P3")


@dataclass
class Postman:
    """Carries what it is given, but `before` that may take its time, or fail."""

    before: Callable[[str], Awaitable[None]]
    carried: list[str] = field(default_factory=list)

    async def send(self, errand: Errand) -> tuple[Outcome, str]:
        person = errand.participant.person.person_id
        await self.before(person)
        self.carried.append(person)
        return Sent(), "not_opened"


class Days:
    """The waiting of a sender: none, but to the end of the test once there is nothing to do."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self.away = 0

    async def __call__(self, seconds: float) -> None:
        self.away += seconds == DATABASE_AWAY
        if seconds == IDLE:
            self.ended.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0.001)


@pytest.fixture
async def survey(engine: AsyncEngine) -> Field:
    """Three people are to be reminded by mail."""
    planned = await plan_survey(engine, "tea", Mode.CONFIDENTIAL)
    await opened(planned)
    await wave(planned)
    return planned


def sender_of(survey: Field, postman: Postman, days: Days, at_once: int = 10) -> Sender:
    pacing = Pacing(1000, at_once)
    return Sender(survey.engine, "email", postman, pacing, HOURS, clock=lambda: MONDAY, sleep=days)


async def at_once(_person: str) -> None:
    """Nothing is in the way."""


async def a_day(survey: Field, postman: Postman, **pacing: int) -> Days:
    """Until there is nothing left to do."""
    days = Days()
    running = asyncio.create_task(sender_of(survey, postman, days, **pacing).run())
    await days.ended.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return days


# ---------------------------------------------------------------- errors


async def test_an_error_of_our_own_makes_one_message_doubtful_and_keeps_no_other_waiting(
    survey: Field, caplog: pytest.LogCaptureFixture
):
    """Nobody knows how far it came; nothing of the message is logged."""

    async def stumble(person: str) -> None:
        if person == "P2":
            raise ZeroDivisionError("ada@example.org")

    postman = Postman(stumble)
    await a_day(survey, postman)
    assert sorted(postman.carried) == ["P1", "P3"]
    assert await states(survey.engine) == {"P1": Posting.SENT, "P2": Posting.DOUBT, "P3": Posting.SENT}
    assert "ZeroDivisionError" in caplog.text
    assert "example.org" not in caplog.text


async def test_another_secret_holds_everything_up_and_one_line_says_so(survey: Field, caplog: pytest.LogCaptureFixture):
    """However often it is tried; whoever looks at the outbox reads it as well."""

    async def refuse(_person: str) -> None:
        raise SecretChanged

    sender = sender_of(survey, Postman(refuse), Days())
    for _ in range(3):
        assert await sender.drain() > 0
        await lift_now(survey.engine, "email", now=MONDAY)

    assert [record.getMessage() for record in caplog.records] == [f"Messages by email wait: {SecretChanged()}"]
    async with snapshot(survey.engine) as connection:
        assert [one.reason for one in await standstills(connection)] == [str(SecretChanged())]


async def test_an_error_in_a_look_ends_nothing(
    survey: Field, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Neither the sender nor, with it, the whole process."""
    claim, errors = sending.claim, [ZeroDivisionError("ada"), DatabaseUnavailable(), None]

    async def stumble(*given: object, **named: object) -> object:
        error = errors.pop(0) if errors else None
        if error is not None:
            raise error
        return await claim(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "claim", stumble)
    postman = Postman(at_once)
    assert (await a_day(survey, postman)).away == 2
    assert sorted(postman.carried) == list(PEOPLE)
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2


async def test_nothing_is_sent_that_cannot_be_recorded(survey: Field, monkeypatch: pytest.MonkeyPatch):
    """While what was sent waits for the database, it takes up its place; nothing else leaves."""
    settle, postman, seen = sending.settle, Postman(at_once), []

    async def away(*given: object, **named: object) -> None:
        seen.append(list(postman.carried))
        if len(seen) < 20:
            raise DatabaseUnavailable
        await settle(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "settle", away)
    await a_day(survey, postman, at_once=1)
    assert {len(carried) for carried in seen[:20]} == {1}
    assert sorted(postman.carried) == list(PEOPLE)
    assert set((await states(survey.engine)).values()) == {Posting.SENT}


# ---------------------------------------------------------------- its slot


BOOTED = 100.0
"""What the clock of the loop says."""


class Standstill:
    """A clock for all, on a machine that stands still for a second when somebody first waits for a slot.

    It moves on when all messages wait.
    """

    def __init__(self) -> None:
        self.seconds = BOOTED
        self.messages = len(PEOPLE)
        self._lost = 1.0
        self._waiting: list[tuple[float, asyncio.Event]] = []

    async def __call__(self, seconds: float) -> None:
        if seconds == IDLE:
            raise asyncio.CancelledError
        if seconds == FULL:
            self._move_on()
            await asyncio.sleep(0.001)
        else:
            self._waiting.append((self.seconds + seconds, asyncio.Event()))
            await self._waiting[-1][1].wait()

    def _move_on(self) -> None:
        if len(self._waiting) == self.messages:
            first = min(self._waiting, key=lambda waiting: waiting[0])
            self._waiting.remove(first)
            self.seconds, self._lost = max(self.seconds, first[0]) + self._lost, 0.0
            first[1].set()


async def test_who_has_missed_the_slot_gets_another(survey: Field, monkeypatch: pytest.MonkeyPatch):
    """A machine that stood still for a moment does not send at once what it should have sent meanwhile."""
    still, left = Standstill(), []

    async def note(_person: str) -> None:
        left.append(still.seconds)
        still.messages -= 1

    monkeypatch.setattr(Sender, "_now", lambda _sender: still.seconds)
    pacing, clock = Pacing(per_second=20, at_once=10), lambda: MONDAY + timedelta(seconds=still.seconds)
    sender = Sender(survey.engine, "email", Postman(note), pacing, HOURS, clock=clock, sleep=still)
    await asyncio.gather(sender.run(), return_exceptions=True)
    assert len(left) == len(PEOPLE)
    assert left[0] >= BOOTED + 1
    assert all(later - earlier > 0.0499 for earlier, later in pairwise(left))


# ---------------------------------------------------------------- the end


async def test_told_to_end_it_finishes_what_is_on_its_way_and_begins_nothing(survey: Field):
    """Two are with the postman; the third is sent by the next process."""
    both, released = asyncio.Semaphore(0), asyncio.Event()

    async def slowly(_person: str) -> None:
        both.release()
        await released.wait()

    postman = Postman(slowly)
    running = asyncio.create_task(sender_of(survey, postman, Days(), at_once=2).run())
    for _ in range(2):
        await both.acquire()
    running.cancel()
    await asyncio.sleep(0)
    released.set()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()
    assert sorted((await states(survey.engine)).values()) == [Posting.QUEUED, Posting.SENT, Posting.SENT]
    await a_day(survey, postman)
    assert sorted(postman.carried) == list(PEOPLE)


async def test_what_takes_too_long_at_the_end_is_left_in_doubt(survey: Field, monkeypatch: pytest.MonkeyPatch):
    """The process ends all the same."""
    monkeypatch.setattr(sending, "CLOSING_PATIENCE", 0.01)
    begun = asyncio.Event()

    async def never(_person: str) -> None:
        begun.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(sender_of(survey, Postman(never), Days(), at_once=1).run())
    await begun.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert sorted((await states(survey.engine)).values()) == [Posting.QUEUED, Posting.QUEUED, Posting.SENDING]


async def test_a_message_of_a_lease_that_is_over_does_not_leave(survey: Field):
    """The machine slept between the claim and the sending: it may be night by now, and somebody else may have it."""
    now = [MONDAY]

    async def asleep(seconds: float) -> None:
        if seconds == IDLE:
            raise asyncio.CancelledError
        now[0] = MONDAY + LEASE + timedelta(seconds=1)
        await asyncio.sleep(0)

    postman = Postman(at_once)
    pacing = Pacing(1000, 10)
    sender = Sender(survey.engine, "email", postman, pacing, HOURS, clock=lambda: now[0], sleep=asleep)
    await asyncio.gather(sender.run(), return_exceptions=True)
    assert postman.carried == []
    assert set((await states(survey.engine)).values()) == {Posting.CLAIMED}

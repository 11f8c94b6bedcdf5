"""What came of a message that was to be sent, and what came back later: retries, the dead and the doubtful."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.protocol import WaveKind
from storage.chats import Sender
from storage.columns import Moment
from storage.due import CORRECTED, Posting
from storage.engine import transaction
from storage.errors import PersonUnknown
from storage.postings import FILED, Blame, Doubtful, Errand, Later, Outcome, Rejected, Sent, Ticket
from storage.presence import mark_presence
from storage.standstill import HELD, LONGEST_PAUSE, lift, pause
from storage.tables import outbox, participants, waves

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""Before the next attempt; after the last one a message is dead."""

SOFT_BOUNCE = timedelta(days=1)
"""Until a message that came back for the time being is sent again."""

WITHDRAWN = "the wave was cancelled"

_SETTLE = update(outbox).where(
    outbox.c.participant_id == bindparam("of_participant"),
    outbox.c.occasion == bindparam("of_occasion"),
    outbox.c.state.in_((Posting.SENDING, Posting.DOUBT)),  # in doubt meanwhile, if a lease ended too early
    outbox.c.sent_at == bindparam("begun_at", type_=Moment),
)
_UNDELIVERABLE = update(participants).where(participants.c.id == bindparam("of_participant"))
_RETURNED = (
    select(outbox.c.attempts)
    .where(
        outbox.c.participant_id == bindparam("of_participant"),
        outbox.c.occasion == bindparam("of_occasion"),
        outbox.c.channel == "email",
        outbox.c.reason != CORRECTED,
        outbox.c.state.in_((Posting.SENDING, Posting.SENT, Posting.DOUBT)),
    )
    .with_for_update()
)
_COME_BACK = update(outbox).where(
    outbox.c.participant_id == bindparam("of_participant"), outbox.c.occasion == bindparam("of_occasion")
)


async def settle(engine: AsyncEngine, errand: Errand, outcome: Outcome, *, said: str, now: datetime) -> None:
    """Record what came of it; `said` names the words that were used. Once more changes nothing."""
    ticket = errand.ticket
    begun = ticket.key | {"begun_at": errand.begun_at}
    async with transaction(engine) as connection:
        await connection.execute(_SETTLE, begun | {"lease_until": None} | _became(errand, outcome, said, now))
        if isinstance(outcome, Later) and outcome.pauses_all:
            await pause(connection, ticket.channel, outcome.seconds, now=now)
        if isinstance(outcome, Rejected) and outcome.blames is Blame.CHAT:
            await mark_presence(connection, Sender(ticket.channel, errand.chat), is_there=False)
        if isinstance(outcome, Rejected) and outcome.blames is Blame.ADDRESS:
            await connection.execute(
                _UNDELIVERABLE, {"of_participant": ticket.participant, "undeliverable": outcome.reason}
            )


async def take_back(engine: AsyncEngine, ticket: Ticket, *, begun_at: datetime, now: datetime) -> None:
    """It was perhaps begun at that moment, but certainly not sent: it waits again."""
    again = _queued("", now) | {"attempts": outbox.c.attempts - 1, "lease_until": None}
    async with transaction(engine) as connection:
        await connection.execute(_SETTLE.values(**again), ticket.key | {"begun_at": begun_at})


def _became(errand: Errand, outcome: Outcome, said: str, now: datetime) -> dict[str, object]:
    match outcome:
        case Sent(note):
            return {"state": Posting.SENT, "reason": note, "said": said, "sent_at": now}
        case Rejected(reason):
            return {"state": Posting.DEAD, "reason": reason, "sent_at": None}
        case Doubtful(reason):
            return {"state": Posting.DOUBT, "reason": reason, "said": said}
        case Later(reason, seconds, True):
            waits = timedelta(seconds=min(seconds, LONGEST_PAUSE))
            return _queued(f"{HELD}{reason}", now + waits) | {"attempts": errand.attempt - 1}
        case Later(reason, seconds) if errand.attempt <= len(BACK_OFF):
            return _queued(reason, now + max(timedelta(seconds=seconds), BACK_OFF[errand.attempt - 1]))
        case Later(reason):
            return {"state": Posting.DEAD, "reason": reason, "sent_at": None}


def _queued(reason: str, due_at: datetime) -> dict[str, object]:
    return {"state": Posting.QUEUED, "reason": reason, "due_at": due_at, "sent_at": None}


async def forget_filed(engine: AsyncEngine) -> int:
    """Messages that were only written to a folder count as not sent, once there is a server; how many they were."""
    only_filed = update(outbox).where(outbox.c.state == Posting.SENT, outbox.c.reason == FILED)
    async with transaction(engine) as connection:
        return (await connection.execute(only_filed.values(state=Posting.CANCELLED, sent_at=None))).rowcount


async def bounced(  # noqa: PLR0913 - what is known of a bounce
    engine: AsyncEngine,
    participant: str,
    occasion: str,
    *,
    status: str,
    is_hard: bool,
    now: datetime,
    attempt: int | None = None,
) -> bool:
    """A message came back: for good, and the address is undeliverable; or for now, and it is sent again some times.

    False if no such message had been sent; the same bounce twice counts once, and one for now of an earlier attempt
    than the last not at all.
    """
    key = {"of_participant": participant, "of_occasion": occasion}
    async with transaction(engine) as connection:
        attempts = await connection.scalar(_RETURNED, key)
        if attempts is None or (attempt not in (None, attempts) and not is_hard):
            return False
        reason = f"came back: {status}"
        if not is_hard and attempts <= len(BACK_OFF):
            await connection.execute(_COME_BACK, key | _queued(reason, now + SOFT_BOUNCE))
            return True
        await connection.execute(_COME_BACK, key | {"state": Posting.DEAD, "reason": reason, "sent_at": None})
        if is_hard:
            given = {"of_participant": participant, "undeliverable": status or "5.0.0"}
            await connection.execute(_UNDELIVERABLE, given)
        return True


# ---------------------------------------------------------------- what coordinators see and do


async def withdraw(connection: AsyncConnection, survey_id: int) -> int:
    """The messages of waves that still wait are not sent; how many they were. What is being sent just now is."""
    people = select(participants.c.id).where(participants.c.survey_id == survey_id)
    waiting = (
        outbox.c.participant_id.in_(people)
        & outbox.c.wave_id.is_not(None)
        & outbox.c.state.in_((Posting.QUEUED, Posting.CLAIMED))
    )
    withdrawn = {"state": Posting.CANCELLED, "reason": WITHDRAWN, "lease_until": None}
    return (await connection.execute(update(outbox).where(waiting).values(**withdrawn))).rowcount


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of a wave (None: links sent anew) stand where, by channel."""

    wave: int | None
    channel: str
    state: Posting
    count: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that was not sent, or of which nobody knows. `kind` is None for a link sent anew."""

    person_id: str
    kind: WaveKind | None
    channel: str
    state: Posting
    reason: str
    attempts: int
    due_at: datetime


_OF_SURVEY = outbox.join(participants, participants.c.id == outbox.c.participant_id).outerjoin(
    waves, waves.c.id == outbox.c.wave_id
)
_TALLY = (
    select(outbox.c.wave_id, outbox.c.channel, outbox.c.state, func.count())
    .select_from(_OF_SURVEY)
    .where(participants.c.survey_id == bindparam("survey"))
    .group_by(outbox.c.wave_id, outbox.c.channel, outbox.c.state)
)
_TROUBLES = (
    select(
        participants.c.person_id,
        waves.c.kind,
        outbox.c.channel,
        outbox.c.state,
        outbox.c.reason,
        outbox.c.attempts,
        outbox.c.due_at,
    )
    .select_from(_OF_SURVEY)
    .where(participants.c.survey_id == bindparam("survey"), outbox.c.state.in_((Posting.DEAD, Posting.DOUBT)))
    .order_by(outbox.c.due_at, participants.c.person_id)
)


async def count_postings(connection: AsyncConnection, survey_id: int) -> list[Tally]:
    """Every wave's messages, counted."""
    rows = await connection.execute(_TALLY, {"survey": survey_id})
    return [Tally(wave, channel, Posting(state), n) for wave, channel, state, n in rows]


async def troubles(connection: AsyncConnection, survey_id: int) -> list[Trouble]:
    """The dead and the doubtful messages of a survey, the oldest first."""
    return [
        Trouble(person, WaveKind(kind) if kind else None, channel, Posting(state), reason, attempts, due_at)
        for person, kind, channel, state, reason, attempts, due_at in await connection.execute(
            _TROUBLES, {"survey": survey_id}
        )
    ]


async def try_again(connection: AsyncConnection, survey_id: int, person_id: str | None, *, now: datetime) -> int:
    """Queue the dead and the doubtful again, of one person or of all; addresses are believed once more.

    How many there were. A mail server that was in trouble is tried at once. Raises PersonUnknown.
    """
    mine = [participants.c.survey_id == survey_id]
    if person_id is not None:
        mine.append(participants.c.person_id == person_id)
    people = select(participants.c.id).where(*mine)
    if person_id is not None and await connection.scalar(people) is None:
        raise PersonUnknown(person_id)
    await lift(connection, "email", now=now)
    whom = outbox.c.participant_id.in_(people)
    stuck = whom & outbox.c.state.in_((Posting.DEAD, Posting.DOUBT))
    believed = participants.c.id.in_(select(outbox.c.participant_id).where(stuck))
    await connection.execute(update(participants).where(believed).values(undeliverable=""))
    again = {"state": Posting.QUEUED, "due_at": now, "attempts": 0, "sent_at": None}
    return (await connection.execute(update(outbox).where(stuck).values(**again))).rowcount

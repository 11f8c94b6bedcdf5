"""What the system sends on its own: from the row in the outbox to the moment in which it leaves.

Claimed a few at a time with slots of one rate for all processes, judged again right before each leaves, and held
rather than sent twice where it is in doubt.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.protocol import WaveKind
from storage.columns import Moment
from storage.due import CHANNEL, LEFT_ALONE, UNTIL_REOPENED, Posting, Reason, is_put_off, lately, reason_of
from storage.engine import insert_unless_there, snapshot, transaction
from storage.postings import Errand, Ticket
from storage.register import Participant, Person
from storage.sessions import SESSION_COLUMNS, session_in
from storage.surveys import SURVEY_COLUMNS, State, Survey, survey_in
from storage.tables import chats, outbox, participants, rates, sessions, surveys, waves
from storage.texts import load_texts
from storage.workdays import WorkingHours

LEASE = timedelta(seconds=60)
"""How long a process may keep a message before it is taken for dead; twice that is the mark of a wrong clock."""

HORIZON = 0.1
"""Seconds of the rate that are given away at once. A process that stands still for a moment sends what it was given
late, on top of what the others send: so it is given little.
"""

CATCHING_UP = 0.04
"""Seconds of the rate that are made up for: the time between two looks, and no more."""

LOOKED_THROUGH = 20
"""Messages judged at once, at least: those that are not due any more use up no slot."""

FAR = 3600.0
"""Seconds; a slot further away than that was given by a clock that has been put right since."""

_KIND = func.coalesce(waves.c.kind, "")
_QUEUE = (
    outbox.join(participants, participants.c.id == outbox.c.participant_id)
    .join(surveys, surveys.c.id == participants.c.survey_id)
    .outerjoin(sessions, sessions.c.participant_id == participants.c.id)
    .outerjoin(chats, chats.c.id == sessions.c.chat_id)
    .outerjoin(waves, waves.c.id == outbox.c.wave_id)
)
_WAITING = (
    outbox.c.channel == bindparam("by"),
    outbox.c.state == Posting.QUEUED,
    outbox.c.due_at <= bindparam("now", type_=Moment),
)
_RATE = select(rates.c.next_at).where(rates.c.channel == bindparam("by")).scalar_subquery()
_IS_ANY = select(func.coalesce(_RATE, 0.0)).select_from(outbox).where(*_WAITING).limit(1)
_ADD_RATE = insert_unless_there(rates)
_HOLD_RATE = select(rates.c.next_at).where(rates.c.channel == bindparam("by")).with_for_update()
_BOOK = update(rates).where(rates.c.channel == bindparam("by"))
_CHANGE = update(outbox).where(
    outbox.c.participant_id == bindparam("of_participant"), outbox.c.occasion == bindparam("of_occasion")
)
_JUDGED = reason_of(_KIND, outbox.c.occasion, outbox.c.channel, outbox.c.due_at).label("judged")
_HEADS = (
    select(
        outbox.c.participant_id,
        outbox.c.occasion,
        _KIND.label("kind"),
        _JUDGED,
        chats.c.id.label("chat"),
        *SURVEY_COLUMNS,
    )
    .select_from(_QUEUE)
    .where(*_WAITING)
    .order_by(outbox.c.due_at, outbox.c.participant_id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(of=outbox, skip_locked=True)
)
_PERSON = tuple(participants.c[name] for name in ("person_id", "name", "email", "language", "weight", "attributes"))
_EARLIER, _EARLIER_WAVES = outbox.alias("earlier"), waves.alias("earlier_waves")
_TOLD_LAST = (
    select(_EARLIER_WAVES.c.kind)
    .select_from(_EARLIER.join(_EARLIER_WAVES, _EARLIER_WAVES.c.id == _EARLIER.c.wave_id))
    .where(_EARLIER.c.participant_id == outbox.c.participant_id, _EARLIER.c.state == Posting.SENT)
    .order_by(_EARLIER.c.sent_at.desc())
    .limit(1)
    .correlate(outbox)
    .scalar_subquery()
)
_ONE = (
    select(
        outbox.c.state,
        outbox.c.lease_until,
        outbox.c.attempts,
        _KIND.label("kind"),
        _JUDGED,
        chats.c.address,
        CHANNEL.label("channel_now"),
        _TOLD_LAST.label("told_last"),
        participants.c.generation,
        *_PERSON,
        *SURVEY_COLUMNS,
        participants.c.token_hash,
        *SESSION_COLUMNS,
    )
    .select_from(_QUEUE)
    .where(outbox.c.participant_id == bindparam("of_participant"), outbox.c.occasion == bindparam("of_occasion"))
    .with_for_update(of=outbox)
)


# ---------------------------------------------------------------- claiming


async def claim(
    engine: AsyncEngine, channel: str, *, per_second: float, limit: int, hours: WorkingHours, now: datetime
) -> list[Ticket]:
    """The messages of a channel that may leave within the next moment, leased to the caller; at most `limit`.

    What is not due any more is cancelled on the way, what may not be sent at this hour waits for the next one.
    """
    while await _is_anything_to_do(engine, channel, now):
        async with transaction(engine) as connection:
            first = await _first_slot(connection, channel, now.timestamp())
            slots = min(limit, int((HORIZON - first) * per_second) + 1) if first <= HORIZON else 0
            if slots <= 0:
                return []
            chosen = await _choose(connection, channel, slots, hours, now)
            waits = [max(0.0, first + number / per_second) for number in range(len(chosen))]
            booked = now.timestamp() + first + len(chosen) / per_second
            await connection.execute(_BOOK, {"by": channel, "next_at": booked})
        if chosen:
            return [
                Ticket(row.participant_id, row.occasion, channel, wait) for row, wait in zip(chosen, waits, strict=True)
            ]
    return []


async def _is_anything_to_do(engine: AsyncEngine, channel: str, now: datetime) -> bool:
    """Whether a message waits and the rate is not used up; keeps no writer waiting."""
    async with snapshot(engine) as connection:
        next_at = await connection.scalar(_IS_ANY, {"by": channel, "now": now})
        return next_at is not None and not HORIZON < next_at - now.timestamp() < FAR


async def book(engine: AsyncEngine, channel: str, *, per_second: float, now: datetime) -> float:
    """Another slot, for a message that has missed its own: the seconds until it."""
    async with transaction(engine) as connection:
        first = max(0.0, await _first_slot(connection, channel, now.timestamp()))
        await connection.execute(_BOOK, {"by": channel, "next_at": now.timestamp() + first + 1 / per_second})
        return first


async def _first_slot(connection: AsyncConnection, channel: str, now: float) -> float:
    """Seconds from now; the rate is held until the transaction ends."""
    await connection.execute(_ADD_RATE[connection.dialect.name], {"channel": channel, "next_at": 0.0})
    ahead = float((await connection.execute(_HOLD_RATE, {"by": channel})).scalar_one()) - now
    return max(ahead, -CATCHING_UP) if ahead < FAR else 0.0


async def _choose(
    connection: AsyncConnection, channel: str, slots: int, hours: WorkingHours, now: datetime
) -> list[Row[Any]]:
    asked = {"by": channel, "now": now, "most": max(slots, LOOKED_THROUGH)} | lately(now)
    rows = (await connection.execute(_HEADS, asked)).all()
    chosen: dict[object, Row[Any]] = {}
    changes: list[dict[str, object]] = []
    for row in rows:
        survey = survey_in(row[-len(SURVEY_COLUMNS) :])
        reason = _judged(row.kind, row.judged, survey, now)
        if reason is not Reason.DUE:
            changes.append(_key(row) | _not_now(row.kind, reason, now))
        elif row.kind and not hours.is_open(now, survey.zone):
            changes.append(_key(row) | {"state": Posting.QUEUED, "due_at": hours.next_open(now, survey.zone)})
        elif len(chosen) < slots:
            chosen.setdefault(row.chat or row.participant_id, row)  # a chat hears one thing at a time
    leased = [_key(row) | {"state": Posting.CLAIMED, "lease_until": now + LEASE} for row in chosen.values()]
    for one in (*changes, *leased):
        await connection.execute(_CHANGE, one)
    return list(chosen.values())


def _judged(kind: str, reason: str, survey: Survey, now: datetime) -> Reason:
    """The reason, with what only the survey knows."""
    state = survey.state(now)
    is_over = state is not State.CLOSED if kind == WaveKind.CLOSED else state is State.CLOSED
    return Reason.SURVEY_OVER if is_over else Reason(reason)


def _key(row: Row[Any]) -> dict[str, object]:
    return {"of_participant": row.participant_id, "of_occasion": row.occasion}


def _not_now(kind: str, reason: Reason, now: datetime) -> dict[str, object]:
    if is_put_off(kind, reason):
        is_over = reason is Reason.SURVEY_OVER
        later, why = (UNTIL_REOPENED, reason.value) if is_over else (LEFT_ALONE, "")
        return {"state": Posting.QUEUED, "due_at": now + later, "reason": why, "lease_until": None}
    return {"state": Posting.CANCELLED, "reason": reason.value, "lease_until": None}


# ---------------------------------------------------------------- right before it is sent


async def begin(engine: AsyncEngine, ticket: Ticket, *, now: datetime) -> Errand | None:
    """The message as it is to be sent now; None if it may not leave any more, or is not the caller's any more.

    A lease that is over is believed by nobody: it may be night by now. From here until `settle` a crash leaves the
    message in doubt.
    """
    async with transaction(engine) as connection:
        row = (await connection.execute(_ONE, ticket.key | lately(now))).first()
        if row is None or row.state != Posting.CLAIMED or not now <= row.lease_until <= now + 2 * LEASE:
            return None
        if row.kind and row.channel_now != ticket.channel:  # the person has gone over to another one
            over = {"channel": row.channel_now, "state": Posting.QUEUED, "lease_until": None}
            await connection.execute(_CHANGE, ticket.key | over)
            return None
        errand = await _errand(connection, ticket, row, now)
        reason = _judged(row.kind, row.judged, errand.survey, now)
        if reason is not Reason.DUE:
            await connection.execute(_CHANGE, ticket.key | _not_now(row.kind, reason, now))
            return None
        going = {"state": Posting.SENDING, "attempts": errand.attempt, "lease_until": now + LEASE, "sent_at": now}
        await connection.execute(_CHANGE, ticket.key | going)
        return errand


async def _errand(connection: AsyncConnection, ticket: Ticket, row: Row[Any], now: datetime) -> Errand:
    _, _, attempts, kind, _, chat, _, told_last, generation, *rest = tuple(row)
    person, rest = Person(*rest[: len(_PERSON)]), rest[len(_PERSON) :]
    survey, (token_hash, *session) = survey_in(rest[: len(SURVEY_COLUMNS)]), rest[len(SURVEY_COLUMNS) :]
    return Errand(
        ticket=ticket,
        attempt=attempts + 1,
        kind=WaveKind(kind) if kind else None,
        survey=survey,
        participant=Participant(ticket.participant, survey.id, generation, token_hash, person),
        session=session_in(session) if session[1] is not None else None,
        chat=chat if ticket.channel == "telegram" and chat else "",
        texts=await load_texts(connection, survey.id),
        begun_at=now,
        is_open_again=told_last == WaveKind.CLOSED != kind,
    )

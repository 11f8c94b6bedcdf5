"""An open survey in the middle of its field work: waves that ran, messages that wait, people at every point."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from conversations.protocol import Change, Session, Status, StatusMoved, WaveKind
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.outbox import begin, claim
from storage.postings import Errand, Outcome, Sent, Ticket
from storage.settling import settle
from storage.surveys import open_survey
from storage.tables import outbox, participants
from storage.turns import Sender, open_turn
from storage.waves import RanWave, plan_waves, run_due_waves
from storage.workdays import WorkingHours
from tests.storage.field import SECRET, Field

HOURS = WorkingHours("IT")
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""Eleven in Rome."""
DAY = timedelta(days=1)


async def opened(field: Field, now: datetime = MONDAY) -> None:
    """The survey takes answers."""
    async with transaction(field.engine) as connection:
        await open_survey(connection, field.survey.name, now=now - DAY)


async def stands(
    field: Field, person: str, status: Status, *changes: Change, channel: str = "telegram", now: datetime = MONDAY - DAY
) -> None:
    """The person opens the link in a chat and gets as far as that."""
    sender = Sender(channel, person.removeprefix("P"))
    async with open_turn(field.engine, sender, f"{person} {status} {now}", now=now) as turn:
        if turn.stored is None:
            invitation = await turn.find_invitation(field.tokens[person])
            assert invitation is not None
            await turn.start(invitation, Session(Status.NOTIFIED, "", seed=1, revision=1))
        stored = turn.stored
        assert stored is not None
        session = Session(status, "", seed=1, revision=stored.session.revision + 1, progress=(3, 8))
        await turn.save(session, (StatusMoved(status), *changes))


async def wave(
    field: Field, kind: WaveKind = WaveKind.REMINDER, *, at: datetime = MONDAY, now: datetime | None = None
) -> list[RanWave]:
    """A wave is planned for `at`, and what is due is run."""
    async with transaction(field.engine) as connection:
        await plan_waves(connection, field.survey, kind, [at])
    return await run_due_waves(field.engine, HOURS, now=now or at)


async def tickets(field: Field, channel: str = "email", *, now: datetime = MONDAY, limit: int = 10) -> list[Ticket]:
    """What may leave now."""
    return await claim(field.engine, channel, per_second=1000, limit=limit, hours=HOURS, now=now)


async def errands(field: Field, channel: str = "email", *, now: datetime = MONDAY) -> list[Errand]:
    """What is being sent now."""
    begun = [await begin(field.engine, ticket, now=now) for ticket in await tickets(field, channel, now=now)]
    return [errand for errand in begun if errand is not None]


async def deliver(field: Field, outcome: Outcome | None = None, *, now: datetime = MONDAY) -> list[str]:
    """Everything that waits is sent, by both channels; to whom."""
    sent = [errand for channel in ("email", "telegram") for errand in await errands(field, channel, now=now)]
    for errand in sent:
        await settle(field.engine, errand, outcome or Sent(), said="not_opened", now=now)
    return sorted(errand.participant.person.person_id for errand in sent)


async def states(field: Field) -> dict[str, list[tuple[str, Posting, str]]]:
    """Person -> (channel, state, reason) of each message."""
    columns = (participants.c.person_id, outbox.c.channel, outbox.c.state, outbox.c.reason)
    statement = select(*columns).join(outbox, outbox.c.participant_id == participants.c.id).order_by(outbox.c.occasion)
    found: dict[str, list[tuple[str, Posting, str]]] = {}
    async with snapshot(field.engine) as connection:
        for person, channel, state, reason in await connection.execute(statement):
            found.setdefault(person, []).append((channel, Posting(state), reason))
    return found


async def marked(field: Field, person: str, **values: object) -> None:
    """Something is known of a participant."""
    async with transaction(field.engine) as connection:
        await connection.execute(update(participants).where(participants.c.person_id == person).values(**values))


def counts_of(ran: Sequence[RanWave]) -> dict[str, int]:
    """Give "reason by channel" -> people, of the only wave."""
    (only,) = ran
    return {f"{reason.value} by {channel}": n for (reason, channel), n in only.counts.items()}


__all__ = ["SECRET"]

"""A clock that was wrong and has been put right: what it left behind is not believed, and nothing is lost by it."""

from datetime import timedelta

from conversations.protocol import Status, WaveKind
from storage.due import Posting
from storage.engine import snapshot
from storage.leases import free_leases
from storage.outbox import begin
from storage.postings import Later, Sent
from storage.settling import settle, take_back
from storage.waves import WaveState, list_waves, run_due_waves
from tests.storage.field import Field
from tests.storage.posted import DAY, HOURS, MONDAY, counts_of, deliver, errands, opened, stands, states, tickets, wave

MONTH = 30 * DAY  # later, it is a Wednesday


async def test_a_lease_of_a_clock_that_was_ahead_is_over(field: Field):
    """The process that had it was killed; nobody waits a month for it."""
    await opened(field)
    await wave(field)
    await tickets(field, now=MONDAY + MONTH)

    assert (await free_leases(field.engine, now=MONDAY)).queued == 3
    assert await deliver(field) == ["P1", "P2", "P3"]


async def test_what_a_clock_that_was_ahead_has_put_off_is_not_put_off(field: Field):
    """By a month, for the next attempt; but a wave that lies a month ahead keeps its time."""
    await opened(field)
    await wave(field)
    ahead = MONDAY + MONTH
    for errand in await errands(field, now=ahead):
        await settle(field.engine, errand, Later("mailbox busy", 0), said="", now=ahead)
    await free_leases(field.engine, now=MONDAY)

    assert await deliver(field) == ["P1", "P2", "P3"]


async def test_what_was_written_for_a_wave_that_is_still_to_come_keeps_its_time(field: Field):
    """A clock that was ahead has run it; it leaves when it is due, not before and not twice."""
    await opened(field)
    await wave(field, at=MONDAY + MONTH)
    await free_leases(field.engine, now=MONDAY)
    await run_due_waves(field.engine, HOURS, now=MONDAY)

    assert await deliver(field) == []
    assert await deliver(field, now=MONDAY + MONTH) == ["P1", "P2", "P3"]


async def test_a_wave_that_a_clock_ahead_of_its_time_has_given_up_is_planned_again(field: Field):
    """What lies in the future is not too late."""
    await opened(field)
    ran = await wave(field, at=MONDAY + DAY, now=MONDAY + MONTH)
    assert ran == []

    await run_due_waves(field.engine, HOURS, now=MONDAY)
    async with snapshot(field.engine) as connection:
        assert [one.state for one in await list_waves(connection, field.survey.id)] == [WaveState.PLANNED]
    assert counts_of(await run_due_waves(field.engine, HOURS, now=MONDAY + DAY)) == {"due by email": 3}


async def test_what_was_done_in_the_future_was_not_done_lately(field: Field):
    """Answers and reminders that bear the date of a wrong clock keep nobody from being reminded."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY + MONTH)
    await wave(field, WaveKind.INVITATION, at=MONDAY)
    await deliver(field, now=MONDAY + MONTH)

    assert counts_of(await wave(field, at=MONDAY + DAY)) == {"due by email": 2, "due by telegram": 1}


async def test_who_was_active_an_hour_ahead_is_left_alone(field: Field):
    """Clocks are put back by an hour as well; nobody is disturbed for it."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY + timedelta(hours=1))

    assert counts_of(await wave(field))["active in the last hours by telegram"] == 1


async def test_a_ticket_whose_lease_is_over_begins_nothing(field: Field):
    """The machine slept, and it may be night by now; or the clock was put back meanwhile."""
    await opened(field)
    await wave(field)
    for later in (timedelta(hours=12), -timedelta(hours=1), MONTH, -MONTH):
        (ticket, *_) = await tickets(field)
        assert await begin(field.engine, ticket, now=MONDAY + later) is None
        await free_leases(field.engine, now=MONDAY + timedelta(minutes=2))

    assert await deliver(field) == ["P1", "P2", "P3"]


async def test_what_was_begun_and_not_sent_is_taken_back_by_who_has_begun_it_only(field: Field):
    """It counts as no attempt; another sending of the same message is not touched."""
    await opened(field)
    await wave(field)
    (first, second, third) = await errands(field)
    earlier = MONDAY - timedelta(seconds=1)
    await take_back(field.engine, first.ticket, begun_at=first.begun_at, now=MONDAY)
    await take_back(field.engine, second.ticket, begun_at=earlier, now=MONDAY)
    await settle(field.engine, third, Sent(), said="", now=MONDAY)
    await take_back(field.engine, third.ticket, begun_at=third.begun_at, now=MONDAY)

    found = sorted(state for some in (await states(field)).values() for _, state, _ in some)
    assert found == [Posting.QUEUED, Posting.SENDING, Posting.SENT]
    (again,) = await errands(field)
    assert (again.ticket.participant, again.attempt) == (first.ticket.participant, 1)

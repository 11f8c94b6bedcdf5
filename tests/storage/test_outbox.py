"""From the row in the outbox to the moment in which it leaves, and what comes back."""

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select, text

from conversations.protocol import Status, Submitted, WaveKind
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.leases import free_leases
from storage.outbox import LEASE, begin, claim
from storage.participation import be_quiet, marks, post_link
from storage.postings import FILED, Blame, Doubtful, Later, Rejected, Sent
from storage.register import import_people, renew_invitation
from storage.settling import bounced, count_postings, forget_filed, settle, troubles, try_again, withdraw
from storage.standstill import lift_now, pause, standstills
from storage.surveys import close_survey, open_survey
from storage.tables import outbox, participants
from storage.turns import Sender, open_turn
from storage.waves import run_due_waves
from tests.storage.field import PEOPLE, SECRET, Field
from tests.storage.posted import (
    DAY,
    HOURS,
    MONDAY,
    counts_of,
    deliver,
    errands,
    marked,
    opened,
    stands,
    states,
    tickets,
    wave,
)


async def reminded(field: Field) -> None:
    """A reminder waits for each of the three, by mail."""
    await opened(field)
    await wave(field)


async def register(field: Field, count: int) -> None:
    """So many more people."""
    async with transaction(field.engine) as connection:
        people = [type(PEOPLE[0])(f"Q{n:04}", email=f"q{n}@example.org") for n in range(count)]
        await import_people(connection, field.survey.id, people, secret=SECRET)


# ---------------------------------------------------------------- claiming


async def test_who_was_told_that_it_has_closed_is_known_until_the_next_message(field: Field):
    """So that the first one after the survey was opened again can say so."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - 2 * DAY)
    async with transaction(field.engine) as connection:
        await close_survey(connection, field.survey.name, now=MONDAY)
    await run_due_waves(field.engine, HOURS, now=MONDAY)
    assert await deliver(field) == ["P1"]
    await opened(field, MONDAY + DAY)

    known = []
    for day in (1, 3):
        now = MONDAY + day * DAY
        await wave(field, at=now)
        (errand,) = await errands(field, "telegram", now=now)
        known.append(errand.is_open_again)
        await settle(field.engine, errand, Sent(), said="half_way", now=now)

    assert known == [True, False]


async def test_what_is_sent_is_everything_that_the_message_needs(field: Field):
    """Who, where, in which survey, how far."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await wave(field)

    (errand,) = await errands(field, "telegram")

    assert (errand.chat, errand.kind, errand.attempt) == ("1", WaveKind.REMINDER, 1)
    assert errand.participant.token(SECRET) == field.tokens["P1"]
    assert errand.participant.person == PEOPLE[0]
    assert errand.session is not None
    assert errand.session.session.progress == (3, 8)
    assert {one.participant.person.person_id: one.session for one in await errands(field)} == {"P2": None, "P3": None}


async def test_a_message_is_given_to_one_process_only(field: Field):
    """Whoever asks at the same moment gets others, or none."""
    await opened(field)
    await register(field, 20)
    await wave(field)

    claimed = await asyncio.gather(*(tickets(field, limit=8) for _ in range(4)))

    given = [(one.participant, one.occasion) for some in claimed for one in some]
    assert len(given) == len(set(given)) == 23


async def test_one_rate_holds_for_all_processes(field: Field):
    """However many ask, and however often: at most so many slots in any second."""
    await opened(field)
    await register(field, 90)
    await wave(field)

    slots: list[float] = []
    for look in range(150):
        passed = look / 50
        for _ in range(2):
            now = MONDAY + timedelta(seconds=passed)
            some = await claim(field.engine, "email", per_second=20, limit=50, hours=HOURS, now=now)
            slots += [passed + one.wait for one in some]

    slots.sort()
    assert 59 <= len(slots) <= 63
    assert all(later - earlier >= 0.0499 for earlier, later in pairwise(slots[1:]))
    assert max(sum(start <= slot < start + 1 for slot in slots) for start in slots) <= 22


async def test_a_pause_holds_for_all_processes_and_never_longer_than_an_hour(field: Field):
    """What the server asks for is obeyed by everybody."""
    await reminded(field)
    async with transaction(field.engine) as connection:
        await pause(connection, "email", 7, now=MONDAY)

    assert await tickets(field, now=MONDAY + timedelta(seconds=6)) == []
    assert len(await tickets(field, now=MONDAY + timedelta(seconds=7.1))) == 3


async def test_a_clock_that_is_put_back_stops_nothing(field: Field):
    """The slot that was booked by a clock a month ahead is not waited for."""
    await reminded(field)
    await tickets(field, now=MONDAY + 30 * DAY, limit=1)

    assert len(await tickets(field, now=MONDAY)) > 0


async def test_what_is_not_due_any_more_is_cancelled_and_uses_no_slot(field: Field):
    """Forty have declined since the wave ran; the three others leave at once."""
    await opened(field)
    await register(field, 40)
    await wave(field)
    async with snapshot(field.engine) as connection:
        known = (await connection.execute(select(participants.c.id, participants.c.person_id))).all()
    async with transaction(field.engine) as connection:
        for one in known:
            if one.person_id.startswith("Q"):
                await be_quiet(connection, one.id)

    given = []
    while some := await claim(field.engine, "email", per_second=50, limit=3, hours=HOURS, now=MONDAY):
        given += some

    found = await states(field)
    assert len(given) == 3
    assert [found[f"Q{n:04}"] for n in range(40)] == [[("email", Posting.CANCELLED, "wants no reminders")]] * 40


async def test_a_message_that_is_not_sent_in_the_evening_is_sent_in_the_morning(field: Field):
    """A wave of thousands may last longer than the working day."""
    await reminded(field)
    evening = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)

    assert await tickets(field, now=evening) == []
    assert await tickets(field, now=evening + timedelta(hours=5)) == []
    assert len(await tickets(field, now=datetime(2026, 11, 24, 8, tzinfo=UTC))) == 3


async def test_what_waits_when_the_survey_closes_is_not_sent_until_it_is_open_again(field: Field):
    """Also what had been claimed; then it goes on at once. Meanwhile it is looked at once a day."""
    await reminded(field)
    (claimed,) = await tickets(field, limit=1)
    async with transaction(field.engine) as connection:
        await close_survey(connection, field.survey.name, now=MONDAY)

    assert await begin(field.engine, claimed, now=MONDAY) is None
    assert await tickets(field) == []
    assert await states(field) == {one: [("email", Posting.QUEUED, "the survey is not open")] for one in field.tokens}
    for day in (0, 1, 2):
        await free_leases(field.engine, now=MONDAY + day * DAY)
        assert await tickets(field, now=MONDAY + day * DAY) == []

    again = MONDAY + 2 * DAY
    async with transaction(field.engine) as connection:
        await open_survey(connection, field.survey.name, now=again)
    await free_leases(field.engine, now=again)
    assert await deliver(field, now=again) == ["P1", "P2", "P3"]


async def test_a_bounce_of_an_earlier_attempt_counts_only_if_it_is_for_good(field: Field):
    """The report of a full mailbox may come twice; that there is no such address stays true."""
    await reminded(field)
    await deliver(field)
    (first, *_) = (await field_keys(field)).items()
    key, now = first[1], MONDAY + DAY
    assert await bounced(field.engine, *key, status="4.2.2", is_hard=False, now=MONDAY, attempt=1)
    (again,) = await errands(field, now=now)
    await settle(field.engine, again, Sent(), said="", now=now)
    assert not await bounced(field.engine, *key, status="4.2.2", is_hard=False, now=now, attempt=1)
    assert await bounced(field.engine, *key, status="4.2.2", is_hard=False, now=now, attempt=2)
    (again,) = await errands(field, now=now + DAY)
    await settle(field.engine, again, Sent(), said="", now=now + DAY)
    assert await bounced(field.engine, *key, status="5.1.1", is_hard=True, now=now + DAY, attempt=1)


async def field_keys(field: Field) -> dict[str, tuple[str, str]]:
    """Person -> the key of the only message."""
    statement = select(participants.c.person_id, outbox.c.participant_id, outbox.c.occasion)
    async with snapshot(field.engine) as connection:
        rows = await connection.execute(statement.join(outbox, outbox.c.participant_id == participants.c.id))
        return {person: (participant, occasion) for person, participant, occasion in rows}


async def test_a_clock_ahead_of_the_closing_for_a_moment_cancels_nothing(field: Field):
    """What it found to be over goes on as soon as it is right."""
    await opened(field)
    async with transaction(field.engine) as connection:
        await open_survey(connection, field.survey.name, now=MONDAY - DAY, closes_at=MONDAY + DAY)
    await wave(field)
    assert await tickets(field, now=MONDAY + 2 * DAY) == []

    await free_leases(field.engine, now=MONDAY)
    assert await deliver(field) == ["P1", "P2", "P3"]


async def test_what_waits_of_a_wave_can_be_withdrawn(field: Field):
    """Also what is claimed; what is on its way arrives, and a link that somebody asked for as well."""
    await reminded(field)
    going, claimed, _ = await tickets(field)
    errand = await begin(field.engine, going, now=MONDAY)
    assert errand is not None
    async with transaction(field.engine) as connection:
        await post_link(connection, errand.ticket.participant, 2, now=MONDAY)
        assert await withdraw(connection, field.survey.id) == 2
        assert await withdraw(connection, field.survey.id) == 0

    assert await begin(field.engine, claimed, now=MONDAY) is None
    await settle(field.engine, errand, Sent(), said="", now=MONDAY)
    found = sorted(state for some in (await states(field)).values() for _, state, _ in some)
    assert found == [Posting.CANCELLED, Posting.CANCELLED, Posting.QUEUED, Posting.SENT]


async def test_what_holds_up_a_channel_is_known_and_can_be_lifted(field: Field):
    """By whoever has put it right; one message has met it, the others were not even tried."""
    await reminded(field)
    (first, *_) = await errands(field)
    await settle(field.engine, first, Later("the mail server: no", 900, pauses_all=True), said="", now=MONDAY)
    async with snapshot(field.engine) as connection:
        (still,) = await standstills(connection)
    assert (still.channel, still.reason) == ("email", "the mail server: no")
    assert still.until == MONDAY + timedelta(seconds=900)
    await free_leases(field.engine, now=MONDAY + 2 * LEASE)
    soon = MONDAY + timedelta(seconds=200)
    assert await tickets(field, now=soon) == []

    await lift_now(field.engine, "email", now=soon)

    assert await deliver(field, now=soon) != []
    await free_leases(field.engine, now=soon + 2 * LEASE)
    async with snapshot(field.engine) as connection:
        assert await standstills(connection) == []


# ---------------------------------------------------------------- the last look


async def test_who_finishes_between_the_claim_and_the_sending_is_not_reminded(field: Field):
    """The last look is right before the message leaves."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await wave(field)
    (ticket,) = await tickets(field, "telegram")
    await stands(field, "P1", Status.SUBMITTED, Submitted((), "receipt"), now=MONDAY)

    assert await begin(field.engine, ticket, now=MONDAY) is None
    assert (await states(field))["P1"] == [("telegram", Posting.CANCELLED, "completed")]


async def test_a_message_can_be_begun_once_only(field: Field):
    """Two processes with the same ticket send one message."""
    await reminded(field)
    (ticket, *_) = await tickets(field)

    begun = await asyncio.gather(*(begin(field.engine, ticket, now=MONDAY) for _ in range(2)))

    assert sum(errand is not None for errand in begun) == 1


# ---------------------------------------------------------------- after a crash


async def test_what_a_dead_process_had_only_claimed_is_sent_by_another(field: Field):
    """After its lease; nobody is left out."""
    await reminded(field)
    await tickets(field)
    early = await free_leases(field.engine, now=MONDAY + LEASE - timedelta(seconds=1))
    freed = await free_leases(field.engine, now=MONDAY + LEASE + timedelta(seconds=1))

    assert (early.queued, freed.queued, freed.doubtful) == (0, 3, 0)
    assert await deliver(field, now=MONDAY + 2 * LEASE) == ["P1", "P2", "P3"]


async def test_what_a_dead_process_was_sending_is_held_and_shown(field: Field):
    """It may have arrived: nobody gets it twice, and a coordinator decides."""
    await reminded(field)
    await errands(field)
    freed = await free_leases(field.engine, now=MONDAY + 2 * LEASE)

    assert (freed.queued, freed.doubtful) == (0, 3)
    assert await deliver(field, now=MONDAY + 2 * LEASE) == []
    async with transaction(field.engine) as connection:
        shown = await troubles(connection, field.survey.id)
        assert [(one.person_id, one.state) for one in shown] == [(p, Posting.DOUBT) for p in ("P1", "P2", "P3")]
        assert await try_again(connection, field.survey.id, "P2", now=MONDAY) == 1
    assert await deliver(field, now=MONDAY + 2 * LEASE) == ["P2"]


async def test_a_lease_that_ended_too_early_does_not_hide_that_the_message_was_sent(field: Field):
    """A clock that jumps forward while a message is on its way."""
    await reminded(field)
    sending = await errands(field)
    await free_leases(field.engine, now=MONDAY + 400 * DAY)
    for errand in sending:
        await settle(field.engine, errand, Sent(), said="not_opened", now=MONDAY)

    assert {state for some in (await states(field)).values() for _, state, _ in some} == {Posting.SENT}


# ---------------------------------------------------------------- what comes of it


async def test_a_failure_is_tried_again_later_and_later_and_then_given_up(field: Field):
    """The dead are listed, with the last reason."""
    await reminded(field)
    await marked(field, "P2", email="")
    await marked(field, "P3", email="")
    now, tries = MONDAY, []
    while await deliver(field, Later("mailbox busy", 0), now=now) or len(tries) < 400:
        tries.append(now)
        now += timedelta(hours=1)

    async with snapshot(field.engine) as connection:
        (dead,) = await troubles(connection, field.survey.id)
    assert (dead.person_id, dead.state, dead.reason, dead.attempts) == ("P1", Posting.DEAD, "mailbox busy", 6)


async def test_a_pause_of_the_whole_channel_says_nothing_against_a_message(field: Field):
    """A mail server that is away for days does not make anybody's message a dead one."""
    await reminded(field)
    for hours in range(24):
        await deliver(field, Later("connection refused", 60, pauses_all=True), now=MONDAY + timedelta(hours=hours))

    assert sorted(await deliver(field, now=MONDAY + DAY)) == ["P1", "P2", "P3"]


async def test_who_blocked_the_bot_is_marked_and_not_written_to_again(field: Field):
    """Until they write themselves."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await wave(field)
    await deliver(field, Rejected("blocked", Blame.CHAT))

    ran = await wave(field, at=MONDAY + DAY)

    assert counts_of(ran)["blocked the bot by telegram"] == 1


async def test_an_address_that_does_not_exist_is_marked_until_the_register_has_another(field: Field):
    """The correction is an import, as before."""
    await reminded(field)
    await deliver(field, Rejected("5.1.1", Blame.ADDRESS))
    next_day = counts_of(await wave(field, at=MONDAY + DAY))
    async with transaction(field.engine) as connection:
        moved = type(PEOPLE[0])("P1", "Ada", "ada.new@example.org", "it", 1.0, {"area": "north"})
        await import_people(connection, field.survey.id, [moved, *PEOPLE[1:]], secret=SECRET)
    later = counts_of(await wave(field, at=MONDAY + 2 * DAY))

    assert next_day == {"undeliverable by email": 3}
    assert later == {"undeliverable by email": 2, "due by email": 1}


async def test_a_message_in_doubt_is_not_sent_again_by_itself(field: Field):
    """Twice the same reminder is worse than none."""
    await reminded(field)
    assert len(await deliver(field, Doubtful("the connection broke"))) == 3

    assert await deliver(field, now=MONDAY + DAY) == []


# ---------------------------------------------------------------- bounces


async def sent_to(field: Field, person: str) -> tuple[str, str]:
    """A reminder was sent to this one; its key."""
    await reminded(field)
    keys = {}
    for errand in await errands(field):
        await settle(field.engine, errand, Sent(), said="not_opened", now=MONDAY)
        keys[errand.participant.person.person_id] = (errand.ticket.participant, errand.ticket.occasion)
    return keys[person]


async def test_a_hard_bounce_makes_a_person_undeliverable(field: Field):
    """The same bounce twice changes nothing more."""
    key = await sent_to(field, "P1")

    assert await bounced(field.engine, *key, status="5.1.1", is_hard=True, now=MONDAY)
    assert not await bounced(field.engine, *key, status="5.1.1", is_hard=True, now=MONDAY)
    assert (await states(field))["P1"] == [("email", Posting.DEAD, "came back: 5.1.1")]
    assert counts_of(await wave(field, at=MONDAY + DAY)) == {"undeliverable by email": 1, "due by email": 2}


async def test_a_soft_bounce_is_tried_again_the_next_day(field: Field):
    """And the person is not undeliverable for it."""
    key = await sent_to(field, "P1")

    assert await bounced(field.engine, *key, status="4.2.2", is_hard=False, now=MONDAY)
    assert not await bounced(field.engine, *key, status="4.2.2", is_hard=False, now=MONDAY)
    assert await deliver(field, now=MONDAY + timedelta(hours=3)) == []
    assert await deliver(field, now=MONDAY + DAY) == ["P1"]


async def test_a_mailbox_that_stays_full_is_given_up(field: Field):
    """After as many attempts as any message has."""
    key = await sent_to(field, "P1")
    now = MONDAY
    while await bounced(field.engine, *key, status="4.2.2", is_hard=False, now=now):
        now = HOURS.next_open(now + DAY, field.survey.zone)
        await deliver(field, now=now)

    assert (await states(field))["P1"] == [("email", Posting.DEAD, "came back: 4.2.2")]
    async with snapshot(field.engine) as connection:
        assert await marks(connection, field.survey.id) == {}  # the message is given up, not the person


async def test_what_comes_back_from_an_address_that_was_corrected_says_nothing_of_the_new_one(field: Field):
    """A bounce may take days."""
    key = await sent_to(field, "P1")
    async with transaction(field.engine) as connection:
        moved = type(PEOPLE[0])("P1", "Ada", "ada.new@example.org", "it", 1.0, {"area": "north"})
        await import_people(connection, field.survey.id, [moved], secret=SECRET)

    assert not await bounced(field.engine, *key, status="5.1.1", is_hard=True, now=MONDAY)
    assert counts_of(await wave(field, at=MONDAY + DAY)) == {"due by email": 3}


async def test_what_was_only_written_to_a_folder_counts_as_not_sent_once_there_is_a_server(field: Field):
    """A trial does not use up anybody's invitation."""
    await opened(field)
    await wave(field, WaveKind.INVITATION)
    await deliver(field, Sent(FILED))
    again = counts_of(await wave(field, WaveKind.INVITATION, at=MONDAY + DAY))

    assert await forget_filed(field.engine) == 3
    assert again == {"invited already by email": 3}
    assert counts_of(await wave(field, WaveKind.INVITATION, at=MONDAY + 2 * DAY)) == {"due by email": 3}


async def test_of_two_messages_to_one_person_that_wait_one_leaves(field: Field):
    """They do not cancel each other."""
    await reminded(field)
    await deliver(field, Rejected("policy"))
    await wave(field, at=MONDAY + DAY)
    await deliver(field, Rejected("policy"), now=MONDAY + DAY)
    async with transaction(field.engine) as connection:
        assert await try_again(connection, field.survey.id, None, now=MONDAY + 2 * DAY) == 6

    assert await deliver(field, now=MONDAY + 2 * DAY) == ["P1", "P2", "P3"]


async def test_who_has_gone_over_to_another_channel_is_written_to_there(field: Field):
    """Between the wave and the moment in which the message leaves."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await wave(field)
    async with transaction(field.engine) as connection:
        token = await renew_invitation(connection, field.survey.id, "P1", secret=SECRET, mailed=True)
    async with open_turn(field.engine, Sender("web", "w" * 32), "goes over", now=MONDAY - DAY) as turn:
        invitation = await turn.find_invitation(token)
        assert invitation is not None
        await turn.resume(invitation)

    assert await errands(field, "telegram") == []
    assert "P1" in {errand.participant.person.person_id for errand in await errands(field)}


async def test_messages_are_found_in_the_order_in_which_they_leave(field: Field):
    """However many wait: nothing is sorted for a handful of them."""
    if field.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by the size of the table, which is empty here")
    async with snapshot(field.engine) as connection:
        plan = await connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT participant_id FROM outbox WHERE channel = 'email' AND state = 'queued'"
                " AND due_at <= '2026-11-23' ORDER BY due_at, participant_id LIMIT 20"
            )
        )
        assert "TEMP B-TREE" not in str(plan.all())


@pytest.mark.parametrize("key", [("nobody", "w1"), ("nobody", "")])
async def test_a_bounce_of_nothing_that_was_sent_changes_nothing(field: Field, key: tuple[str, str]):
    """Its tag may be of another survey's backup."""
    await reminded(field)

    assert not await bounced(field.engine, *key, status="5.1.1", is_hard=True, now=MONDAY)


async def test_coordinators_see_counts_by_wave_and_channel(field: Field):
    """Names only where a message failed."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await wave(field)
    await deliver(field)

    async with snapshot(field.engine) as connection:
        tallies = await count_postings(connection, field.survey.id)
        assert await troubles(connection, field.survey.id) == []
    assert sorted((one.channel, one.state, one.count) for one in tallies) == [
        ("email", Posting.SENT, 2),
        ("telegram", Posting.SENT, 1),
    ]

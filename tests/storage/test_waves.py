"""Who is written to in a wave, and when it runs."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from conversations.protocol import RemindersOff, Status, Submitted, WaveKind
from storage.due import Posting, Reason
from storage.engine import snapshot, transaction
from storage.register import import_people
from storage.surveys import change_survey, close_survey, get_survey
from storage.waves import WaveState, cancel_waves, endings, list_waves, plan_waves, preview_wave, run_due_waves
from tests.storage.field import PEOPLE, SECRET, Field
from tests.storage.posted import DAY, HOURS, MONDAY, counts_of, deliver, marked, opened, stands, states, wave


async def test_an_invitation_goes_by_mail_to_everybody_who_has_not_come(field: Field):
    """Who has opened the link already needs none."""
    await opened(field)
    await stands(field, "P1", Status.NOTIFIED)

    ran = await wave(field, WaveKind.INVITATION)

    assert counts_of(ran) == {"due by email": 2, "has opened the link by telegram": 1}
    assert sorted(await states(field)) == ["P2", "P3"]


async def test_inviting_again_reaches_only_those_who_came_to_the_register_since(field: Field):
    """A coordinator may call it as often as they like."""
    await opened(field)
    await wave(field, WaveKind.INVITATION)
    await deliver(field)
    async with transaction(field.engine) as connection:
        late = type(PEOPLE[0])("P9", "Dora", "dora@example.org")
        await import_people(connection, field.survey.id, [late], secret=SECRET)

    ran = await wave(field, WaveKind.INVITATION, at=MONDAY + DAY)

    assert counts_of(ran) == {"due by email": 1, "invited already by email": 3}


async def test_who_was_never_invited_is_not_reminded_of_an_invitation(field: Field):
    """But invited, by the next invitation: people come to a register late."""
    await opened(field)
    await wave(field, WaveKind.INVITATION)
    await deliver(field)
    async with transaction(field.engine) as connection:
        late = type(PEOPLE[0])("P9", "Dora", "dora@example.org")
        await import_people(connection, field.survey.id, [late], secret=SECRET)

    assert counts_of(await wave(field, at=MONDAY + DAY)) == {"due by email": 3, "not invited yet by email": 1}
    assert counts_of(await wave(field, WaveKind.INVITATION, at=MONDAY + DAY))["due by email"] == 1
    await deliver(field, now=MONDAY + DAY)
    assert counts_of(await wave(field, at=MONDAY + 3 * DAY)) == {"due by email": 4}


async def test_where_the_system_invited_nobody_everybody_was_invited_in_another_way(field: Field):
    """On paper, or by a mail merge with the exported links."""
    await opened(field)

    assert counts_of(await wave(field)) == {"due by email": 3}


async def test_a_reminder_goes_by_telegram_to_who_opened_the_chat_there_and_by_mail_to_the_others(field: Field):
    """The web chat cannot be written to."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await stands(field, "P2", Status.ANSWERING, channel="web")

    ran = await wave(field)

    assert counts_of(ran) == {"due by telegram": 1, "due by email": 2}


@pytest.mark.parametrize(
    ("status", "reason"),
    [(Status.SUBMITTED, "completed"), (Status.DECLINED, "declined"), (Status.STOPPED, "stopped")],
)
async def test_who_is_done_with_it_is_never_reminded(field: Field, status: Status, reason: str):
    """Neither after answering nor after saying no."""
    await opened(field)
    changes = [Submitted((), "receipt")] if status is Status.SUBMITTED else []
    await stands(field, "P1", status, *changes)

    ran = await wave(field)

    assert counts_of(ran)[f"{reason} by telegram"] == 1
    assert "P1" not in await states(field)


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"is_quiet": True}, "wants no reminders"),
        ({"undeliverable": "5.1.1"}, "undeliverable"),
        ({"excluded": "left in March"}, "not eligible"),
        ({"email": ""}, "no e-mail address"),
    ],
)
async def test_who_is_not_to_be_written_to_is_not(field: Field, known: dict[str, object], reason: str):
    """And the wave says why."""
    await opened(field)
    await marked(field, "P1", **known)

    assert counts_of(await wave(field)) == {f"{reason} by email": 1, "due by email": 2}


async def test_who_wants_no_reminders_says_so_in_the_chat(field: Field):
    """One press, and the next wave knows."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, RemindersOff())

    assert counts_of(await wave(field))["wants no reminders by telegram"] == 1


async def test_who_is_answering_now_is_left_alone(field: Field):
    """For some hours after the last answer."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - timedelta(hours=3, minutes=59))
    await stands(field, "P2", Status.ANSWERING, now=MONDAY - timedelta(hours=5))

    assert counts_of(await wave(field)) == {
        "active in the last hours by telegram": 1,
        "due by telegram": 1,
        "due by email": 1,
    }


async def test_nobody_gets_two_messages_in_a_day(field: Field):
    """Not from two waves either, and not while the first one still waits."""
    await opened(field)
    await wave(field)
    waiting = await wave(field, at=MONDAY + timedelta(minutes=30))
    await deliver(field)
    sent = await wave(field, at=MONDAY + timedelta(hours=2))
    tomorrow = await wave(field, at=MONDAY + DAY)

    assert counts_of(waiting) == counts_of(sent) == {"written to within a day by email": 3}
    assert counts_of(tomorrow) == {"due by email": 3}


async def test_a_dry_run_says_exactly_what_the_wave_then_does(field: Field):
    """It is the same expression."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING)
    await marked(field, "P2", is_quiet=True)
    async with snapshot(field.engine) as connection:
        seen = await preview_wave(connection, field.survey, WaveKind.REMINDER, now=MONDAY)

    (ran,) = await wave(field)

    assert ran.counts == seen


# ---------------------------------------------------------------- when


async def test_a_wave_runs_once_whoever_calls_and_however_often(field: Field):
    """Also if several processes find it due at the same moment."""
    await opened(field)
    async with transaction(field.engine) as connection:
        await plan_waves(connection, field.survey, WaveKind.REMINDER, [MONDAY])

    ran = await asyncio.gather(*(run_due_waves(field.engine, HOURS, now=MONDAY) for _ in range(4)))

    assert sum(len(one) for one in ran) == 1
    assert all(len(messages) == 1 for messages in (await states(field)).values())


@pytest.mark.parametrize("hour", [7, 18, 23])
async def test_a_wave_waits_for_the_working_hours(field: Field, hour: int):
    """It is planned for Friday night, and runs on Monday morning."""
    await opened(field, datetime(2026, 11, 20, tzinfo=UTC))
    night = datetime(2026, 11, 20, hour, tzinfo=UTC)
    early = await wave(field, at=night)
    saturday = await run_due_waves(field.engine, HOURS, now=datetime(2026, 11, 21, 10, tzinfo=UTC))
    later = await run_due_waves(field.engine, HOURS, now=datetime(2026, 11, 20 if hour == 7 else 23, 8, tzinfo=UTC))

    assert early == saturday == []
    assert counts_of(later) == {"due by email": 3}


async def test_of_several_waves_that_were_missed_only_the_last_one_runs(field: Field):
    """A server that was off for a week does not make up for it on one morning."""
    await opened(field, MONDAY - 7 * DAY)
    async with transaction(field.engine) as connection:
        days = [MONDAY - 5 * DAY, MONDAY - 3 * DAY, MONDAY]
        await plan_waves(connection, field.survey, WaveKind.REMINDER, days)

    ran = await run_due_waves(field.engine, HOURS, now=MONDAY)

    async with snapshot(field.engine) as connection:
        kept = await list_waves(connection, field.survey.id)
    assert [one.wave.planned_at for one in ran] == [MONDAY]
    assert [one.state for one in kept] == [WaveState.OVERTAKEN, WaveState.OVERTAKEN, WaveState.RAN]


async def test_a_reminder_that_is_two_working_days_late_is_not_sent_any_more(field: Field):
    """Nobody would know what it was for; on the next working day it still is in time."""
    await opened(field, MONDAY - 7 * DAY)
    friday = MONDAY - 3 * DAY

    assert counts_of(await wave(field, at=friday, now=MONDAY)) == {"due by email": 3}
    assert await wave(field, at=friday + timedelta(minutes=1), now=MONDAY + DAY) == []


async def test_a_wave_of_a_survey_that_is_not_open_waits_and_an_invitation_waits_for_as_long_as_it_takes(field: Field):
    """Invitations can be ordered before the survey opens."""
    assert await wave(field, WaveKind.INVITATION, at=MONDAY - 10 * DAY, now=MONDAY) == []

    await opened(field)

    assert counts_of(await run_due_waves(field.engine, HOURS, now=MONDAY)) == {"due by email": 3}


async def test_a_cancelled_wave_does_not_run_until_it_is_planned_again(field: Field):
    """The same moment twice is one wave."""
    await opened(field)
    async with transaction(field.engine) as connection:
        await plan_waves(connection, field.survey, WaveKind.REMINDER, [MONDAY, MONDAY])
        assert await cancel_waves(connection, field.survey.id) == 1

    assert await run_due_waves(field.engine, HOURS, now=MONDAY) == []
    assert counts_of(await wave(field)) == {"due by email": 3}


async def test_waves_of_one_kind_can_be_cancelled_alone(field: Field):
    """Another plan of reminders leaves the invitation as it is."""
    async with transaction(field.engine) as connection:
        await plan_waves(connection, field.survey, WaveKind.INVITATION, [MONDAY])
        await plan_waves(connection, field.survey, WaveKind.REMINDER, [MONDAY, MONDAY + DAY])
        assert await cancel_waves(connection, field.survey.id, WaveKind.REMINDER) == 2
        waves = await list_waves(connection, field.survey.id)

    assert [one.kind for one in waves if one.state is WaveState.PLANNED] == [WaveKind.INVITATION]


# ---------------------------------------------------------------- the end


async def test_those_half_way_are_told_a_day_before_and_at_the_end(field: Field):
    """Nobody else: not who never came, not who has finished. Both inside the working hours."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - 2 * DAY)
    await stands(field, "P2", Status.NOTIFIED, now=MONDAY - 2 * DAY)
    closes = datetime(2026, 11, 25, 22, 59, tzinfo=UTC)  # the minute before midnight of Wednesday
    async with transaction(field.engine) as connection:
        await change_survey(connection, field.survey.name, {"closes_at": closes})

    told = {}
    for hours in range(24 * 5):
        now = MONDAY + timedelta(hours=hours)
        for one in await run_due_waves(field.engine, HOURS, now=now):
            told[now] = (one.wave.kind, await deliver(field, now=now))

    assert told == {
        datetime(2026, 11, 24, 8, tzinfo=UTC): (WaveKind.LAST_DAY, ["P1"]),
        datetime(2026, 11, 26, 8, tzinfo=UTC): (WaveKind.CLOSED, ["P1"]),
    }


async def closing_on_wednesday(field: Field) -> None:
    """An hour before midnight; those half-way are told on Tuesday morning."""
    await opened(field)
    async with transaction(field.engine) as connection:
        await change_survey(connection, field.survey.name, {"closes_at": datetime(2026, 11, 25, 22, 59, tzinfo=UTC)})


async def test_who_was_told_that_it_closes_is_not_told_again_by_a_reminder_of_the_last_day(field: Field):
    """The others are."""
    await closing_on_wednesday(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - 2 * DAY)
    tuesday = datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert [one.wave.kind for one in await run_due_waves(field.engine, HOURS, now=tuesday)] == [WaveKind.LAST_DAY]
    assert await deliver(field, now=tuesday) == ["P1"]

    assert counts_of(await wave(field, at=tuesday + DAY)) == {
        "told lately that it closes by telegram": 1,
        "due by email": 2,
    }


async def test_who_is_answering_when_the_others_are_told_that_it_closes_is_told_later(field: Field):
    """Some hours after the last answer; not at all after the submission."""
    await closing_on_wednesday(field)
    tuesday = datetime(2026, 11, 24, 8, tzinfo=UTC)
    await stands(field, "P1", Status.ANSWERING, now=tuesday - timedelta(minutes=30))
    await stands(field, "P2", Status.ANSWERING, now=tuesday - timedelta(minutes=30))
    ran = await run_due_waves(field.engine, HOURS, now=tuesday)
    assert counts_of(ran) == {"active in the last hours by telegram": 2, "not half-way by email": 1}
    await stands(field, "P1", Status.ANSWERING, now=tuesday + timedelta(hours=2))
    await stands(field, "P2", Status.SUBMITTED, Submitted((), "receipt"), now=tuesday + timedelta(hours=2))

    told = {hour: await deliver(field, now=tuesday + timedelta(hours=hour)) for hour in range(10)}

    assert {hour: people for hour, people in told.items() if people} == {8: ["P1"]}
    assert await states(field) == {
        "P1": [("telegram", Posting.SENT, "")],
        "P2": [("telegram", Posting.CANCELLED, "completed")],
    }


async def test_a_survey_that_is_closed_by_hand_says_so_and_can_close_again(field: Field):
    """Reopened, it closes a second time, and those half-way are told a second time."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - 2 * DAY)

    told = []
    for day in (0, 2):
        now = MONDAY + day * DAY
        async with transaction(field.engine) as connection:
            await close_survey(connection, field.survey.name, now=now)
        told += [one.wave.kind for one in await run_due_waves(field.engine, HOURS, now=now)]
        assert await deliver(field, now=now) == ["P1"]
        await opened(field, now + DAY)

    assert told == [WaveKind.CLOSED, WaveKind.CLOSED]


async def test_a_survey_that_was_closed_long_ago_says_nothing_any_more(field: Field):
    """Whoever updates from a version that said nothing does not wake up old surveys."""
    await opened(field, MONDAY - 60 * DAY)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - 40 * DAY)
    async with transaction(field.engine) as connection:
        await close_survey(connection, field.survey.name, now=MONDAY - 30 * DAY)

    assert await run_due_waves(field.engine, HOURS, now=MONDAY) == []
    assert await run_due_waves(field.engine, HOURS, now=MONDAY) == []


async def test_a_survey_shorter_than_a_day_is_not_announced_to_end(field: Field):
    """It has only just begun."""
    await opened(field)
    async with transaction(field.engine) as connection:
        survey = await change_survey(connection, field.survey.name, {"closes_at": MONDAY})
    async with snapshot(field.engine) as connection:
        assert survey == await get_survey(connection, field.survey.name)

    assert WaveKind.LAST_DAY not in endings(survey, HOURS, MONDAY - timedelta(hours=2))


async def test_a_survey_that_is_closed_twice_says_so_once(field: Field):
    """The first time counts; also if it was opened for a moment in between."""
    await opened(field)
    await stands(field, "P1", Status.ANSWERING, now=MONDAY - 2 * DAY)
    told = []
    for minute in range(3):
        now = MONDAY + timedelta(minutes=minute)
        async with transaction(field.engine) as connection:
            survey = await close_survey(connection, field.survey.name, now=now)
        assert survey.closed_at == MONDAY
        await run_due_waves(field.engine, HOURS, now=now)
        told += await deliver(field, now=now)
    await opened(field, MONDAY + DAY + timedelta(minutes=4))
    later = MONDAY + timedelta(minutes=5)
    async with transaction(field.engine) as connection:
        await close_survey(connection, field.survey.name, now=later)
    (ran,) = await run_due_waves(field.engine, HOURS, now=later)
    told += await deliver(field, now=later)

    assert told == ["P1"]
    assert ran.counts[Reason.TOLD_LATELY, "telegram"] == 1

"""Reminders are planned on working days and inside hours, and a plan says what it leaves out."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from admin_scripts.__main__ import main
from admin_scripts.refusal import Refused
from admin_scripts.survey_change import Anew, change
from admin_scripts.wave_plan import Wish, plan_of, warnings
from admin_scripts.waves import plan_reminders, refuse_another, rows_of
from conversations.protocol import Status, WaveKind
from storage.engine import snapshot, transaction
from storage.settling import count_postings
from storage.surveys import close_survey
from storage.waves import WaveState, list_waves, plan_waves, run_due_waves
from storage.workdays import WorkingHours
from tests.admin_scripts.field_work import NOON, ROME, field, moves, on, submits

HOURS = WorkingHours()
ZONE = ZoneInfo(ROME)
THREE = Wish("2026-12-01 09:30", "5wd", 3)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


async def planned(engine, survey):
    """The moments of the reminders that are planned."""
    async with snapshot(engine) as connection:
        waves = await list_waves(connection, survey.id)
    return [wave.planned_at for wave in waves if wave.kind is WaveKind.REMINDER and wave.state is WaveState.PLANNED]


# ---------------------------------------------------------------- the moments


async def test_reminders_lie_working_days_apart(engine):
    """8 December is a holiday in Italy, and is named."""
    plan = plan_of(THREE, await field(engine), HOURS, NOON)
    assert plan.moments == (at("2026-12-01 09:30"), at("2026-12-09 09:30"), at("2026-12-16 09:30"))
    assert [day for day, name in plan.holidays if name] == [date(2026, 12, 8)]
    assert plan.dropped == ()


async def test_a_reminder_keeps_its_time_by_the_clock_on_the_wall(engine):
    """Also when the clocks go forward between two."""
    plan = plan_of(Wish("2027-03-24 09:30", "5wd", 2), await field(engine), HOURS, NOON)
    assert [when.astimezone(ZONE).hour for when in plan.moments] == [9, 9]
    assert plan.moments[1] - plan.moments[0] == timedelta(days=8, hours=-1)


async def test_what_would_come_after_the_closing_is_left_out(engine):
    """And said; the first reminder has to come before it."""
    await field(engine)
    _, survey = await change(engine, "zone", Anew(closes="2026-12-09"), now=NOON)
    plan = plan_of(THREE, survey, HOURS, NOON)
    assert [when.astimezone(ZONE).day for when in plan.moments] == [1, 9]
    assert plan.dropped == (at("2026-12-16 09:30"),)
    with pytest.raises(Refused, match="comes after the closing, Wednesday 2026-12-09, 23:59"):
        plan_of(Wish("2026-12-10", "5wd", 1), survey, HOURS, NOON)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (
            Wish("2026-12-08 09:30", "5wd", 1),
            "Tuesday 2026-12-08 .* is no working day in IT.*The next one is Wednesday",
        ),
        (Wish("2026-12-05 09:30", "5wd", 1), "Saturday 2026-12-05 is no working day in IT.*Monday 2026-12-07"),
        (Wish("2026-12-01 08:59", "5wd", 1), "08:59 is not between 09:00 and 18:00"),
        (Wish("2026-12-01 18:00", "5wd", 1), "18:00 is not between 09:00 and 18:00"),
        (Wish("2026-11-20 09:30", "5wd", 1), "is over.*colloquio waves run zone"),
        (Wish("", "5wd", 1), "needs a moment"),
        (Wish("soon", "5wd", 1), "'soon' is no date"),
        (Wish("2026-12-01 09:30", "0wd", 1), "'0wd' is no distance between reminders"),
        (Wish("2026-12-01 09:30", "5", 1), "'5' is no distance between reminders"),
        (Wish("2026-12-01 09:30", "-1wd", 1), "'-1wd' is no distance between reminders"),
    ],
)
async def test_a_reminder_that_cannot_be_is_refused(engine, wish, sentence):
    """With what can be in its place."""
    with pytest.raises(Refused, match=sentence):
        plan_of(wish, await field(engine), HOURS, NOON)


async def test_a_day_alone_means_the_beginning_of_its_hours(engine):
    """Nobody is reminded at midnight."""
    plan = plan_of(Wish("2026-12-01", "5 wd", 1), await field(engine), HOURS, NOON)
    assert plan.moments == (at("2026-12-01 09:00"),)


async def test_a_closed_survey_is_not_reminded_of(engine):
    """It has to be opened again first."""
    await field(engine)
    async with transaction(engine) as connection:
        survey = await close_survey(connection, "zone", now=NOON)
    with pytest.raises(Refused, match="colloquio survey open zone --closes DATE"):
        plan_of(THREE, survey, HOURS, NOON + timedelta(days=1))


async def test_too_close_and_too_many_is_warned_of(engine):
    """Five working days apart and three in all is what people bear; those that have left count as well."""
    survey = await field(engine)
    bearable = plan_of(THREE, survey, HOURS, NOON).moments
    assert warnings(bearable, survey, HOURS) == []
    (close,) = warnings(plan_of(Wish("2026-12-01", "4wd", 2), survey, HOURS, NOON).moments, survey, HOURS)
    assert "4 working days apart" in close
    (many,) = warnings([*bearable, at("2026-11-24 09:30")], survey, HOURS)
    assert "4 reminders in all" in many
    (same_day,) = warnings([bearable[0], bearable[0] + timedelta(hours=1)], survey, HOURS)
    assert "0 working days apart" in same_day


# ---------------------------------------------------------------- the plan in the database


async def test_the_same_plan_twice_is_one_plan(engine):
    """Nothing changes, and nothing has to be replaced."""
    survey = await field(engine)
    first = await plan_reminders(engine, "zone", THREE, HOURS, replace=False, now=NOON)
    again = await plan_reminders(engine, "zone", THREE, HOURS, replace=False, now=NOON)
    assert (first.is_new, again.is_new) == (True, False)
    assert tuple(await planned(engine, survey)) == first.plan.moments


async def test_another_plan_has_to_replace_the_first(engine):
    """All of it or nothing; a planned invitation is no reminder and stays; an earlier plan can come back."""
    survey = await field(engine)
    async with transaction(engine) as connection:
        await plan_waves(connection, survey, WaveKind.INVITATION, [at("2026-11-24 09:30")])
    await plan_reminders(engine, "zone", THREE, HOURS, replace=False, now=NOON)
    other = Wish("2026-12-02 09:30", "5wd", 2)
    with pytest.raises(Refused, match=r"planned already: Tuesday 2026-12-01, 09:30; .*Add --replace"):
        await plan_reminders(engine, "zone", other, HOURS, replace=False, now=NOON)
    assert len(await planned(engine, survey)) == 3
    for wish, number in ((other, 2), (THREE, 3)):
        await plan_reminders(engine, "zone", wish, HOURS, replace=True, now=NOON)
        assert len(await planned(engine, survey)) == number
    async with snapshot(engine) as connection:
        kinds = [(wave.kind, wave.state) for wave in await list_waves(connection, survey.id)]
    assert (WaveKind.INVITATION, WaveState.PLANNED) in kinds


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish("2026-12-01", "5wd", 4), "and these would make 4 reminders in all. Add --anyway"),
        (Wish("2026-12-01", "4wd", 2), "and two of these would be only 4 working days apart. Add --anyway"),
    ],
)
async def test_more_than_people_bear_is_planned_only_anyway(engine, wish, sentence):
    """Three reminders, five working days apart; nothing is planned before the coordinator insists."""
    survey = await field(engine)
    with pytest.raises(Refused, match="at most 3 reminders, at least 5 working days apart, " + sentence):
        await plan_reminders(engine, "zone", wish, HOURS, replace=False, now=NOON)
    assert await planned(engine, survey) == []
    await plan_reminders(engine, "zone", replace(wish, anyway=True), HOURS, replace=False, now=NOON)
    assert len(await planned(engine, survey)) == wish.until


async def reminded(engine, survey, *moments):
    """Reminders have left at these moments."""
    for when in moments:
        async with transaction(engine) as connection:
            await plan_waves(connection, survey, WaveKind.REMINDER, [when])
        await run_due_waves(engine, HOURS, now=when)


async def test_reminders_that_have_left_count_for_a_plan(engine):
    """Their number, and the day of the last."""
    survey = await field(engine)
    await reminded(engine, survey, NOON)
    for wish in (Wish("2026-11-27 09:30", "5wd", 1), Wish("2026-12-01 09:30", "5wd", 3)):
        with pytest.raises(Refused, match="Add --anyway"):
            await plan_reminders(engine, "zone", wish, HOURS, replace=False, now=NOON)
    await plan_reminders(engine, "zone", Wish("2026-11-30", "5wd", 2), HOURS, replace=False, now=NOON)


async def test_another_reminder_now_keeps_the_distance(engine):
    """Five working days after the last one it may leave."""
    survey = await field(engine)
    await refuse_another(engine, "zone", HOURS, now=NOON)
    await reminded(engine, survey, NOON)
    with pytest.raises(Refused, match="only 4 working days apart"):
        await refuse_another(engine, "zone", HOURS, now=at("2026-11-27 17:00"))
    await refuse_another(engine, "zone", HOURS, now=at("2026-11-27 18:30"))


async def test_a_fourth_reminder_now_is_refused(engine):
    """However long ago the third was."""
    survey = await field(engine)
    await reminded(engine, survey, NOON, at("2026-12-01 09:30"), at("2026-12-10 09:30"))
    with pytest.raises(Refused, match="4 reminders in all"):
        await refuse_another(engine, "zone", HOURS, now=at("2027-01-20 09:30"))


# ---------------------------------------------------------------- on the screen


def test_a_plan_is_a_table_of_days(configured, capsys):
    """Weekday, date and local time; the holiday, what comes after the closing, and how many there are in all."""
    on(configured, field)
    main(["survey", "change", "zone", "--closes", "2099-12-22"])
    capsys.readouterr()
    plan = ["waves", "plan", "zone", "--anyway", "--at", "2099-12-01 09:30", "--every", "4wd", "--until", "4"]
    assert main(plan) == 0
    words = said(capsys)
    assert "1 │ Tuesday 2099-12-01 │ 09:30" in words
    assert "2 │ Monday 2099-12-07 │ 09:30" in words
    assert "Passed over as holidays: Tuesday 2099-12-08 (" in words
    assert "only 4 working days apart" in words
    assert "4 reminders in all" in words
    assert main(plan) == 0
    assert "planned already; nothing has changed" in said(capsys)
    assert main([*plan[:-1], "9", "--replace"]) == 0
    words = said(capsys)
    assert "Left out, since the survey closes on Tuesday 2099-12-22, 23:59: Thursday 2099-12-24," in words
    assert "Time (Europe/Rome)" in words


def test_waves_are_listed_and_cancelled(configured, capsys):
    """Those that are planned; before there are any, the list says what is next."""
    on(configured, field)
    main(["survey", "change", "zone", "--closes", "2099-12-22"])
    capsys.readouterr()
    assert main(["waves", "list", "zone"]) == 0
    words = said(capsys)
    assert "No wave is planned. Next: colloquio invitations send zone" in words
    assert "whoever is half-way is told by itself" in words
    main(["waves", "plan", "zone", "--at", "2099-12-01 09:30", "--until", "2"])
    main(["waves", "list", "zone"])
    assert "reminder │ Tuesday 2099-12-01, 09:30 │ planned" in said(capsys)
    assert main(["waves", "cancel", "zone"]) == 0
    assert "Cancelled: reminder of Wednesday 2099-12-09, 09:30" in said(capsys)
    assert main(["waves", "cancel", "zone"]) == 0
    assert "No wave was planned" in said(capsys)
    main(["waves", "list", "zone"])
    assert "│ cancelled │" in said(capsys)


async def five_of_each(engine):
    """Answered, declined and stopped by five people each; nobody else has come."""
    await field(engine)
    for number in range(1, 6):
        await submits(engine, f"PO{number:03}", {"/data/partecipo": "no"})
        await moves(engine, f"PO{number + 5:03}", Status.DECLINED)
        await moves(engine, f"PO{number + 10:03}", Status.STOPPED)


def test_a_dry_run_counts_by_reason_and_channel_and_plans_nothing(configured, capsys):
    """It names nobody."""
    on(configured, five_of_each)
    assert main(["waves", "run", "zone", "--dry-run"]) == 0
    words = said(capsys)
    assert "will get it │ 119 │ 119 │" in words
    assert "not: completed │ 5 │ 5 │" in words
    assert "not: declined │ 5 │ 5 │" in words
    assert "this was a dry run" in words
    assert "PO0" not in words
    assert "Modelloponti" not in words
    main(["waves", "list", "zone"])
    assert "No wave is planned" in said(capsys)


def test_a_reminder_for_now_is_planned_once(configured, capsys, monkeypatch):
    """The second call finds the first one waiting."""
    monkeypatch.setenv("COLLOQUIO_HOURS", "always")
    monkeypatch.setenv("COLLOQUIO_WEB_PORT", "9")
    on(configured, field)
    assert main(["waves", "run", "zone"]) == 0
    words = said(capsys)
    assert "The reminder leaves now, for 134 people as things stand" in words
    assert "messages are sent by `colloquio serve`, which has to run then" in words
    assert main(["waves", "run", "zone"]) == 0
    assert "No other was planned" in said(capsys)


async def test_the_list_says_what_has_become_of_the_messages(engine):
    """In words and numbers."""
    survey = await field(engine)
    async with transaction(engine) as connection:
        await plan_waves(connection, survey, WaveKind.INVITATION, [NOON])
    await run_due_waves(engine, HOURS, now=NOON)
    async with snapshot(engine) as connection:
        waves, tallies = await list_waves(connection, survey.id), await count_postings(connection, survey.id)
    assert rows_of(waves, tallies, survey, HOURS) == [("invitation", "Monday 2026-11-23, 12:00", "sent", "134 waiting")]

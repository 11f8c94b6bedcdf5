"""colloquio waves: plan, list, run and cancel the reminders of a survey."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from admin_scripts.database import connected
from admin_scripts.leaving import Dry, plan_leaving, show_leaving
from admin_scripts.moments import day_of, shown
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from admin_scripts.status_waves import NAMES, UNSENT
from admin_scripts.survey_name import SurveyName
from admin_scripts.wave_plan import Plan, Wish, plan_of, refuse, warnings
from conversations.protocol import WaveKind
from storage.engine import snapshot, transaction
from storage.settling import Tally, count_postings, withdraw
from storage.surveys import Survey, get_survey
from storage.wave_limits import DISTANCE, MOST, excess_now, excess_with, planned_in, ran_in
from storage.waves import Wave, WaveState, cancel_waves, endings, list_waves, plan_waves
from storage.workdays import WorkingHours

STATES = {
    WaveState.PLANNED: "planned",
    WaveState.RAN: "sent",
    WaveState.OVERTAKEN: "left out: too late",
    WaveState.CANCELLED: "cancelled",
}
Row = tuple[str, ...]
Anyway = Annotated[
    bool,
    typer.Option(
        "--anyway", help=f"Even if there are more than {MOST}, or less than {DISTANCE} working days between two."
    ),
]


@dataclass(frozen=True, slots=True)
class Planned:
    """What came of a plan: the survey, the plan, all reminders there are now, and whether anything is new."""

    survey: Survey
    plan: Plan
    reminders: tuple[Wave, ...]
    is_new: bool


async def plan_reminders(
    engine: AsyncEngine,
    name: str,
    wish: Wish,
    hours: WorkingHours,
    *,
    replace: bool,
    now: datetime,
) -> Planned:
    """Plan the reminders, in place of others that are planned only if `replace` says so.

    Refused if they are too many or too close, unless they are wished for `anyway`.
    """
    async with transaction(engine) as connection:
        survey = await get_survey(connection, name)
        plan = plan_of(wish, survey, hours, now)
        waves = await list_waves(connection, survey.id)
        before = planned_in(waves)
        is_new = {wave.planned_at for wave in before} != set(plan.moments)
        if before and is_new and not replace:
            raise Refused(
                f"Reminders are planned already: {'; '.join(shown(w.planned_at, survey.zone) for w in before)}."
                " Add --replace to have this plan instead."
            )
        if is_new and not wish.anyway:
            refuse(excess_with(ran_in(waves), plan.moments, survey, hours))
        if is_new:
            await cancel_waves(connection, survey.id, WaveKind.REMINDER)
            await plan_waves(connection, survey, WaveKind.REMINDER, plan.moments)
        return Planned(survey, plan, await _reminders(connection, survey), is_new)


async def _reminders(connection: AsyncConnection, survey: Survey) -> tuple[Wave, ...]:
    """Those that have left or will."""
    counting = (WaveState.PLANNED, WaveState.RAN)
    waves = await list_waves(connection, survey.id)
    return tuple(wave for wave in waves if wave.kind is WaveKind.REMINDER and wave.state in counting)


# ---------------------------------------------------------------- what is printed


def show_plan(planned: Planned, hours: WorkingHours) -> None:
    """The plan by day and hour, what it passes over, and what speaks against it."""
    survey, plan = planned.survey, planned.plan
    say("The reminders are planned:" if planned.is_new else "These reminders are planned already; nothing has changed:")
    local = [when.astimezone(survey.zone) for when in plan.moments]
    rows = [(str(number), day_of(when, survey.zone), f"{when:%H:%M}") for number, when in enumerate(local, start=1)]
    show_table(("", "Day", f"Time ({survey.timezone})"), rows)
    if plan.holidays:
        say(f"Passed over as holidays: {', '.join(f'{day:%A %Y-%m-%d} ({name})' for day, name in plan.holidays)}.")
    if plan.dropped and survey.closes_at:
        late = ", ".join(day_of(when, survey.zone) for when in plan.dropped)
        say(f"Left out, since the survey closes on {shown(survey.closes_at, survey.zone)}: {late}.")
    for sentence in warnings([wave.ran_at or wave.planned_at for wave in planned.reminders], survey, hours):
        say(sentence)
    say("Who has answered, declined or stopped, or is answering then, gets none.")
    say("`colloquio serve` sends them, while the survey is open.")


def rows_of(waves: Sequence[Wave], tallies: Sequence[Tally], survey: Survey, hours: WorkingHours) -> list[Row]:
    """A line for each wave: kind, when, state, and how many of its messages stand where."""
    return [
        (NAMES[wave.kind], _when(wave, survey, hours), STATES[wave.state], _messages(wave, tallies)) for wave in waves
    ]


def _when(wave: Wave, survey: Survey, hours: WorkingHours) -> str:
    """When it left, or the first moment at which it may."""
    return shown(wave.ran_at or hours.next_open(wave.planned_at, survey.zone), survey.zone)


def _messages(wave: Wave, tallies: Sequence[Tally]) -> str:
    counts: Counter[str] = Counter()
    for tally in tallies:
        if tally.wave == wave.id:
            counts[UNSENT.get(tally.state, "sent")] += tally.count
    return ", ".join(f"{counts[what]} {what}" for what in dict.fromkeys(("sent", *UNSENT.values())) if counts[what])


async def _plan(name: str, wish: Wish, *, replace: bool) -> tuple[Planned, WorkingHours]:
    async with connected() as (engine, settings):
        hours = settings.working_hours
        now = datetime.now(UTC)
        return await plan_reminders(engine, name, wish, hours, replace=replace, now=now), hours


async def _list(name: str) -> None:
    async with connected() as (engine, settings), snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        waves = await list_waves(connection, survey.id)
        tallies = await count_postings(connection, survey.id)
    if waves:
        show_table(("Wave", "When", "State", "Messages"), rows_of(waves, tallies, survey, settings.working_hours))
    else:
        say(f"No wave is planned. Next: colloquio invitations send {name}")
    now = datetime.now(UTC)
    soon = endings(survey, settings.working_hours, now).get(WaveKind.LAST_DAY)
    if soon is not None and soon > now:
        say(f"Besides, on {shown(soon, survey.zone)} whoever is half-way is told by itself that the survey closes.")


async def refuse_another(engine: AsyncEngine, name: str, hours: WorkingHours, *, now: datetime) -> None:
    """Refused if a reminder that leaves now is one too many or too close to the last; one that waits is no other."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        waves = await list_waves(connection, survey.id)
    refuse(excess_now(waves, survey, hours, now))


async def _run(name: str, *, dry: bool, anyway: bool) -> None:
    async with connected() as (engine, settings):
        now = datetime.now(UTC)
        if not anyway:
            await refuse_another(engine, name, settings.working_hours, now=now)
        leaving = await plan_leaving(engine, name, WaveKind.REMINDER, now, settings.working_hours, dry=dry)
        async with snapshot(engine) as connection:
            reminders = await _reminders(connection, leaving.survey)
    show_leaving(leaving, settings, dry=dry, now=now)
    hours, survey = settings.working_hours, leaving.survey
    moments = [wave.ran_at or hours.next_open(wave.planned_at, survey.zone) for wave in reminders]
    for sentence in warnings([*moments, leaving.leaves], survey, hours) if leaving.people else []:
        say(sentence)


async def _cancel(name: str) -> tuple[list[tuple[Wave, str]], int]:
    """What was cancelled, and when it would have left; and how many messages of what is being sent."""
    async with connected() as (engine, settings), transaction(engine) as connection:
        survey = await get_survey(connection, name)
        waves = [wave for wave in await list_waves(connection, survey.id) if wave.state is WaveState.PLANNED]
        await cancel_waves(connection, survey.id)
        withdrawn = await withdraw(connection, survey.id)
        return [(wave, _when(wave, survey, settings.working_hours)) for wave in waves], withdrawn


app = typer.Typer(
    name="waves", help="Plan the reminders of a survey; list, run and cancel waves.", no_args_is_help=True
)


@app.command("plan", epilog='Example: colloquio waves plan climate --at "2026-12-01 09:30" --every 5wd --until 3')
def plan(
    name: SurveyName,
    *,
    at: Annotated[str, typer.Option(help="The first reminder: a day and a time, 2026-12-01 09:30.")],
    every: Annotated[str, typer.Option(help="The distance between two, in working days: 5wd.")] = f"{DISTANCE}wd",
    until: Annotated[int, typer.Option(min=1, max=50, help="How many reminders, the first included.")] = 1,
    replace: Annotated[bool, typer.Option("--replace", help="Instead of the reminders that are planned.")] = False,
    anyway: Anyway = False,
) -> None:
    """Plan reminders, for those who have not answered by then.

    On working days of COLLOQUIO_COUNTRY, at the same time by the clock of the survey's time zone. Nobody is written to
    who has answered, declined or stopped, wants no reminders, or is answering just then; that is looked at when the
    reminder leaves.
    """
    planned, hours = asyncio.run(_plan(name, Wish(at, every, until, anyway), replace=replace))
    show_plan(planned, hours)


@app.command("list", epilog="Example: colloquio waves list climate")
def list_all(name: SurveyName) -> None:
    """List the invitations and reminders of a survey, and what has become of their messages."""
    asyncio.run(_list(name))


@app.command("run", epilog="Example: colloquio waves run climate --dry-run")
def run(
    name: SurveyName,
    *,
    dry: Dry = False,
    anyway: Anyway = False,
) -> None:
    """Remind now those who have not answered; at night and on holidays, as soon as people work again."""
    asyncio.run(_run(name, dry=dry, anyway=anyway))


@app.command("cancel", epilog="Example: colloquio waves cancel climate")
def cancel(name: SurveyName) -> None:
    """Cancel what is planned, and what still waits of a wave that is being sent; what has been sent stays sent."""
    cancelled, withdrawn = asyncio.run(_cancel(name))
    for wave, when in cancelled:
        say(f"Cancelled: {NAMES[wave.kind]} of {when}.")
    if withdrawn:
        say(f"{counted(withdrawn, 'message that waited is', 'messages that waited are')} not sent.")
    if not cancelled and not withdrawn:
        say("No wave was planned, so none was cancelled.")

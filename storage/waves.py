"""Waves: the invitation and the reminders of a survey. Nothing is scheduled for a person before the wave runs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.protocol import WaveKind
from storage.columns import Moment
from storage.due import CHANNEL, PEOPLE, Posting, Reason, is_put_off, lately, reason_of
from storage.engine import insert_unless_there, snapshot, transaction
from storage.errors import SurveySynthetic
from storage.surveys import SURVEY_COLUMNS, State, Survey, list_surveys, survey_in
from storage.tables import outbox, participants, surveys
from storage.tables import waves as table
from storage.workdays import WorkingHours

Counts = dict[tuple[Reason, str], int]
"""(why, channel) -> people."""


class WaveState(StrEnum):
    """What has become of a wave."""

    PLANNED = "planned"
    RAN = "ran"
    OVERTAKEN = "overtaken"  # it could not run in time, or a later one was due as well
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave; `ran_at` is when its messages were written."""

    id: int
    survey_id: int
    kind: WaveKind
    planned_at: datetime
    state: WaveState
    ran_at: datetime | None


@dataclass(frozen=True, slots=True)
class RanWave:
    """A wave that has just run, and how many people were due or not."""

    wave: Wave
    survey: str
    counts: Counts


_COLUMNS = (table.c.id, table.c.survey_id, table.c.kind, table.c.planned_at, table.c.state, table.c.ran_at)
_ADD = insert_unless_there(table)
_OF_SURVEY = select(*_COLUMNS).where(table.c.survey_id == bindparam("survey")).order_by(table.c.planned_at, table.c.id)
_DUE = (
    select(*_COLUMNS, *SURVEY_COLUMNS)
    .join(surveys, surveys.c.id == table.c.survey_id)
    .where(table.c.state == WaveState.PLANNED, table.c.planned_at <= bindparam("now", type_=Moment))
    .order_by(table.c.planned_at, table.c.id)
)
_END = update(table).where(table.c.id == bindparam("wave"), table.c.state == WaveState.PLANNED)
_CANCEL = (
    update(table)
    .where(table.c.survey_id == bindparam("survey"), table.c.state == WaveState.PLANNED)
    .values(state=WaveState.CANCELLED)
)
_NOT_YET = update(table).where(
    table.c.state == WaveState.OVERTAKEN, table.c.planned_at > bindparam("now", type_=Moment)
)
_REVIVE = (
    update(table)
    .where(
        table.c.survey_id == bindparam("survey"),
        table.c.kind == bindparam("of_kind"),
        table.c.planned_at == bindparam("moment", type_=Moment),
        table.c.state == WaveState.CANCELLED,
    )
    .values(state=WaveState.PLANNED)
)


def _wave_in(values: Sequence[Any]) -> Wave:
    known, survey, kind, planned_at, state, ran_at = values
    return Wave(known, survey, WaveKind(kind), planned_at, WaveState(state), ran_at)


async def list_waves(connection: AsyncConnection, survey_id: int) -> list[Wave]:
    """All waves of a survey, the earliest first."""
    return [_wave_in(row) for row in await connection.execute(_OF_SURVEY, {"survey": survey_id})]


async def plan_waves(
    connection: AsyncConnection, survey: Survey, kind: WaveKind, moments: Iterable[datetime]
) -> list[Wave]:
    """Plan a wave at each moment; the same moment twice is one wave. All waves of the survey.

    Raises SurveySynthetic.
    """
    if survey.is_synthetic:
        raise SurveySynthetic(survey.name)
    for moment in moments:
        row = {"survey_id": survey.id, "kind": kind, "planned_at": moment, "state": WaveState.PLANNED}
        if (await connection.execute(_ADD[connection.dialect.name], row)).rowcount == 0:
            await connection.execute(_REVIVE, {"survey": survey.id, "of_kind": kind, "moment": moment})
    return await list_waves(connection, survey.id)


async def cancel_waves(connection: AsyncConnection, survey_id: int, kind: WaveKind | None = None) -> int:
    """Cancel the waves that have not run, of one kind or of all; how many they were."""
    cancel = _CANCEL if kind is None else _CANCEL.where(table.c.kind == kind)
    return (await connection.execute(cancel, {"survey": survey_id})).rowcount


# ---------------------------------------------------------------- running


async def preview_wave(connection: AsyncConnection, survey: Survey, kind: WaveKind, *, now: datetime) -> Counts:
    """How many people a wave would reach now, and why not the others."""
    return await _count(connection, survey.id, kind, "", now)


async def run_due_waves(engine: AsyncEngine, hours: WorkingHours, *, now: datetime) -> list[RanWave]:
    """Run what is due and may be sent now; each wave is one transaction, and runs once whoever calls."""
    await _plan_endings(engine, hours, now)
    await _plan_again(engine, now)
    async with snapshot(engine) as connection:
        rows = (await connection.execute(_DUE, {"now": now})).all()
    found = [(_wave_in(row[: len(_COLUMNS)]), survey_in(row[len(_COLUMNS) :])) for row in rows]
    latest = {(wave.survey_id, wave.kind): wave.id for wave, _ in found}
    ran = []
    for wave, survey in found:
        if latest[wave.survey_id, wave.kind] != wave.id or _is_too_late(wave, survey, hours, now):
            await _end(engine, wave, WaveState.OVERTAKEN)
        elif _may_run(wave, survey, hours, now):
            counts = await _run(engine, wave, now)
            ran += [] if counts is None else [RanWave(wave, survey.name, counts)]
    return ran


async def _plan_again(engine: AsyncEngine, now: datetime) -> None:
    """What lies in the future cannot have been overtaken, but by a clock that has been put right since."""
    async with transaction(engine) as connection:
        await connection.execute(_NOT_YET.values(state=WaveState.PLANNED), {"now": now})


def _may_run(wave: Wave, survey: Survey, hours: WorkingHours, now: datetime) -> bool:
    wanted = State.CLOSED if wave.kind is WaveKind.CLOSED else State.OPEN
    return survey.state(now) is wanted and hours.is_open(now, survey.zone)


def _is_too_late(wave: Wave, survey: Survey, hours: WorkingHours, now: datetime) -> bool:
    """Whether the working day after the one it was for is over; an invitation is never too late."""
    if wave.kind is WaveKind.INVITATION:
        return False
    meant = hours.next_open(wave.planned_at, survey.zone)
    return (
        now.astimezone(survey.zone).date() > hours.series(meant, 1, 2, survey.zone)[-1].astimezone(survey.zone).date()
    )


async def _end(engine: AsyncEngine, wave: Wave, state: WaveState) -> None:
    async with transaction(engine) as connection:
        await connection.execute(_END.values(state=state), {"wave": wave.id})


async def _run(engine: AsyncEngine, wave: Wave, now: datetime) -> Counts | None:
    """Write a message for everybody who is due; None if another process was first."""
    async with transaction(engine) as connection:
        ended = await connection.execute(_END.values(state=WaveState.RAN, ran_at=now), {"wave": wave.id})
        if ended.rowcount == 0:
            return None
        occasion = f"w{wave.id}"
        counts = await _count(connection, wave.survey_id, wave.kind, occasion, now)
        reason = reason_of(literal(wave.kind.value), literal(occasion), CHANNEL)
        written_to = [one for one in Reason if one is Reason.DUE or is_put_off(wave.kind, one)]
        due = (
            select(
                participants.c.id,
                literal(occasion),
                literal(wave.id),
                CHANNEL,
                literal(Posting.QUEUED.value),
                literal(now, Moment),
                literal(0),
                literal(""),
                literal(""),
            )
            .select_from(PEOPLE)
            .where(participants.c.survey_id == wave.survey_id, reason.in_(written_to))
        )
        await connection.execute(insert(outbox).from_select(_POSTED, due), lately(now))
        return counts


_POSTED = ("participant_id", "occasion", "wave_id", "channel", "state", "due_at", "attempts", "reason", "said")


async def _count(connection: AsyncConnection, survey_id: int, kind: WaveKind, occasion: str, now: datetime) -> Counts:
    reason = reason_of(literal(kind.value), literal(occasion), CHANNEL).label("reason")
    channel = CHANNEL.label("by")
    judged = select(reason, channel).select_from(PEOPLE).where(participants.c.survey_id == survey_id).subquery()
    counted = select(judged.c.reason, judged.c.by, func.count()).group_by(judged.c.reason, judged.c.by)
    return {(Reason(why), by): n for why, by, n in await connection.execute(counted, lately(now))}


# ---------------------------------------------------------------- the end of a survey


def endings(survey: Survey, hours: WorkingHours, now: datetime) -> dict[WaveKind, datetime]:
    """When those half-way are told, by themselves, that the survey closes soon, and that it has closed."""
    told: dict[WaveKind, datetime] = {}
    if survey.is_synthetic:
        return told
    begun = survey.opened_at or survey.opens_at
    if survey.closes_at is not None and survey.closed_at is None:
        soon = hours.last_open(survey.closes_at - timedelta(days=1), survey.zone)
        if begun is None or soon > begun:
            told[WaveKind.LAST_DAY] = soon
    ends = [end for end in (survey.closes_at, survey.closed_at) if end is not None]
    if ends and (survey.closed_at is not None or min(ends) <= now):
        told[WaveKind.CLOSED] = min(ends)
    return told


async def _plan_endings(engine: AsyncEngine, hours: WorkingHours, now: datetime) -> None:
    async with snapshot(engine) as connection:
        known = await list_surveys(connection)
        planned = {
            (wave.survey_id, wave.kind, wave.planned_at)
            for one in known
            for wave in await list_waves(connection, one.id)
        }
    missing = [
        (survey, kind, moment)
        for survey in known
        for kind, moment in endings(survey, hours, now).items()
        if moment <= now and (survey.id, kind, moment) not in planned
    ]
    for survey, kind, moment in missing:
        async with transaction(engine) as connection:
            await plan_waves(connection, survey, kind, [moment])

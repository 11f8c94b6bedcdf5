"""A wave that is to leave now, or as soon as people may be written to: when that is, for how many, and planning it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import WaveKind
from storage.due import Reason
from storage.surveys import Survey
from storage.waves import Counts, Wave, WaveState, list_waves, plan_waves, preview_wave
from storage.workdays import WorkingHours


@dataclass(frozen=True, slots=True)
class Leaving:
    """A wave wished for `when`: the moment at which it leaves, and how many people get it then or why not.

    `is_planned` is False for a dry run, if nobody would get it, and if one that leaves before it was `waiting` already.
    """

    survey: Survey
    kind: WaveKind
    when: datetime
    leaves: datetime
    counts: Counts
    waiting: Wave | None
    is_planned: bool

    @property
    def people(self) -> int:
        """How many will get it."""
        return sum(n for (reason, _), n in self.counts.items() if reason is Reason.DUE)


async def plan_to_leave(
    connection: AsyncConnection, survey: Survey, kind: WaveKind, when: datetime, hours: WorkingHours, *, dry: bool
) -> Leaving:
    """Plan it, unless this is a dry run, nobody would get it, or one waits already that leaves by then."""
    leaves = hours.next_open(when, survey.zone)
    counts = await preview_wave(connection, survey, kind, now=leaves)
    waiting = [
        wave
        for wave in await list_waves(connection, survey.id)
        if wave.kind is kind
        and wave.state is WaveState.PLANNED
        and hours.next_open(wave.planned_at, survey.zone) <= leaves
    ]
    planned = Leaving(survey, kind, when, leaves, counts, next(iter(waiting), None), not dry and not waiting)
    if planned.is_planned and planned.people:
        await plan_waves(connection, survey, kind, [when])
    return planned

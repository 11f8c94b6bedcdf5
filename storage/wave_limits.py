"""How many reminders people bear, and how close: what a protocol promises, counted in working days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from conversations.protocol import WaveKind
from storage.surveys import Survey
from storage.waves import Wave, WaveState
from storage.workdays import WorkingHours

DISTANCE, MOST = 5, 3
"""Working days between two reminders, at least, and reminders, at most."""


@dataclass(frozen=True, slots=True)
class Excess:
    """What is too much: two reminders so few working days apart, so many of them; None of what is not."""

    apart: int | None = None
    number: int | None = None

    def __bool__(self) -> bool:
        return self != Excess()


def excess_of(moments: Sequence[datetime], survey: Survey, hours: WorkingHours) -> Excess:
    """Of all reminders of a survey, those that have left among them."""
    return Excess(_too_close(moments, survey, hours), _too_many(moments))


def excess_with(ran: Sequence[datetime], coming: Sequence[datetime], survey: Survey, hours: WorkingHours) -> Excess:
    """Of those that are to leave, with those that have left; how close those were to each other is past."""
    last = sorted(ran)[-1:]
    return Excess(_too_close([*last, *coming], survey, hours), _too_many([*ran, *coming]))


def excess_now(waves: Sequence[Wave], survey: Survey, hours: WorkingHours, now: datetime) -> Excess:
    """Of a reminder that is wanted now; one that waits to leave by then is no other."""
    leaves = hours.next_open(now, survey.zone)
    if any(hours.next_open(wave.planned_at, survey.zone) <= leaves for wave in planned_in(waves)):
        return Excess()
    return excess_with(ran_in(waves), [leaves], survey, hours)


def planned_in(waves: Sequence[Wave]) -> list[Wave]:
    """The reminders that are planned."""
    return [wave for wave in waves if wave.kind is WaveKind.REMINDER and wave.state is WaveState.PLANNED]


def ran_in(waves: Sequence[Wave]) -> list[datetime]:
    """When reminders have left."""
    return [wave.ran_at for wave in waves if wave.kind is WaveKind.REMINDER and wave.ran_at is not None]


def _too_close(moments: Sequence[datetime], survey: Survey, hours: WorkingHours) -> int | None:
    days = sorted(when.astimezone(survey.zone).date() for when in set(moments))
    closest = min((_distance(a, b, hours) for a, b in pairwise(days)), default=DISTANCE)
    return closest if closest < DISTANCE else None


def _too_many(moments: Sequence[datetime]) -> int | None:
    number = len(set(moments))
    return number if number > MOST else None


def _distance(first: date, last: date, hours: WorkingHours) -> int:
    return sum(hours.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))

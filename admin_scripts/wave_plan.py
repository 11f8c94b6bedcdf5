"""The moments of a survey's reminders: from what a coordinator types to a plan, and what speaks against it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from admin_scripts.moments import day_of, moment, shown
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted
from admin_scripts.synthetic import refuse_synthetic
from storage.surveys import State, Survey
from storage.wave_limits import DISTANCE, MOST, Excess, excess_of
from storage.workdays import WorkingHours

EVERY = re.compile(r"([0-9]{1,3}) ?wd")
WEEKDAYS = range(5)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a coordinator types: the first moment, the distance as "5wd", how many reminders; even too many or close."""

    at: str
    every: str
    until: int
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """When the reminders leave; the holidays between them, with their names; what would come after the closing."""

    moments: tuple[datetime, ...]
    holidays: tuple[tuple[date, str], ...]
    dropped: tuple[datetime, ...]


def plan_of(wish: Wish, survey: Survey, hours: WorkingHours, now: datetime) -> Plan:
    """The plan that is wished for. What cannot be is refused, with what can."""
    every = _working_days(wish.every)
    first = moment(wish.at, survey.timezone, hours.begins)
    if first is None:
        raise Refused("The first reminder needs a moment, as --at '2026-12-01 09:30'.")
    for check in (_check_survey, _check_day, _check_hour):
        check(first, survey, hours, now)
    series = hours.series(first, every, wish.until, survey.zone)
    end = survey.closes_at
    kept = tuple(when for when in series if end is None or when < end)
    return Plan(kept, tuple(_holidays(kept, survey, hours)), tuple(series[len(kept) :]))


def _working_days(text: str) -> int:
    found = EVERY.fullmatch(text.strip())
    if found is None or int(found[1]) == 0:
        raise Refused(f"'{text}' is no distance between reminders. Write it in working days, at least one, as 5wd.")
    return int(found[1])


def _check_survey(first: datetime, survey: Survey, _: WorkingHours, now: datetime) -> None:
    refuse_synthetic(survey)
    when, name = shown(first, survey.zone), survey.name
    if survey.state(now) is State.CLOSED:
        raise Refused(f"Survey '{name}' is closed. To open it again: colloquio survey open {name} --closes DATE")
    if first <= now:
        raise Refused(f"{when}, is over. Give a moment that is still to come; for now: colloquio waves run {name}")
    if survey.closes_at is not None and first >= survey.closes_at:
        raise Refused(
            f"{when}, comes after the closing, {shown(survey.closes_at, survey.zone)}."
            f" Give an earlier moment, or move the closing: colloquio survey change {name} --closes DATE"
        )
    if survey.state(first) is not State.OPEN and survey.opens_at is not None:
        raise Refused(f"{when}, comes before the opening, {shown(survey.opens_at, survey.zone)}. Give a later moment.")


def _check_day(first: datetime, survey: Survey, hours: WorkingHours, _: datetime) -> None:
    day = first.astimezone(survey.zone).date()
    if hours.is_working_day(day):
        return
    following = hours.next_open(first, survey.zone)
    name = f" ({hours.holidays[day]})" if day in hours.holidays else ""
    raise Refused(
        f"{day_of(first, survey.zone)}{name} is no working day in {hours.country},"
        f" and nobody is written to then. The next one is {day_of(following, survey.zone)}."
    )


def _check_hour(first: datetime, survey: Survey, hours: WorkingHours, _: datetime) -> None:
    if not hours.is_open(first, survey.zone):
        raise Refused(
            f"{first.astimezone(survey.zone):%H:%M} is not between {hours.begins:%H:%M} and {hours.ends:%H:%M},"
            " when people may be written to (COLLOQUIO_HOURS). Give a time between the two."
        )


def _holidays(moments: Sequence[datetime], survey: Survey, hours: WorkingHours) -> list[tuple[date, str]]:
    """From Monday to Friday only: that nobody works at the weekend is known."""
    days = [when.astimezone(survey.zone).date() for when in moments]
    between = [days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days)]
    return [(d, hours.holidays[d]) for d in between if d.weekday() in WEEKDAYS and not hours.is_working_day(d)]


def refuse(excess: Excess) -> None:
    """Refused if, with those that have left, the reminders that are to leave are too many or too close."""
    if excess:
        raise Refused(
            f"People get at most {MOST} reminders, at least {DISTANCE} working days apart, and"
            f" {' and '.join(_said(excess))}. Add --anyway to have it all the same."
        )


def warnings(moments: Sequence[datetime], survey: Survey, hours: WorkingHours) -> list[str]:
    """What people may find too much, of all reminders of a survey, those that have left among them."""
    return [f"Warning: {what}." for what in _said(excess_of(moments, survey, hours))]


def _said(excess: Excess) -> list[str]:
    said = []
    if excess.apart is not None:
        said.append(f"two of these would be only {counted(excess.apart, 'working day', 'working days')} apart")
    if excess.number is not None:
        said.append(f"these would make {excess.number} reminders in all")
    return said

"""What of a survey can be said anew while it runs, and when that would mean nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.moments import moment, shown
from admin_scripts.refusal import Refused
from admin_scripts.synthetic import refuse_synthetic
from storage.engine import snapshot, transaction
from storage.surveys import Changes, State, Survey, change_survey, get_survey, open_survey
from storage.texts import load_texts
from storage.waves import WaveState, list_waves

DEADLINE = re.compile(r"\{ *deadline *\}")
LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Anew:
    """What a coordinator says anew; None is left as it is, "" is taken away."""

    title: str | None = None
    sender: str | None = None
    contact: str | None = None
    opens: str | None = None
    closes: str | None = None


async def change(engine: AsyncEngine, name: str, anew: Anew, *, now: datetime) -> tuple[Survey, Survey]:
    """The survey as it was and as it is now; all of the change or nothing."""
    async with transaction(engine) as connection:
        before = await get_survey(connection, name)
        refuse_synthetic(before)
        for reason in _reasons(before, anew, now):
            raise Refused(reason)
        return before, await change_survey(connection, name, _changes(before, anew))


def _changes(survey: Survey, anew: Anew) -> Changes:
    changes: Changes = {}
    if anew.title is not None:
        changes["title"] = anew.title
    if anew.sender is not None:
        changes["sender"] = anew.sender
    if anew.contact is not None:
        changes["contact"] = anew.contact
    if anew.opens is not None:
        changes["opens_at"] = moment(anew.opens, survey.timezone, time.min)
    if anew.closes is not None:
        changes["closes_at"] = moment(anew.closes, survey.timezone, LAST_MINUTE)
    return changes


def _reasons(survey: Survey, anew: Anew, now: datetime) -> Iterator[str]:
    """Why the change is refused."""
    name, state = survey.name, survey.state(now)
    if anew.title is not None and not anew.title.strip():
        yield "A survey needs a title: respondents read it first. Give one after --title."
    if anew.opens is not None and state is not State.PLANNED:
        yield f"Survey '{name}' is {state}, so an opening date would mean nothing. Leave --opens out."
    if anew.closes is not None and state is State.CLOSED:
        yield (
            f"Survey '{name}' is closed. To open it again with a new closing date:"
            f" colloquio survey open {name} --closes DATE"
        )
    if anew.opens and _is_over(anew.opens, survey, time.min, now):
        yield f"'{anew.opens}' is over. To open the survey now: colloquio survey open {name}"
    if anew.closes and _is_over(anew.closes, survey, LAST_MINUTE, now):
        yield f"'{anew.closes}' is over. To close the survey now: colloquio survey close {name}"


def _is_over(text: str, survey: Survey, at: time, now: datetime) -> bool:
    when = moment(text, survey.timezone, at)
    return when is not None and when <= now


async def open_now(engine: AsyncEngine, name: str, closes: str, *, now: datetime) -> tuple[Survey, Survey]:
    """Open or reopen it, with a new closing date unless `closes` is ""; the survey as it was and as it is now."""
    async with transaction(engine) as connection:
        before = await get_survey(connection, name)
        if closes and _is_over(closes, before, LAST_MINUTE, now):
            raise Refused(f"'{closes}' is over, and nobody could answer. Give a closing date that is still to come.")
        closes_at = moment(closes, before.timezone, LAST_MINUTE)
        return before, await open_survey(connection, name, now=now, closes_at=closes_at)


async def consequences(engine: AsyncEngine, survey: Survey) -> list[str]:
    """What the dates of a survey mean for what was planned and written for it, in sentences."""
    async with snapshot(engine) as connection:
        waves = await list_waves(connection, survey.id)
        own = await load_texts(connection, survey.id)
    if survey.closes_at is None:
        empty = [f"{on} in {tag}" for (on, tag), say in own.items() if DEADLINE.search(f"{say.subject} {say.body}")]
        return [f"Warning: {{deadline}} is empty now in your own texts: {', '.join(empty)}."] if empty else []
    late = [wave for wave in waves if wave.state is WaveState.PLANNED and wave.planned_at >= survey.closes_at]
    return [
        f"The {wave.kind} of {shown(wave.planned_at, survey.zone)} comes after the closing: it will not be sent."
        for wave in late
    ]

"""Simulated answers into a survey that is marked synthetic for ever, to rehearse what follows the field."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from admin_scripts.check import Examined
from admin_scripts.publication import MADE_UP
from admin_scripts.refusal import Refused
from admin_scripts.register_file import read_register
from admin_scripts.register_people import understand
from admin_scripts.screen import counted
from admin_scripts.survey_name import NAME
from conversations.forms import FormDefinition
from conversations.languages import language_of
from conversations.protocol import AnswerKept, Mode, Submitted
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.field_period import COMING, first_day, moment_in
from conversations.rehearsal.margins import Margins
from conversations.rehearsal.plan import Fate
from conversations.rehearsal.rehearse import Guest
from conversations.rehearsal.walking import Walked
from storage.engine import snapshot, transaction
from storage.errors import SurveyUnknown
from storage.forms import save_form
from storage.register import Person, import_people, participants
from storage.rehearsal import Rehearsed, begun, keep_rehearsed
from storage.surveys import NewSurvey, Survey, create_survey, get_survey


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Who is in the register of the rehearsal, and who of them comes when, in the order in which they walk."""

    people: tuple[Person, ...]
    coming: tuple[Person, ...]
    guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """The survey that is filled: its name, questionnaire and day; the secret of the invitations nobody will use."""

    name: str
    examined: Examined
    form: FormDefinition
    now: datetime
    secret: bytes


@dataclass(frozen=True, slots=True)
class Filled:
    """What a run has added to a synthetic survey."""

    survey: Survey
    people: int
    responses: int
    half_way: int
    known: int


async def refuse_real(engine: AsyncEngine, name: str, form: FormDefinition) -> None:
    """Refused unless `name` is free, or a synthetic survey with this questionnaire."""
    if not NAME.fullmatch(name):
        raise Refused(f"'{name}' cannot be a survey's name. Use up to 60 letters, digits, '-' and '_', no spaces.")
    async with snapshot(engine) as connection:
        survey = await _survey(connection, name)
    if survey is not None:
        _refuse_unless_same(survey, form)


def _refuse_unless_same(survey: Survey, form: FormDefinition) -> None:
    if not survey.is_synthetic:
        raise Refused(
            f"Survey '{survey.name}' is for people, and no invented answer comes into it."
            " Give another name after --into."
        )
    if survey.form_hash != form.hash:
        raise Refused(f"Survey '{survey.name}' rehearses another questionnaire. Give another name after --into.")


async def _survey(connection: AsyncConnection, name: str) -> Survey | None:
    try:
        return await get_survey(connection, name)
    except SurveyUnknown:
        return None


# ---------------------------------------------------------------- who comes


def people_of(form: FormDefinition, number: int, seed: int, register: Path | None) -> list[Person]:
    """Those of a register, or so many invented ones that `number` of them come."""
    return _of_register(form, register) if register else _invented(math.ceil(number / COMING), seed)


def rehearsal_of(
    form: FormDefinition,
    people: Sequence[Person],
    number: int,
    seed: int,
    now: datetime,
    margins: Margins | None = None,
) -> Rehearsal:
    """As many as `number` come, at most as usually do, or those whom margins ask for; the others never come."""
    dice = Dice(f"{seed}:field")
    most = min(number, round(COMING * len(people)))
    drawn = dice.shuffled(people)
    coming = _ending(drawn, margins, dice) if margins and margins.outcomes else [(one, None) for one in drawn[:most]]
    first = first_day(now.date())
    zone = now.tzinfo or UTC
    guests = [
        Guest(language_of(form, one.language), moment_in(first, zone, dice), fate, one.attributes)
        for one, fate in coming
    ]
    return Rehearsal(tuple(people), tuple(one for one, _ in coming), tuple(guests))


def _ending(drawn: Sequence[Person], margins: Margins, dice: Dice) -> list[tuple[Person, Fate | None]]:
    """Who comes and how each ends: as many of every unit hand in as are asked for, all else is chance."""
    wanted = {column: Counter(values) for column, values in margins.units.items()}
    rest, ending = list[Person](), list[tuple[Person, Fate | None]]()
    for person in drawn:
        units = [(counts, person.attributes.get(column, "")) for column, counts in wanted.items()]
        if units and all(counts[value] for counts, value in units):
            for counts, value in units:
                counts[value] -= 1
            ending.append((person, Fate.COMPLETE))
        else:
            rest.append(person)
    more = max(0, margins.outcomes.get(Fate.COMPLETE, 0) - len(ending))
    fates = [Fate.COMPLETE] * more
    fates += [fate for fate, count in margins.outcomes.items() if fate is not Fate.COMPLETE for _ in range(count)]
    return dice.shuffled([*ending, *zip(rest, fates, strict=False)])


def _invented(number: int, seed: int) -> list[Person]:
    return [Person(f"SIM-{seed}-{place:04}") for place in range(1, number + 1)]


def _of_register(form: FormDefinition, path: Path) -> list[Person]:
    """The people of a register, without names and addresses: an invented answer is nobody's."""
    register = understand(read_register(path), form.languages)
    if register.bad or not register.people:
        bad = counted(len(register.bad), "line is", "lines are")
        raise Refused(
            f"{path} cannot be used: {bad} bad, {len(register.people)} good. `participants import` shows why."
        )
    return [replace(person, name="", email="") for person in register.people]


# ---------------------------------------------------------------- what is stored


async def fill(engine: AsyncEngine, target: Target, rehearsal: Rehearsal, walks: Sequence[Walked]) -> Filled:
    """Create the survey if it is not there, and store the walks of those who have none yet; all of it or nothing."""
    async with transaction(engine) as connection:
        survey = await _survey(connection, target.name) or await _create(connection, target)
        _refuse_unless_same(survey, target.form)
        imported = await import_people(connection, survey.id, rehearsal.people, secret=target.secret)
        known = {one.person.person_id: one.id for one in await participants(connection, survey.id)}
        there = await begun(connection, survey.id)
        new = [
            rehearsed_of(known[person.person_id], guest.at or target.now, walked)
            for person, guest, walked in zip(rehearsal.coming, rehearsal.guests, walks, strict=True)
            if known[person.person_id] not in there
        ]
        for one in new:
            await keep_rehearsed(connection, survey, one)
    responses = sum(one.submitted is not None for one in new)
    return Filled(survey, imported.added, responses, len(new) - responses, len(walks) - len(new))


async def _create(connection: AsyncConnection, target: Target) -> Survey:
    examined, now = target.examined, target.now
    zone = str(now.tzinfo)
    new = NewSurvey(
        name=target.name,
        title=f"{MADE_UP}{target.form.title}",
        form_hash=await save_form(connection, examined.xform, examined.source, examined.files),
        mode=Mode.CONFIDENTIAL,
        timezone=zone,
        opens_at=_midnight(first_day(now.date()), zone),
        closes_at=now,
        is_synthetic=True,
    )
    return await create_survey(connection, new)


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))


def rehearsed_of(participant: str, at: datetime, walked: Walked) -> Rehearsed:
    """A walk as it is stored."""
    changes = [change for said in walked.said for change in said.changes]
    submitted = next((change for change in changes if isinstance(change, Submitted)), None)
    kept: Mapping[int, list[AnswerKept]] = {
        said.revision: [change for change in said.changes if isinstance(change, AnswerKept)] for said in walked.said
    }
    answers = [(revision, some) for revision, some in kept.items() if some]
    return Rehearsed(participant, at, walked.session, answers, submitted)

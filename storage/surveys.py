"""Surveys: one field period each, with its questionnaire version, mode and dates. The mode never changes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode, Terms
from storage.errors import DatesRefused, ModeNotOffered, SurveyExists, SurveySynthetic, SurveyUnknown, TimezoneUnknown
from storage.forms import load_form_text
from storage.tables import surveys


class State(StrEnum):
    """Whether a survey takes answers."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """What a coordinator says to make a survey; the dates are aware."""

    name: str
    title: str
    form_hash: str
    mode: Mode
    sender: str = ""
    contact: str = ""
    timezone: str = "Europe/Rome"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey as it is stored. `opens_at` and `closes_at` are plans, `opened_at` and `closed_at` were done by hand.

    `is_synthetic`: answered by nobody, made to rehearse what comes after the field; for ever, and closed to everybody.
    """

    id: int
    name: str
    title: str
    form_hash: str
    mode: Mode
    sender: str
    contact: str
    timezone: str
    opens_at: datetime | None
    closes_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    is_synthetic: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end here."""
        return ZoneInfo(self.timezone)

    @property
    def terms(self) -> Terms:
        """What respondents are told."""
        closes = self.closes_at.astimezone(self.zone) if self.closes_at else None
        return Terms(title=self.title, sender=self.sender, mode=self.mode, contact=self.contact, closes_at=closes)

    def state(self, now: datetime) -> State:
        """Closed by hand or by date, else opened by hand or by date, else planned; a synthetic one is always closed."""
        if self.is_synthetic:
            return State.CLOSED
        if self.closed_at is not None or (self.closes_at is not None and self.closes_at <= now):
            return State.CLOSED
        if self.opened_at is not None or (self.opens_at is not None and self.opens_at <= now):
            return State.OPEN
        return State.PLANNED


class Changes(TypedDict, total=False):
    """What can be said anew of a survey at any time; a date that is None is taken away."""

    title: str
    sender: str
    contact: str
    opens_at: datetime | None
    closes_at: datetime | None


_FIELDS = tuple(one.name for one in fields(Survey))
SURVEY_COLUMNS = tuple(surveys.c[name] for name in _FIELDS)
_ALL = select(*SURVEY_COLUMNS).order_by(surveys.c.name)
_BY_NAME = select(*SURVEY_COLUMNS).where(surveys.c.name == bindparam("wanted"))


def survey_in(values: Sequence[Any]) -> Survey:
    """The survey in what was selected as SURVEY_COLUMNS."""
    named = dict(zip(_FIELDS, values, strict=True))
    return Survey(**named | {"mode": Mode(named["mode"])})


async def create_survey(connection: AsyncConnection, new: NewSurvey) -> Survey:
    """Store a planned survey.

    Raises ModeNotOffered, DatesRefused, TimezoneUnknown, FormUnknown or SurveyExists.
    """
    _check(new)
    await load_form_text(connection, new.form_hash)
    if (await connection.execute(_BY_NAME, {"wanted": new.name})).first() is not None:
        raise SurveyExists(new.name)
    await connection.execute(insert(surveys), asdict(new))
    return await get_survey(connection, new.name)


def _check(new: NewSurvey) -> None:
    if new.mode is Mode.ANONYMOUS:
        raise ModeNotOffered
    _check_dates(new.opens_at, new.closes_at)
    try:
        ZoneInfo(new.timezone)
    except (OSError, ValueError, LookupError) as error:
        raise TimezoneUnknown(new.timezone) from error


def _check_dates(opens_at: datetime | None, closes_at: datetime | None) -> None:
    if opens_at and closes_at and closes_at <= opens_at:
        raise DatesRefused


async def get_survey(connection: AsyncConnection, name: str) -> Survey:
    """The survey of this name. Raises SurveyUnknown."""
    row = (await connection.execute(_BY_NAME, {"wanted": name})).first()
    if row is None:
        raise SurveyUnknown(name)
    return survey_in(row)


async def hold_survey(connection: AsyncConnection, survey: Survey) -> None:
    """Whoever else holds it waits until the transaction ends."""
    held = select(surveys.c.id).where(surveys.c.id == survey.id).with_for_update(key_share=True)
    await connection.execute(held)


async def get_real_survey(connection: AsyncConnection, name: str) -> Survey:
    """The survey of this name, which people can answer. Raises SurveyUnknown, or SurveySynthetic."""
    survey = await get_survey(connection, name)
    if survey.is_synthetic:
        raise SurveySynthetic(name)
    return survey


async def list_surveys(connection: AsyncConnection) -> list[Survey]:
    """All surveys by name."""
    return [survey_in(row) for row in await connection.execute(_ALL)]


async def open_survey(
    connection: AsyncConnection, name: str, *, now: datetime, closes_at: datetime | None = None
) -> Survey:
    """Open or reopen it now, with a new closing date if one is given. Raises SurveyUnknown or DatesRefused.

    Without one, a closing date that has passed is removed: the coordinator wants answers. Of a survey that is open, the
    moment at which it was opened stays.
    """
    survey = await get_real_survey(connection, name)
    if closes_at is not None and closes_at <= now:
        raise DatesRefused
    closes_at = closes_at or survey.closes_at
    is_over = closes_at is not None and closes_at <= now
    opened_at = survey.opened_at if survey.state(now) is State.OPEN else None
    closes_at = None if is_over else closes_at
    return await _change(connection, survey, opened_at=opened_at or now, closed_at=None, closes_at=closes_at)


async def change_survey(connection: AsyncConnection, name: str, changes: Changes) -> Survey:
    """Say something of a survey anew. Raises SurveyUnknown or DatesRefused; then nothing is changed."""
    survey = await get_real_survey(connection, name)
    changed = replace(survey, **changes)
    _check_dates(changed.opens_at, changed.closes_at)
    return await _change(connection, survey, **changes)


async def close_survey(connection: AsyncConnection, name: str, *, now: datetime) -> Survey:
    """Close it now; closed once more, it keeps the moment at which it was. Raises SurveyUnknown."""
    survey = await get_real_survey(connection, name)
    return survey if survey.closed_at is not None else await _change(connection, survey, closed_at=now)


async def _change(connection: AsyncConnection, survey: Survey, **values: Any) -> Survey:  # noqa: ANN401  # columns
    await connection.execute(update(surveys).where(surveys.c.id == survey.id).values(**values))
    return await get_survey(connection, survey.name)

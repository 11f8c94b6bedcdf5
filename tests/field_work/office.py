"""The coordinator: what is ordered when, each order through the function that its command calls."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.leaving import plan_leaving
from admin_scripts.moments import moment, shown
from admin_scripts.renewal import renew
from admin_scripts.survey_change import Anew, change, open_now
from admin_scripts.wave_plan import Wish
from admin_scripts.waves import plan_reminders
from conversations.protocol import WaveKind
from storage.engine import snapshot, transaction
from storage.participation import exclude
from storage.register import Person, import_people
from storage.surveys import Survey, close_survey, get_survey
from storage.workdays import WorkingHours
from tests.bot.installation import SECRET
from tests.field_work.journal import Order

NAME = "zone"
TIMEZONE = "Europe/Rome"
HOURS = WorkingHours("IT")


@dataclass(frozen=True)
class Office:
    """Where orders are given. `late` are the people who come to the register later; `of_sort` finds somebody."""

    engine: AsyncEngine
    late: Sequence[Person]
    of_sort: Callable[[str], str]

    async def survey(self) -> Survey:
        """The survey as it stands."""
        async with snapshot(self.engine) as connection:
            return await get_survey(connection, NAME)


Does = Callable[[Office, datetime], Awaitable[Order]]


def opens(closes: str) -> Does:
    """Opens it, or reopens it, until the end of that day."""

    async def order(office: Office, now: datetime) -> Order:
        _, survey = await open_now(office.engine, NAME, closes, now=now)
        assert survey.closes_at
        until = shown(survey.closes_at, survey.zone)
        return Order(now, f"opens the survey, until {until}", opens_until=survey.closes_at)

    return order


def changes_closing(closes: str) -> Does:
    """Puts the closing off, or brings it forward."""

    async def order(office: Office, now: datetime) -> Order:
        _, survey = await change(office.engine, NAME, Anew(closes=closes), now=now)
        assert survey.closes_at
        return Order(now, f"keeps it open until {shown(survey.closes_at, survey.zone)}", opens_until=survey.closes_at)

    return order


def invites(at: str) -> Does:
    """Has everybody invited who has not been."""

    async def order(office: Office, now: datetime) -> Order:
        when = moment(at, TIMEZONE, HOURS.begins)
        assert when
        leaving = await plan_leaving(office.engine, NAME, WaveKind.INVITATION, when, HOURS, dry=False)
        return Order(now, f"invites {leaving.people} people for {at}")

    return order


def reminds(at: str, every: str, times: int) -> Does:
    """Plans reminders."""

    async def order(office: Office, now: datetime) -> Order:
        planned = await plan_reminders(office.engine, NAME, Wish(at, every, times), HOURS, replace=True, now=now)
        days = ", ".join(shown(when, planned.survey.zone) for when in planned.plan.moments)
        return Order(now, f"plans reminders: {days}")

    return order


def reminds_now() -> Does:
    """Has everybody reminded who has not answered."""

    async def order(office: Office, now: datetime) -> Order:
        leaving = await plan_leaving(office.engine, NAME, WaveKind.REMINDER, now, HOURS, dry=False)
        return Order(now, f"reminds {leaving.people} people")

    return order


def adds_people() -> Does:
    """Imports the register once more, in which there are more people."""

    async def order(office: Office, now: datetime) -> Order:
        survey = await office.survey()
        async with transaction(office.engine) as connection:
            await import_people(connection, survey.id, office.late, secret=SECRET)
        added = tuple(person.person_id for person in office.late)
        return Order(now, f"adds {', '.join(added)} to the register", adds=added)

    return order


def excludes(sort: str) -> Does:
    """Finds out that somebody is not eligible."""

    async def order(office: Office, now: datetime) -> Order:
        survey, person = await office.survey(), office.of_sort(sort)
        async with transaction(office.engine) as connection:
            await exclude(connection, survey.id, person, "has left")
        return Order(now, f"excludes {person}", excludes=person)

    return order


def renews(sort: str) -> Does:
    """Sends somebody a new link."""

    async def order(office: Office, now: datetime) -> Order:
        person = office.of_sort(sort)
        await renew(office.engine, NAME, person, SECRET, by_mail=True, now=now)
        return Order(now, f"sends {person} a new link", renews=person)

    return order


def closes() -> Does:
    """Closes it before the time."""

    async def order(office: Office, now: datetime) -> Order:
        async with transaction(office.engine) as connection:
            await close_survey(connection, NAME, now=now)
        return Order(now, "closes the survey", closes=True)

    return order

"""colloquio survey: create, open, close, list and show surveys."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.check import Examined, FormFile, examine, show_problems
from admin_scripts.database import connected
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from conversations.forms import load_form
from conversations.protocol import Mode
from storage.engine import snapshot, transaction
from storage.forms import save_form
from storage.surveys import NewSurvey, Survey, close_survey, create_survey, get_survey, list_surveys, open_survey

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
SurveyName = Annotated[str, typer.Argument(metavar="NAME", help="The survey's name.")]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a coordinator asks for; an empty title is the questionnaire's own."""

    name: str
    mode: Mode = Mode.CONFIDENTIAL
    title: str = ""
    sender: str = ""
    contact: str = ""
    opens: str = ""
    closes: str = ""


async def create_from_file(engine: AsyncEngine, path: Path, wish: Wish, timezone: str) -> Survey:
    """Check the questionnaire, store it and create the survey; all of it or nothing."""
    if not NAME.fullmatch(wish.name):
        raise Refused(f"'{wish.name}' cannot be a survey's name. Use up to 60 letters, digits, '-' and '_', no spaces.")
    examined = examine(path)
    if examined.errors:
        show_problems(examined.problems)
        errors = counted(examined.errors, "error", "errors")
        raise Refused(f"{path} has {errors} and no survey was created. Correct the cells, then try again.")
    return await create_from_examined(engine, examined, wish, timezone)


async def create_from_examined(engine: AsyncEngine, examined: Examined, wish: Wish, timezone: str) -> Survey:
    """Store a questionnaire without errors and create the survey, in one transaction."""
    closes_at = moment(wish.closes, timezone, time(23, 59))
    if closes_at and closes_at <= datetime.now(UTC):
        raise Refused(f"'{wish.closes}' is over, and nobody could answer. Give a closing date that is still to come.")
    async with transaction(engine) as connection:
        new = NewSurvey(
            name=wish.name,
            title=wish.title or load_form(examined.xform).title,
            form_hash=await save_form(connection, examined.xform, examined.source),
            mode=wish.mode,
            sender=wish.sender,
            contact=wish.contact,
            opens_at=moment(wish.opens, timezone, time.min),
            closes_at=closes_at,
            timezone=timezone,
        )
        return await create_survey(connection, new)


def moment(text: str, timezone: str, at: time) -> datetime | None:
    """A day (then it is `at` on that day) or a day and a time, ISO; "" is none.

    In the survey's time zone, and of that zone unless the text has an offset of its own.
    """
    if not text:
        return None
    zone = ZoneInfo(timezone)
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(text), at, zone)
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"'{text}' is no date. Write it as 2026-12-01 or 2026-12-01T09:00.") from error
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def facts(survey: Survey, now: datetime) -> list[tuple[str, str]]:
    """What a coordinator wants to know of a survey, as pairs of name and text."""
    return [
        ("Name", survey.name),
        ("Title", survey.title),
        ("State", survey.state(now)),
        ("Privacy mode", survey.mode),
        ("Sender", survey.sender),
        ("Contact", survey.contact),
        ("Opens", _shown(survey.opened_at or survey.opens_at, survey)),
        ("Closes", _shown(survey.closed_at or survey.closes_at, survey)),
        ("Time zone", survey.timezone),
        ("Questionnaire", survey.form_hash[:12]),
    ]


def _shown(when: datetime | None, survey: Survey) -> str:
    return when.astimezone(survey.zone).strftime("%Y-%m-%d %H:%M") if when else ""


async def _create(path: Path, wish: Wish) -> Survey:
    async with connected() as (engine, settings):
        return await create_from_file(engine, path, wish, settings.timezone)


async def _open(name: str) -> tuple[Survey, Survey]:
    """The survey as it was and as it is now."""
    async with connected() as (engine, _), transaction(engine) as connection:
        before = await get_survey(connection, name)
        return before, await open_survey(connection, name, now=datetime.now(UTC))


async def _close(name: str) -> Survey:
    async with connected() as (engine, _), transaction(engine) as connection:
        return await close_survey(connection, name, now=datetime.now(UTC))


async def _list() -> list[Survey]:
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await list_surveys(connection)


async def _get(name: str) -> Survey:
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await get_survey(connection, name)


app = typer.Typer(name="survey", help="Create, open, close, list and show surveys.", no_args_is_help=True)


@app.command(
    "create",
    epilog='Example: colloquio survey create climate form.xlsx --sender "Personnel office" --contact us@example.org',
)
def create(  # noqa: PLR0913 - each is an option of its own
    name: SurveyName,
    form: FormFile,
    *,
    mode: Annotated[Mode, typer.Option(help="How answers and people are kept apart.")] = Mode.CONFIDENTIAL,
    title: Annotated[str, typer.Option(help="What respondents read; by default the questionnaire's title.")] = "",
    sender: Annotated[str, typer.Option(help="Who asks.")] = "",
    contact: Annotated[str, typer.Option(help="Whom respondents can ask.")] = "",
    opens: Annotated[str, typer.Option(help="2026-12-01 or 2026-12-01T09:00; without it, open it by hand.")] = "",
    closes: Annotated[str, typer.Option(help="The last day, or a day and a time.")] = "",
) -> None:
    """Create a survey from a questionnaire that is without errors."""
    wish = Wish(name, mode, title, sender, contact, opens, closes)
    survey = asyncio.run(_create(form, wish))
    _warn(survey)
    say(
        f"Survey '{survey.name}' is created, {survey.mode}."
        f" Next: colloquio participants import {survey.name} REGISTER.csv"
    )


def _warn(survey: Survey) -> None:
    missing = [option for option, said in (("--sender", survey.sender), ("--contact", survey.contact)) if not said]
    if missing:
        say(
            f"Warning: {' and '.join(missing)} missing. Respondents are told who asks and whom they can turn to;"
            " to have it said, create the survey again under another name."
        )


@app.command("open", epilog="Example: colloquio survey open climate")
def open_now(name: SurveyName) -> None:
    """Open a survey now: from here on people can answer. A closed one is opened again."""
    before, survey = asyncio.run(_open(name))
    if before.closes_at and not survey.closes_at:
        say(f"Its closing date, {_shown(before.closes_at, before)}, had passed and was removed: close it by hand.")
    say(f"Survey '{survey.name}' is open. Next: colloquio invitations export {survey.name} invitations.csv")


@app.command("close", epilog="Example: colloquio survey close climate")
def close_now(name: SurveyName) -> None:
    """Close a survey now: nobody can answer any more, what was submitted stays."""
    survey = asyncio.run(_close(name))
    say(f"Survey '{survey.name}' is closed. Next: colloquio export {survey.name} --format xlsx --out exports")


@app.command("list", epilog="Example: colloquio survey list")
def list_all() -> None:
    """List all surveys."""
    surveys = asyncio.run(_list())
    if not surveys:
        say("There is no survey yet. Next: colloquio survey create NAME FORM.xlsx")
        return
    now = datetime.now(UTC)
    show_table(("Name", "State", "Mode", "Title"), [(s.name, s.state(now), s.mode, s.title) for s in surveys])


@app.command("show", epilog="Example: colloquio survey show climate")
def show(name: SurveyName) -> None:
    """Show everything that is set for a survey."""
    show_table(("", ""), facts(asyncio.run(_get(name)), datetime.now(UTC)))

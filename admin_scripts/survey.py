"""colloquio survey: create, change, open, close, list and show surveys."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.check import Examined, FormFile, examine
from admin_scripts.database import connected
from admin_scripts.moments import moment, shown
from admin_scripts.problem_list import show_problems
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from admin_scripts.survey_change import LAST_MINUTE, Anew, consequences
from admin_scripts.survey_change import change as change_survey
from admin_scripts.survey_change import open_now as reopen
from admin_scripts.survey_name import NAME
from admin_scripts.survey_name import SurveyName as SurveyName  # noqa: PLC0414 - some verbs take it from here
from admin_scripts.survey_upgrade import upgrade_survey
from admin_scripts.synthetic import SYNTHETIC, WARNING, state_of
from conversations.forms import load_form
from conversations.protocol import Mode
from storage.engine import snapshot, transaction
from storage.forms import load_definition, save_form
from storage.surveys import NewSurvey, Survey, close_survey, create_survey, get_survey, list_surveys


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
    if wish.name.upper().startswith(SYNTHETIC.upper()):
        raise Refused(
            f"'{wish.name}' cannot be a survey's name: SYNTHETIC is how exports of made-up answers begin. "
            "Choose a name that begins otherwise."
        )
    examined = examine(path)
    if examined.errors:
        show_problems(examined.problems)
        errors = counted(examined.errors, "error", "errors")
        raise Refused(f"{path} has {errors} and no survey was created. Correct the cells, then try again.")
    return await create_from_examined(engine, examined, wish, timezone)


async def create_from_examined(engine: AsyncEngine, examined: Examined, wish: Wish, timezone: str) -> Survey:
    """Store a questionnaire without errors and create the survey, in one transaction."""
    closes_at = moment(wish.closes, timezone, LAST_MINUTE)
    if closes_at and closes_at <= datetime.now(UTC):
        raise Refused(f"'{wish.closes}' is over, and nobody could answer. Give a closing date that is still to come.")
    async with transaction(engine) as connection:
        new = NewSurvey(
            name=wish.name,
            title=wish.title or load_form(examined.xform, examined.files).title,
            form_hash=await save_form(connection, examined.xform, examined.source, examined.files),
            mode=wish.mode,
            sender=wish.sender,
            contact=wish.contact,
            opens_at=moment(wish.opens, timezone, time.min),
            closes_at=closes_at,
            timezone=timezone,
        )
        return await create_survey(connection, new)


def facts(survey: Survey, now: datetime) -> list[tuple[str, str]]:
    """What a coordinator wants to know of a survey, as pairs of name and text."""
    return [
        ("Name", survey.name),
        ("Title", survey.title),
        ("State", state_of(survey, now)),
        ("Privacy mode", survey.mode),
        ("Sender", survey.sender),
        ("Contact", survey.contact),
        ("Opens", _shown(survey.opened_at or survey.opens_at, survey)),
        ("Closes", _shown(survey.closed_at or survey.closes_at, survey)),
        ("Time zone", survey.timezone),
    ]


def _shown(when: datetime | None, survey: Survey) -> str:
    return shown(when, survey.zone) if when else ""


async def _create(path: Path, wish: Wish) -> Survey:
    async with connected() as (engine, settings):
        return await create_from_file(engine, path, wish, settings.timezone)


async def _open(name: str, closes: str) -> tuple[Survey, Survey]:
    async with connected() as (engine, _):
        return await reopen(engine, name, closes, now=datetime.now(UTC))


async def _change(name: str, anew: Anew) -> tuple[Survey, Survey, list[str]]:
    """The survey before and after, and what follows from the change."""
    async with connected() as (engine, _):
        before, survey = await change_survey(engine, name, anew, now=datetime.now(UTC))
        return before, survey, await consequences(engine, survey)


async def _close(name: str) -> Survey:
    async with connected() as (engine, _), transaction(engine) as connection:
        return await close_survey(connection, name, now=datetime.now(UTC))


async def _list() -> list[Survey]:
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await list_surveys(connection)


async def _shown_survey(name: str) -> tuple[Survey, str]:
    """The survey, and what its author calls the version of its questionnaire."""
    async with connected() as (engine, _), snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        return survey, (await load_definition(connection, survey.form_hash)).version


app = typer.Typer(
    name="survey", help="Create, change, upgrade, open, close, list and show surveys.", no_args_is_help=True
)


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
            f"Warning: {' and '.join(missing)} missing. Respondents are told who asks and whom they can turn to."
            f" To add it: colloquio survey change {survey.name} {' '.join(f'{option} ...' for option in missing)}"
        )


@app.command("change", epilog='Example: colloquio survey change climate --closes "2026-12-18 18:00"')
def change(
    name: SurveyName,
    *,
    title: Annotated[str | None, typer.Option(help="What respondents read.")] = None,
    sender: Annotated[str | None, typer.Option(help="Who asks.")] = None,
    contact: Annotated[str | None, typer.Option(help="Whom respondents can ask.")] = None,
    opens: Annotated[str | None, typer.Option(help='A day, or a day and a time; "" to open it by hand.')] = None,
    closes: Annotated[str | None, typer.Option(help='The last day, or a day and a time; "" for no end.')] = None,
) -> None:
    """Change what a survey says of itself, and its dates; what is not named stays.

    The questionnaire, the people and the privacy mode are not changed here.
    """
    anew = Anew(title, sender, contact, opens, closes)
    if anew == Anew():
        raise typer.BadParameter("Say what to change: --title, --sender, --contact, --opens or --closes.")
    before, survey, sentences = asyncio.run(_change(name, anew))
    now = datetime.now(UTC)
    pairs = zip(facts(before, now), facts(survey, now), strict=True)
    rows = [(what, was or "–", said or "–") for (what, was), (_, said) in pairs if was != said]
    if not rows:
        say("Nothing has changed: the survey says so already.")
        return
    show_table(("", "Until now", "From now on"), rows)
    for sentence in sentences:
        say(sentence)


app.command("upgrade", epilog="Example: colloquio survey upgrade climate form_2.xlsx --dry-run")(upgrade_survey)


@app.command("open", epilog="Example: colloquio survey open climate --closes 2026-12-18")
def open_now(
    name: SurveyName, *, closes: Annotated[str, typer.Option(help="A new last day, or a day and a time.")] = ""
) -> None:
    """Open a survey now: from here on people can answer. A closed one is opened again."""
    before, survey = asyncio.run(_open(name, closes))
    if before.closes_at and not survey.closes_at:
        say(f"Its closing date, {_shown(before.closes_at, before)}, had passed and was removed: close it by hand.")
    until = f" until {_shown(survey.closes_at, survey)}" if survey.closes_at else ""
    say(f"Survey '{survey.name}' is open{until}. Next, any of:")
    say(f"  colloquio invitations send {survey.name}                     by e-mail")
    say(f"  colloquio invitations cards {survey.name} cards.pdf          on paper")
    say(f"  colloquio invitations export {survey.name} invitations.csv   as a list of links")


@app.command("close", epilog="Example: colloquio survey close climate")
def close_now(name: SurveyName) -> None:
    """Close a survey now: nobody can answer any more, what was submitted stays."""
    survey = asyncio.run(_close(name))
    say(f"Survey '{survey.name}' is closed. Whoever is half-way will be told so, once, in working hours.")
    say(f"Next: colloquio export {survey.name} --format xlsx --out exports")


@app.command("list", epilog="Example: colloquio survey list")
def list_all() -> None:
    """List all surveys."""
    surveys = asyncio.run(_list())
    if not surveys:
        say("There is no survey yet. Next: colloquio survey create NAME FORM.xlsx")
        return
    now = datetime.now(UTC)
    show_table(("Name", "State", "Mode", "Title"), [(s.name, state_of(s, now), s.mode, s.title) for s in surveys])


@app.command("show", epilog="Example: colloquio survey show climate")
def show(name: SurveyName) -> None:
    """Show everything that is set for a survey."""
    survey, version = asyncio.run(_shown_survey(name))
    questionnaire = f"{version or 'no version named'} ({survey.form_hash[:12]})"
    show_table(("", ""), [*facts(survey, datetime.now(UTC)), ("Questionnaire", questionnaire)])
    if survey.is_synthetic:
        say(WARNING)

"""colloquio participants: import the register of the people who are asked; leave somebody out."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.eligibility import exclude, include
from admin_scripts.refusal import Refused
from admin_scripts.register_file import read_register
from admin_scripts.register_people import BadLine, understand
from admin_scripts.screen import counted, say, show_table, working
from admin_scripts.survey_name import SurveyName
from admin_scripts.synthetic import refuse_synthetic
from storage.engine import snapshot, transaction
from storage.forms import load_definition
from storage.participation import set_reminders
from storage.register import Imported, import_people
from storage.surveys import State, Survey, get_survey


async def import_register(engine: AsyncEngine, name: str, path: Path, *, skip_bad: bool, secret: bytes) -> Imported:
    """Import every good line; nothing when a line is bad, unless `skip_bad`. Bad lines are shown either way."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        refuse_synthetic(survey)
        languages = (await load_definition(connection, survey.form_hash)).languages
    register = understand(read_register(path), languages)
    _show_bad(path, register.bad)
    if register.bad and not skip_bad:
        raise Refused(
            f"{counted(len(register.bad), f'line of {path} is', f'lines of {path} are')} bad and nothing was imported."
            " Correct them, or add --skip-bad to import the others."
        )
    if not register.people:
        raise Refused(f"{path} names nobody. Each line below the heading is a person.")
    with working(f"Importing {counted(len(register.people), 'person', 'people')}"):
        async with transaction(engine) as connection:
            return await import_people(connection, survey.id, register.people, secret=secret)


def _show_bad(path: Path, bad: Sequence[BadLine]) -> None:
    if bad:
        show_table(("Line", "What is wrong"), [(str(b.number), "; ".join(b.reasons)) for b in bad], title=str(path))


async def _import(name: str, path: Path, *, skip_bad: bool) -> tuple[Imported, Survey]:
    async with connected() as (engine, settings):
        imported = await import_register(engine, name, path, skip_bad=skip_bad, secret=settings.secret_key())
        async with snapshot(engine) as connection:
            return imported, await get_survey(connection, name)


async def _exclude(name: str, person: str, reason: str) -> str:
    async with connected() as (engine, _):
        return await exclude(engine, name, person, reason)


async def _include(name: str, person: str) -> str:
    async with connected() as (engine, _):
        return await include(engine, name, person)


PersonId = Annotated[str, typer.Argument(metavar="PERSON", help="The person's id in the register.")]

app = typer.Typer(
    name="participants",
    help="Import the register of people; leave somebody out.",
    no_args_is_help=True,
)


@app.command("import", epilog="Example: colloquio participants import climate staff.csv")
def import_(
    name: SurveyName,
    register: Annotated[Path, typer.Argument(metavar="REGISTER", help="The list of people, .csv or .xlsx.")],
    *,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave bad lines out and import the others.")] = False,
) -> None:
    """Import a register; importing it again changes nothing, people who are not in it any more stay.

    The first line names the columns: staff_id or matricola (needed), full_name or nome and cognome, email, language or
    lingua, weight or peso. Every other column is kept with the person.
    """
    imported, survey = asyncio.run(_import(name, register, skip_bad=skip_bad))
    added = counted(imported.added, "person", "people")
    say(f"{added} added, {imported.changed} changed, {imported.unchanged} as they were.")
    if survey.state(datetime.now(UTC)) is not State.OPEN:
        say(f"Next: colloquio survey open {name}")


@app.command("exclude", epilog='Example: colloquio participants exclude climate PO001 --reason "has retired"')
def exclude_one(
    name: SurveyName, person: PersonId, *, reason: Annotated[str, typer.Option(help="Why, in a few words.")]
) -> None:
    """Leave out somebody who should not have been in the register.

    No message is sent to this person any more, and the response rate is counted without: `status` says "not eligible".
    For people who do not want to answer this is wrong: they can decline, and count as refusals.
    """
    asyncio.run(_exclude(name, person, reason))
    say(f"{person} is not eligible: no message is sent, and `status` counts without.")
    say(f"To take it back: colloquio participants include {name} {person}")


@app.command("include", epilog="Example: colloquio participants include climate PO001")
def include_one(name: SurveyName, person: PersonId) -> None:
    """Take back that somebody was left out."""
    before = asyncio.run(_include(name, person))
    if before:
        say(f"{person} is eligible again; until now not, since: {before}.")
    else:
        say(f"{person} was eligible already; nothing has changed.")


@app.command("no-reminders", epilog="Example: colloquio participants no-reminders climate PO001")
def no_reminders(name: SurveyName, person: PersonId) -> None:
    """Send somebody no more reminders, who has said so by telephone or by letter; the person can still answer."""
    asyncio.run(_set_reminders(name, person, wanted=False))
    say(f"{person} gets no more reminders, nor the one that waits, and can still answer.")
    say(f"To take it back: colloquio participants reminders {name} {person}")


@app.command("reminders", epilog="Example: colloquio participants reminders climate PO001")
def reminders(name: SurveyName, person: PersonId) -> None:
    """Let somebody have reminders again who wanted none, and now does."""
    asyncio.run(_set_reminders(name, person, wanted=True))
    say(f"{person} gets the reminders that are still to come.")


async def _set_reminders(name: str, person: str, *, wanted: bool) -> None:
    async with connected() as (engine, _), transaction(engine) as connection:
        survey = await get_survey(connection, name)
        await set_reminders(connection, survey.id, person, wanted=wanted)

"""colloquio status: how far a survey is, in numbers; never who."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.screen import counted, say
from admin_scripts.status_days import days_section, period, spans
from admin_scripts.status_places import places_section
from admin_scripts.status_rates import dispositions_section, in_a_sentence, rates_section
from admin_scripts.status_section import CHANNELS, Section
from admin_scripts.status_standing import Standing, standing_of
from admin_scripts.status_units import complete_section, units_section
from admin_scripts.status_waves import days_of, named, standing_still, wave_results, waves_section
from admin_scripts.survey_name import SurveyName
from admin_scripts.synthetic import WARNING, state_of
from storage.engine import snapshot
from storage.response_rates import together

PAUSE = 2.0
"""Seconds between two looks of --watch."""


def heading(standing: Standing, now: datetime) -> str:
    """Which survey this is, whether it is open, and in one sentence how far it is."""
    survey, outcomes = standing.survey, together(standing.groups)
    told = f"\n{in_a_sentence(outcomes)}" if outcomes.base else ""
    waits = standing_still(standing.standstills, survey.zone, survey.name)
    mark = f"{WARNING}\n" if survey.is_synthetic else ""
    return f"{mark}{survey.title} ({survey.name}): {state_of(survey, now)}{told}{waits and chr(10)}{waits}"


def sections(standing: Standing, now: datetime) -> Iterator[Section]:
    """Everything there is to tell, the most important first."""
    outcomes = together(standing.groups)
    if not outcomes.people:
        nobody = f"Nobody is in the register. Next: colloquio participants import {standing.survey.name} REGISTER.csv"
        yield Section("Register", notes=(nobody,))
        return
    yield dispositions_section(outcomes, standing.survey.state(now))
    yield rates_section(outcomes)
    yield from _in_time(standing, now)
    if standing.column:
        yield units_section(standing.column, standing.groups)
    channels = {CHANNELS.get(name, name): number for name, number in standing.breakdown.channels.items()}
    for what, counts in (("channel", channels), ("language", standing.breakdown.languages)):
        if counts:
            yield complete_section(what, counts)
    if standing.places:
        yield places_section(standing.form, standing.places)


def _in_time(standing: Standing, now: datetime) -> Iterator[Section]:
    survey, days = standing.survey, standing.breakdown.days
    waves = named(standing.waves)
    complete = sum(days.values())
    if days or waves:
        found = spans(days, days_of(waves, survey.zone), *period(survey, now))
        yield days_section(found, not_complete=complete - together(standing.groups).complete)
    if waves:
        yield waves_section(wave_results(waves, standing.tallies, days, survey.zone), complete, survey.zone)


def _print(standing: Standing) -> None:
    now = datetime.now(UTC)
    say(heading(standing, now))
    say(f"{now.astimezone(standing.survey.zone):%Y-%m-%d %H:%M}")
    for section in sections(standing, now):
        Console().print("", section.shown(), sep="\n")


# ---------------------------------------------------------------- live


async def renewals(engine: AsyncEngine, name: str, by: str, *, pause: float = PAUSE) -> AsyncIterator[Standing]:
    """The standing again and again. Nothing of the database is held in between."""
    while True:
        async with snapshot(engine) as connection:
            standing = await standing_of(connection, name, by)
        yield standing
        by = standing.column
        await asyncio.sleep(pause)


def screenful(standing: Standing, console: Console, now: datetime) -> RenderableType:
    """The heading, and of the sections, whole ones only, those for which the window has room."""
    top = Text(heading(standing, now))
    found = [section.shown(with_notes=False) for section in sections(standing, now)]
    shown: list[RenderableType] = []
    room = console.height - _lines(top, console) - 1
    for section in found:
        if (lines := _lines(section, console)) <= room:
            shown.append(section)
            room -= lines
    left = len(found) - len(shown)
    more = f" {counted(left, 'table needs', 'tables need')} a higher window." if left else ""
    return Group(top, *shown, Text(f"{now.astimezone(standing.survey.zone):%H:%M:%S}. Ctrl-C ends.{more}"))


def _lines(shown: RenderableType, console: Console) -> int:
    return len(console.render_lines(shown, pad=False))


async def show_live(standings: AsyncIterator[Standing], console: Console) -> None:
    """On a terminal: one screen, renewed."""
    with Live(console=console, screen=True, auto_refresh=False) as live:
        async for standing in standings:
            live.update(screenful(standing, console, datetime.now(UTC)), refresh=True)


async def print_changes(standings: AsyncIterator[Standing]) -> None:
    """Elsewhere: everything once more whenever a number is another."""
    before = None
    async for standing in standings:
        if standing != before:
            _print(standing)
        before = standing


async def _watch(name: str, by: str) -> None:
    console = Console()
    async with connected() as (engine, _):
        standings = renewals(engine, name, by)
        await (show_live(standings, console) if console.is_terminal else print_changes(standings))


async def _once(name: str, by: str) -> Standing:
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await standing_of(connection, name, by)


app = typer.Typer()


@app.command("status", epilog="Example: colloquio status climate --watch")
def status(
    name: SurveyName,
    *,
    by: Annotated[
        str, typer.Option(metavar="COLUMN", help="The register's column by which rates are shown, if not the first.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Renew it every 2 seconds, until Ctrl-C.")] = False,
) -> None:
    """Show how many have answered, and the response rate.

    Dispositions and response rates as AAPOR defines them, day by day, wave by wave, by unit, channel and language, and
    at which questions people have stopped. Counts only; small groups are protected.
    """
    if not watch:
        _print(asyncio.run(_once(name, by)))
        return
    with suppress(KeyboardInterrupt):
        asyncio.run(_watch(name, by))

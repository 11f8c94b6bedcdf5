"""colloquio status: how far a survey is, in numbers; never who."""

import asyncio
from datetime import UTC, datetime

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.database import connected
from admin_scripts.screen import say, show_table
from admin_scripts.survey import SurveyName
from conversations.protocol import Status
from storage.engine import snapshot
from storage.reading import Progress, count_progress
from storage.surveys import Survey, get_survey

DISPOSITIONS: dict[str, frozenset[Status]] = {
    "complete": frozenset({Status.SUBMITTED}),
    "partial, may go on": frozenset({Status.ANSWERING, Status.REVIEWING}),
    "break-off": frozenset({Status.STOPPED, Status.CLOSED}),
    "refusal": frozenset({Status.DECLINED}),
    "opened, not begun": frozenset({Status.NOTIFIED}),
}
NEVER_CAME = "non-contact so far"
DECIMALS_FROM = 100


async def progress_of(connection: AsyncConnection, name: str) -> tuple[Survey, Progress]:
    """The survey and its counts."""
    survey = await get_survey(connection, name)
    return survey, await count_progress(connection, survey.id)


def dispositions(progress: Progress) -> dict[str, int]:
    """How many people are where, in AAPOR's words; the sum is the register."""
    counts = {name: sum(progress.statuses.get(s, 0) for s in found) for name, found in DISPOSITIONS.items()}
    return {**counts, NEVER_CAME: progress.participants - sum(counts.values())}


def share(part: int, whole: int) -> str:
    """A percentage, "" of nobody; no decimals when there are too few people for them."""
    if not whole:
        return ""
    return f"{part / whole:.{int(whole >= DECIMALS_FROM)}%}"


async def _progress(name: str) -> tuple[Survey, Progress]:
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await progress_of(connection, name)


app = typer.Typer()


@app.command("status", epilog="Example: colloquio status climate")
def status(name: SurveyName) -> None:
    """Show how many have answered, and the response rate."""
    survey, progress = asyncio.run(_progress(name))
    people = progress.participants
    rows = [(what, str(n), share(n, people)) for what, n in dispositions(progress).items()]
    title = f"{survey.title} ({survey.name}): {survey.state(datetime.now(UTC))}"
    show_table(
        ("Disposition", "People", "Share"), [*rows, ("register", str(people), share(people, people))], title=title
    )
    if not people:
        say(f"Nobody is in the register. Next: colloquio participants import {name} REGISTER.csv")
        return
    say(f"Response rate: {progress.responses} of {people} ({share(progress.responses, people)}).")

"""colloquio status: how far a survey is, in numbers; never who."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import typer
from sqlalchemy.ext.asyncio import AsyncConnection

from admin_scripts.database import connected
from admin_scripts.screen import say, show_table
from admin_scripts.survey import SurveyName
from conversations.protocol import Status
from storage.engine import snapshot
from storage.reading import Breakdown, Progress, count_breakdown, count_progress
from storage.surveys import Survey, get_survey

DISPOSITIONS: dict[str, frozenset[Status]] = {
    "complete": frozenset({Status.SUBMITTED}),
    "partial, may go on": frozenset({Status.ANSWERING, Status.REVIEWING}),
    "break-off": frozenset({Status.STOPPED}),
    "refusal": frozenset({Status.DECLINED}),
    "opened, not begun": frozenset({Status.NOTIFIED}),
}
NEVER_CAME = "non-contact so far"
DECIMALS_FROM = 100
SMALLEST_GROUP = 5
"""A breakdown with a smaller group could tell who has answered."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a survey is."""

    survey: Survey
    progress: Progress
    breakdown: Breakdown


async def standing_of(connection: AsyncConnection, name: str) -> Standing:
    """The survey of this name and its counts."""
    survey = await get_survey(connection, name)
    progress = await count_progress(connection, survey.id)
    return Standing(survey, progress, await count_breakdown(connection, survey.id))


def dispositions(progress: Progress) -> dict[str, int]:
    """How many people are where, in AAPOR's words; the sum is the register."""
    counts = {name: sum(progress.statuses.get(s, 0) for s in found) for name, found in DISPOSITIONS.items()}
    return {**counts, NEVER_CAME: progress.participants - sum(counts.values())}


def share(part: int, whole: int) -> str:
    """A percentage; no decimals when there are too few people for them."""
    return f"{part / whole:.{int(whole >= DECIMALS_FROM)}%}"


def groups(breakdown: Breakdown) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Language and channel, each only if it tells something and no group of it is small."""
    for heading, counts in (("Language", breakdown.languages), ("Channel", breakdown.channels)):
        if counts and min(counts.values()) >= SMALLEST_GROUP:
            yield heading, counts


async def _standing(name: str) -> Standing:
    async with connected() as (engine, _), snapshot(engine) as connection:
        return await standing_of(connection, name)


app = typer.Typer()


@app.command("status", epilog="Example: colloquio status climate")
def status(name: SurveyName) -> None:
    """Show how many have answered, and the response rate.

    By language and channel too, once every group has at least 5 responses.
    """
    standing = asyncio.run(_standing(name))
    people, responses = standing.progress.participants, standing.progress.responses
    say(f"{standing.survey.title} ({name}): {standing.survey.state(datetime.now(UTC))}")
    if not people:
        say(f"Nobody is in the register. Next: colloquio participants import {name} REGISTER.csv")
        return
    counts = {**dispositions(standing.progress), "register": people}
    show_table(("Disposition", "People", "Share"), [(what, str(n), share(n, people)) for what, n in counts.items()])
    for heading, found in groups(standing.breakdown):
        show_table((heading, "Responses"), [(what, str(n)) for what, n in sorted(found.items())])
    say(f"Response rate: {responses} of {people} ({share(responses, people)}).")

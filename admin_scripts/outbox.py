"""colloquio outbox: what has become of the messages, which of them went wrong, and another try."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from admin_scripts.database import connected
from admin_scripts.leaving import serving_needs
from admin_scripts.screen import counted, say, show_table
from admin_scripts.status_section import CHANNELS
from admin_scripts.status_waves import NAMES, UNSENT
from admin_scripts.survey import SurveyName
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.settings import Settings
from storage.settling import Tally, Trouble, count_postings, troubles, try_again
from storage.surveys import Survey, get_survey
from storage.waves import Wave, list_waves

NEW_LINK = "new link"
STATES = tuple(dict.fromkeys(("sent", *UNSENT.values())))


def counts_of(tallies: Sequence[Tally], waves: Sequence[Wave], survey: Survey) -> Iterator[tuple[str, ...]]:
    """A line for each wave and channel: how many messages stand where. Links that were sent anew come last."""
    local = {wave.id: (wave.ran_at or wave.planned_at).astimezone(survey.zone) for wave in waves}
    names: dict[int | None, str] = {wave.id: f"{NAMES[wave.kind]} {local[wave.id]:%Y-%m-%d}" for wave in waves}
    names[None] = f"{NEW_LINK}s"
    for known, name in names.items():
        for channel in dict.fromkeys(tally.channel for tally in tallies if tally.wave == known):
            mine = [tally for tally in tallies if (tally.wave, tally.channel) == (known, channel)]
            numbers = [sum(t.count for t in mine if UNSENT.get(t.state, "sent") == state) for state in STATES]
            yield name, CHANNELS.get(channel, channel), *(str(number or "") for number in numbers)


def troubles_of(found: Sequence[Trouble]) -> Iterator[tuple[str, ...]]:
    """A line for each message that went wrong: whose, which, what happened, what to do."""
    for one in found:
        kind = NAMES[one.kind] if one.kind else NEW_LINK
        channel = CHANNELS.get(one.channel, one.channel)
        yield one.person_id, f"{kind}, {channel}", f"{UNSENT[one.state]}: {one.reason}", remedy_of(one)


def remedy_of(trouble: Trouble) -> str:
    """The number of the remedy below the list."""
    if trouble.state is Posting.DOUBT:
        return "1"
    return "2" if trouble.channel == "email" else "3"


def remedies(survey: Survey) -> dict[str, str]:
    """What can be done, by the number that stands in the list."""
    again = f"colloquio outbox retry {survey.name} --person ID"
    return {
        "1": f"It may have arrived or not, so it is not sent twice by itself. To send it again: {again}",
        "2": f"Correct the address in the register and import it again, then: {again}",
        "3": f"Telegram does not reach this person any more. Send a new link by e-mail:"
        f" colloquio invitations renew {survey.name} ID --send",
    }


def show(survey: Survey, rows: Sequence[tuple[str, ...]], found: Sequence[Trouble]) -> None:
    """The counts; below them what went wrong, with the remedies that are needed."""
    if not rows:
        say(f"No message was written yet. Next: colloquio invitations send {survey.name}")
        return
    show_table(("Wave", "By", *map(str.capitalize, STATES)), rows)
    if not found:
        say("No message failed, and none is in doubt.")
        return
    show_table(("Person", "Message", "What happened", "To do"), troubles_of(found), title="What went wrong")
    needed = {remedy_of(one) for one in found}
    for number, sentence in remedies(survey).items():
        if number in needed:
            say(f"{number}  {sentence}")


async def _show(name: str) -> None:
    async with connected() as (engine, _), snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        waves = await list_waves(connection, survey.id)
        tallies = await count_postings(connection, survey.id)
        found = await troubles(connection, survey.id)
    show(survey, list(counts_of(tallies, waves, survey)), found)


async def _retry(name: str, person: str | None) -> tuple[int, Settings]:
    async with connected() as (engine, settings), transaction(engine) as connection:
        survey = await get_survey(connection, name)
        return await try_again(connection, survey.id, person, now=datetime.now(UTC)), settings


app = typer.Typer(
    name="outbox", help="Show what has become of the messages; send again what failed.", no_args_is_help=True
)


@app.command("show", epilog="Example: colloquio outbox show climate")
def show_all(name: SurveyName) -> None:
    """Show how many messages are sent and waiting, and below it each that failed or is in doubt, with what to do.

    Only people whose message went wrong are named, by their id.
    """
    asyncio.run(_show(name))


@app.command("retry", epilog="Example: colloquio outbox retry climate --person PO001")
def retry(
    name: SurveyName,
    *,
    person: Annotated[
        str | None, typer.Option(metavar="ID", help="Only the messages to this person; without it, to everybody.")
    ] = None,
) -> None:
    """Send again what failed or is in doubt.

    What is in doubt may then arrive twice. Nobody is written to who has answered, declined or stopped meanwhile.
    """
    number, settings = asyncio.run(_retry(name, person))
    if not number:
        say("No message failed, and none is in doubt, so none is sent again.")
        return
    say(f"{counted(number, 'message waits', 'messages wait')} to be sent again.")
    for sentence in serving_needs(settings):
        say(sentence)

"""colloquio outbox: what has become of the messages, which of them went wrong, and another try."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from admin_scripts.database import connected
from admin_scripts.leaving import serving_needs
from admin_scripts.screen import counted, say, show_table
from admin_scripts.status_section import CHANNELS
from admin_scripts.status_waves import NAMES, UNSENT, standing_still
from admin_scripts.survey_name import SurveyName
from conversations.protocol import WaveKind
from storage.dispositions import SMALLEST_GROUP
from storage.due import Posting
from storage.engine import snapshot, transaction
from storage.settings import Settings
from storage.settling import Tally, Trouble, count_postings, troubles, try_again
from storage.small_groups import singles_out
from storage.standstill import standstills
from storage.surveys import Survey, get_survey
from storage.waves import Wave, list_waves

NEW_LINK = "new link"
STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
REPLY = re.compile(r"\d{3}\b")
STATES = tuple(dict.fromkeys(("sent", *UNSENT.values())))


def counts_of(tallies: Sequence[Tally], waves: Sequence[Wave], survey: Survey) -> Iterator[tuple[str, ...]]:
    """A line for each wave and channel: how many messages stand where. Links that were sent anew come last."""
    local = {wave.id: (wave.ran_at or wave.planned_at).astimezone(survey.zone) for wave in waves}
    names: dict[int | None, str] = {wave.id: f"{NAMES[wave.kind]} {local[wave.id]:%Y-%m-%d}" for wave in waves}
    names[None] = f"{NEW_LINK}s"
    for known, name in names.items():
        for channels, mine in _by_channel([tally for tally in tallies if tally.wave == known]):
            numbers = [sum(t.count for t in mine if UNSENT.get(t.state, "sent") == state) for state in STATES]
            yield name, channels, *(str(number or "") for number in numbers)


def _by_channel(tallies: Sequence[Tally]) -> Iterator[tuple[str, Sequence[Tally]]]:
    """In one, if a channel would tell of few people that they use it."""
    sizes: Counter[str] = Counter()
    for tally in tallies:
        sizes[CHANNELS.get(tally.channel, tally.channel)] += tally.count
    if singles_out(sizes.values()):
        yield ", ".join(sorted(sizes)), tallies
        return
    for name in sizes:
        yield name, [tally for tally in tallies if CHANNELS.get(tally.channel, tally.channel) == name]


def tells_of_answers(trouble: Trouble) -> bool:
    """Whether it got about only because somebody has not answered: then nobody is named."""
    return trouble.kind not in (None, WaveKind.INVITATION)


def troubles_of(found: Sequence[Trouble]) -> Iterator[tuple[str, ...]]:
    """A line for each message that went wrong: whose, which, what happened, what to do."""
    for one in found:
        if not tells_of_answers(one):
            yield one.person_id, _message(one), f"{UNSENT[one.state]}: {one.reason}", remedy_of(one)


def nameless(found: Sequence[Trouble]) -> Iterator[tuple[str, ...]]:
    """A line for each way in which reminders and notices went wrong, with the number of people; few are not counted."""
    alike = Counter(
        (_message(one), f"{UNSENT[one.state]}: {_in_short(one.reason)}", remedy_of(one))
        for one in found
        if tells_of_answers(one)
    )
    for what, number in alike.items():
        yield f"<{SMALLEST_GROUP}" if number < SMALLEST_GROUP else str(number), *what


def _message(trouble: Trouble) -> str:
    kind = NAMES[trouble.kind] if trouble.kind else NEW_LINK
    return f"{kind}, {CHANNELS.get(trouble.channel, trouble.channel)}"


def _in_short(reason: str) -> str:
    """A mail server's words may name the person; its code does not."""
    code = STATUS.search(reason) or REPLY.match(reason)
    return code[0] if code else reason


def remedy_of(trouble: Trouble) -> str:
    """The number of the remedy below the list."""
    if tells_of_answers(trouble):
        return "4"
    if trouble.state is Posting.DOUBT:
        return "1"
    if trouble.channel != "email":
        return "3"
    return "5" if _is_policy(trouble.reason) else "2"


def _is_policy(reason: str) -> bool:
    """Whether a server refused the message without blaming the address: by a code of policy, or without any."""
    status = STATUS.search(reason)
    return status[0][1:].startswith(".7.") if status else REPLY.match(reason) is not None


def remedies(survey: Survey) -> dict[str, str]:
    """What can be done, by the number that stands in the list."""
    again = f"colloquio outbox retry {survey.name} --person ID"
    return {
        "1": f"It may have arrived or not, so it is not sent twice by itself. To send it again: {again}",
        "2": f"Correct the address in the register and import it again, then: {again}",
        "3": f"Telegram does not reach this person any more. Send a new link by e-mail:"
        f" colloquio invitations renew {survey.name} ID --send",
        "4": f"Only who has not answered gets these, so nobody is named. To send all that went wrong again:"
        f" colloquio outbox retry {survey.name}",
        "5": f"The mail server refused the message, not the address. Ask whoever runs it why, then: {again}",
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
    for whom, lines in (("Person", list(troubles_of(found))), ("People", list(nameless(found)))):
        if lines:
            show_table((whom, "Message", "What happened", "To do"), lines, title="What went wrong")
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
        still = await standstills(connection)
    if still:
        say(standing_still(still, survey.zone, name))
    show(survey, list(counts_of(tallies, waves, survey)), found)


async def _retry(name: str, person: str | None) -> tuple[int, Settings]:
    async with connected() as (engine, settings), transaction(engine) as connection:
        survey = await get_survey(connection, name)
        return await try_again(connection, survey.id, person, now=datetime.now(UTC)), settings


app = typer.Typer(name="outbox", help="Show what became of messages; send failed ones again.", no_args_is_help=True)


@app.command("show", epilog="Example: colloquio outbox show climate")
def show_all(name: SurveyName) -> None:
    """Show how many messages are sent and waiting, and below it what failed or is in doubt, with what to do.

    Only people whose invitation or new link went wrong are named, by their id. Reminders and notices are counted, since
    only those get them who have not answered.
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
    if person is not None:
        say(f"What failed or is in doubt of the messages to {person}, if anything, waits to be sent again.")
    elif not number:
        say("No message failed, and none is in doubt, so none is sent again.")
        return
    else:
        say(f"{counted(number, 'message waits', 'messages wait')} to be sent again.")
    for sentence in serving_needs(settings):
        say(sentence)

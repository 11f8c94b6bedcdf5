"""A wave that a coordinator has sent now or at a moment: planned, and said to how many, to whom not, when, by what."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.moments import shown
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say, show_table
from admin_scripts.status_section import CHANNELS
from admin_scripts.synthetic import refuse_synthetic
from conversations.protocol import WaveKind
from storage.due import Reason
from storage.engine import transaction
from storage.leaving import Leaving, plan_to_leave
from storage.senders import sender_address
from storage.settings import Settings
from storage.small_groups import singles_out
from storage.surveys import State, Survey, get_survey
from storage.waves import Counts
from storage.workdays import WorkingHours

WAYS = ("email", "telegram")
"""The channels in which the system writes first."""

Dry = Annotated[bool, typer.Option("--dry-run", help="Only show how many would get it, and why not the others.")]

PATIENCE = 0.5
"""Seconds until a program of this machine has answered, if there is one."""


async def plan_leaving(
    engine: AsyncEngine, name: str, kind: WaveKind, when: datetime, hours: WorkingHours, *, dry: bool
) -> Leaving:
    """Plan a wave. Refused if the survey does not ask anybody at the moment at which it could leave."""
    async with transaction(engine) as connection:
        survey = await get_survey(connection, name)
        refuse_synthetic(survey)
        _refuse_unless_open(survey, hours.next_open(when, survey.zone))
        return await plan_to_leave(connection, survey, kind, when, hours, dry=dry)


_THEN = {State.PLANNED: "not open yet", State.CLOSED: "closed"}


def _refuse_unless_open(survey: Survey, leaves: datetime) -> None:
    state = survey.state(leaves)
    if state is State.OPEN:
        return
    remedy = f"To open it now: colloquio survey open {survey.name}"
    if state is State.CLOSED:
        remedy = f"To have it open then: colloquio survey open {survey.name} --closes DATE"
    elif survey.opens_at is not None:
        remedy = f"It opens on {shown(survey.opens_at, survey.zone)}: give a moment after that, or open it now."
    raise Refused(
        f"A message could leave on {shown(leaves, survey.zone)}, and the survey is {_THEN[state]} then. {remedy}"
    )


# ---------------------------------------------------------------- what is printed


def show_counts(counts: Counts) -> None:
    """A line for each reason, those who get it first; by channel only where no group is small."""
    reasons = [reason for reason in Reason if any(why is reason for why, _ in counts)]
    rows = [_row(reason, {by: counts.get((reason, by), 0) for by in WAYS}) for reason in reasons]
    show_table(("", "People", *map(CHANNELS.__getitem__, WAYS)), rows)


def _row(reason: Reason, by_channel: Mapping[str, int]) -> tuple[str, ...]:
    numbers = list(by_channel.values())
    is_small = singles_out(numbers)
    what = "will get it" if reason is Reason.DUE else f"not: {reason}"
    return what, str(sum(numbers)), *("·" if is_small else str(n or "") for n in numbers)


def show_leaving(leaving: Leaving, settings: Settings, *, dry: bool, now: datetime) -> None:
    """To how many and when, and what has to be there by then."""
    show_counts(leaving.counts)
    survey, leaves = leaving.survey, leaving.leaves
    at = f"on {shown(leaves, survey.zone)} ({survey.timezone})" if leaves > now else "now"
    whom = f"for {counted(leaving.people, 'person', 'people')} as things stand"
    if not leaving.people:
        say(f"Nobody would get the {leaving.kind}, so none is planned.")
        return
    if dry:
        say(f"It would leave {at}, {whom}. Nothing was planned: this was a dry run.")
    elif leaving.waiting:
        say(f"The {leaving.kind} that is planned already leaves {at}, {whom}. No other was planned.")
    else:
        say(f"The {leaving.kind} leaves {at}, {whom}.")
    for sentence in _to_know(leaving, settings):
        say(sentence)


def _to_know(leaving: Leaving, settings: Settings) -> Iterator[str]:
    if leaving.leaves > leaving.when:
        hours = settings.working_hours
        yield (
            f"Messages leave from {hours.begins:%H:%M} to {hours.ends:%H:%M} on working days of {hours.country} only"
            " (COLLOQUIO_HOURS, COLLOQUIO_COUNTRY)."
        )
    yield from serving_needs(settings)
    if leaving.counts.get((Reason.DUE, "email")):
        yield from mail_needs(settings)
    if leaving.counts.get((Reason.DUE, "email")) and settings.smtp_url is not None:
        yield from missing_addresses(leaving.survey, settings)


def missing_addresses(survey: Survey, settings: Settings) -> Iterator[str]:
    """What e-mails lack that leave this machine: where their links lead, and whom they come from."""
    if not settings.public_url:
        yield "The links work on this machine only: set COLLOQUIO_PUBLIC_URL to the address people can reach."
    if not sender_address(settings.mail_from, survey.contact):
        yield "The e-mails have no address to come from, and wait: set COLLOQUIO_MAIL_FROM first."


def serving_needs(settings: Settings) -> Iterator[str]:
    """What has to run, if it does not seem to."""
    if not _is_served(settings):
        place = f"http://{settings.web_host}:{settings.web_port}"
        yield f"Nothing is served at {place} now: messages are sent by `colloquio serve`, which has to run then."


def mail_needs(settings: Settings) -> Iterator[str]:
    """Where e-mails go while there is no mail server."""
    place = f"http://{settings.web_host}:{settings.web_port}"
    if settings.smtp_url is None:
        page = "" if settings.public_url else f", and can be read at {place}/outbox while it is served"
        yield (
            f"There is no mail server: e-mails go to the folder {settings.data_dir / 'outbox'}{page}."
            " To have them sent, set COLLOQUIO_SMTP_URL first."
        )


def _is_served(settings: Settings) -> bool:
    with suppress(OSError), socket.create_connection((settings.web_host, settings.web_port), PATIENCE):
        return True
    return False

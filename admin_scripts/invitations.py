"""colloquio invitations: everyone's personal links by e-mail, on cards or in a file; a new link for one person."""

import asyncio
import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.files import put_in_place
from admin_scripts.formulas import harmless
from admin_scripts.invitation_cards import Printed, print_cards
from admin_scripts.leaving import Dry, mail_needs, missing_addresses, plan_leaving, serving_needs, show_leaving
from admin_scripts.links import Links, invited, links_of, say_excluded, say_where_web_links_work
from admin_scripts.moments import moment
from admin_scripts.refusal import Refused
from admin_scripts.renewal import renew
from admin_scripts.screen import counted, say
from admin_scripts.survey_name import SurveyName
from admin_scripts.synthetic import refuse_synthetic
from conversations.protocol import WaveKind
from storage.engine import snapshot
from storage.leaving import Leaving
from storage.register import Participant
from storage.settings import Settings
from storage.surveys import get_survey

HEADINGS = ("person_id", "name", "email", "language", "telegram_link", "web_link")
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")]


async def send(engine: AsyncEngine, name: str, at: str, settings: Settings, *, dry: bool, now: datetime) -> Leaving:
    """Plan an invitation for the moment `at`, "" for now. Refused if that is over, or nobody can answer then."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
    refuse_synthetic(survey)
    when = moment(at, survey.timezone, settings.working_hours.begins) or now
    if when < now:
        raise Refused(f"'{at}' is over. Give a moment that is still to come, or leave --at out to invite now.")
    return await plan_leaving(engine, name, WaveKind.INVITATION, when, settings.working_hours, dry=dry)


async def export_invitations(
    engine: AsyncEngine, name: str, path: Path, links: Links, secret: bytes
) -> tuple[int, int]:
    """Write one line for each person; how many, and how many not eligible ones were left out.

    The links are the same each time until one is renewed.
    """
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        refuse_synthetic(survey)
        people, excluded = await invited(connection, survey.id)
    rows = [_row(participant, links, secret) for participant in people]
    put_in_place({path: lambda own: _write(own, rows)})
    return len(rows), excluded


def _row(participant: Participant, links: Links, secret: bytes) -> tuple[str, ...]:
    person, token = participant.person, participant.token(secret)
    told = (harmless(text) for text in (person.person_id, person.name, person.email, person.language))
    return (*told, links.telegram(token), links.page(token))


def _write(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((HEADINGS, *rows))


async def _send(name: str, at: str, *, dry: bool) -> None:
    async with connected() as (engine, settings):
        now = datetime.now(UTC)
        leaving = await send(engine, name, at, settings, dry=dry, now=now)
    show_leaving(leaving, settings, dry=dry, now=now)


async def _cards(name: str, path: Path, *, by: str, font: Path | None) -> tuple[Printed, Settings]:
    async with connected() as (engine, settings):
        links = await links_of(engine, settings)
        secret = settings.secret_key()
        return await print_cards(engine, name, path, links=links, secret=secret, by=by, font=font), settings


async def _export(name: str, path: Path) -> None:
    async with connected() as (engine, settings):
        links = await links_of(engine, settings)
        count, excluded = await export_invitations(engine, name, path, links, settings.secret_key())
    say(f"{counted(count, 'invitation is', 'invitations are')} in {path}.")
    say_excluded(excluded)
    _advise(links, settings, "; then export again")


async def _renew(name: str, person_id: str) -> None:
    async with connected() as (engine, settings):
        links, secret = await links_of(engine, settings), settings.secret_key()
        person = await renew(engine, name, person_id, secret, now=datetime.now(UTC))
    token = person.token(secret)
    for link in filter(None, (links.telegram(token), links.page(token))):
        say(link)
    _advise(links, settings)


async def _renew_by_mail(name: str, person_id: str) -> None:
    async with connected() as (engine, settings):
        await renew(engine, name, person_id, settings.secret_key(), by_mail=True, now=datetime.now(UTC))
        async with snapshot(engine) as connection:
            survey = await get_survey(connection, name)
    say(f"A new link is sent to {person_id} by e-mail, at any hour. The old one has ended.")
    missing = missing_addresses(survey, settings) if settings.smtp_url is not None else ()
    for sentence in (*serving_needs(settings), *mail_needs(settings), *missing):
        say(sentence)


def _advise(links: Links, settings: Settings, then: str = "") -> None:
    if not links.bot:
        say(
            "There is no Telegram link: the bot was not served yet."
            f" Start it once, or set COLLOQUIO_TELEGRAM_BOT_NAME to its name{then}."
        )
    say_where_web_links_work(settings)


def _refuse_to_replace(path: Path, *, overwrite: bool) -> None:
    if path.exists() and not overwrite:
        raise Refused(f"{path} is there already. Choose another name, or add --overwrite.")


app = typer.Typer(
    name="invitations",
    help="Send, print or export the personal links; renew one.",
    no_args_is_help=True,
)


@app.command("send", epilog='Example: colloquio invitations send climate --at "2026-12-01 09:30"')
def send_all(
    name: SurveyName,
    *,
    at: Annotated[str, typer.Option(help="When: 2026-12-01 09:30; without it, now.")] = "",
    dry: Dry = False,
) -> None:
    """Invite everybody by e-mail who is not invited yet.

    Each message holds the personal link and its QR code. At night and on holidays messages wait until people work
    again. Calling it again invites only those who are new.
    """
    asyncio.run(_send(name, at, dry=dry))


@app.command("cards", epilog="Example: colloquio invitations cards climate cards.pdf --by area")
def cards(
    name: SurveyName,
    out: Annotated[
        Path, typer.Argument(metavar="OUT.pdf", help="The file to write; only you will be able to read it.")
    ],
    *,
    by: Annotated[str, typer.Option(metavar="COLUMN", help="Sort by this column of the register, then by name.")] = "",
    font: Annotated[
        Path | None, typer.Option(metavar="FONT.ttf", help="For names in letters that the cards' own font lacks.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Print everyone's personal link with its QR code, on cards to be handed out.

    Eight cards to a sheet of A4, with lines to cut along. Whoever has a card can answer in that person's place: hand
    each over in person or in an envelope, and delete the file after use.
    """
    _refuse_to_replace(out, overwrite=overwrite)
    printed, settings = asyncio.run(_cards(name, out, by=by, font=font))
    sheets = counted(-(-printed.cards // 8), "sheet", "sheets")
    say(f"{counted(printed.cards, 'card is', 'cards are')} in {out}, on {sheets} of A4. Print them at actual size.")
    say_excluded(printed.excluded)
    if printed.nameless:
        say(
            f"The font lacks letters of some names, so the id is printed instead: {', '.join(printed.nameless)}."
            " Write these names by hand, or give a font that has the letters with --font."
        )
    say_where_web_links_work(settings)


@app.command("export", epilog="Example: colloquio invitations export climate invitations.csv")
def export(
    name: SurveyName,
    out: Annotated[
        Path, typer.Argument(metavar="OUT.csv", help="The file to write; only you will be able to read it.")
    ],
    *,
    overwrite: Overwrite = False,
) -> None:
    """Write everyone's personal links to a file, to be sent by mail merge.

    Whoever has a link can answer in that person's place: keep the file safe and delete it after use.
    """
    _refuse_to_replace(out, overwrite=overwrite)
    asyncio.run(_export(name, out))


@app.command("renew", epilog="Example: colloquio invitations renew climate PO001 --send")
def renew_one(
    name: SurveyName,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id in the register.")],
    *,
    by_mail: Annotated[bool, typer.Option("--send", help="Send it by e-mail instead of showing it here.")] = False,
) -> None:
    """Give one person a new link; the old one ends at once.

    Where the questionnaire was begun, it goes on. In another chat it goes on only if the link was sent with --send: one
    that you have seen must not open what somebody has answered, so with it the questionnaire begins anew there.
    """
    asyncio.run(_renew_by_mail(name, person) if by_mail else _renew(name, person))

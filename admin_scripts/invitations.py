"""colloquio invitations: everyone's personal links in a file, and a new link for one person."""

import asyncio
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.files import put_in_place
from admin_scripts.formulas import harmless
from admin_scripts.refusal import Refused
from admin_scripts.screen import counted, say
from admin_scripts.survey import SurveyName
from storage.bots import known_bot
from storage.engine import snapshot, transaction
from storage.register import Participant, participants, renew_invitation
from storage.settings import Settings
from storage.surveys import get_survey

HEADINGS = ("person_id", "name", "email", "language", "telegram_link", "web_link")


@dataclass(frozen=True, slots=True)
class Links:
    """Where invitations lead: the bot's name, "" while nobody knows it, and the address of the web chat."""

    bot: str
    web: str

    def telegram(self, token: str) -> str:
        """The deep link, or "" without a bot."""
        return f"https://t.me/{self.bot}?start={token}" if self.bot else ""

    def page(self, token: str) -> str:
        """The personal page of the web chat."""
        return f"{self.web}/s/{token}"


async def links_of(engine: AsyncEngine, settings: Settings) -> Links:
    """As the settings say; else the bot is the one served last, and the web chat the one of this machine."""
    async with snapshot(engine) as connection:
        bot = settings.telegram_bot_name.removeprefix("@") or await known_bot(connection)
    web = settings.public_url or f"http://{settings.web_host}:{settings.web_port}"
    return Links(bot, web.rstrip("/"))


async def export_invitations(engine: AsyncEngine, name: str, path: Path, links: Links, secret: bytes) -> int:
    """Write one line for each person and say how many. The links are the same each time until one is renewed."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        people = await participants(connection, survey.id)
    rows = [_row(participant, links, secret) for participant in people]
    put_in_place({path: lambda own: _write(own, rows)})
    return len(rows)


def _row(participant: Participant, links: Links, secret: bytes) -> tuple[str, ...]:
    person, token = participant.person, participant.token(secret)
    told = (harmless(text) for text in (person.person_id, person.name, person.email, person.language))
    return (*told, links.telegram(token), links.page(token))


def _write(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((HEADINGS, *rows))


async def renew(engine: AsyncEngine, name: str, person_id: str, secret: bytes) -> str:
    """A new token for one person; the old link ends, the answers given so far stay."""
    async with transaction(engine) as connection:
        survey = await get_survey(connection, name)
        return await renew_invitation(connection, survey.id, person_id, secret=secret)


async def _export(name: str, path: Path) -> None:
    async with connected() as (engine, settings):
        links = await links_of(engine, settings)
        count = await export_invitations(engine, name, path, links, settings.secret_key())
    say(f"{counted(count, 'invitation is', 'invitations are')} in {path}.")
    _advise(links, settings)


async def _renew(name: str, person_id: str) -> None:
    async with connected() as (engine, settings):
        links = await links_of(engine, settings)
        token = await renew(engine, name, person_id, settings.secret_key())
    for link in filter(None, (links.telegram(token), links.page(token))):
        say(link)
    _advise(links, settings)


def _advise(links: Links, settings: Settings) -> None:
    if not links.bot:
        say(
            "There are no Telegram links: the bot was not served yet."
            " Start it once, or set COLLOQUIO_TELEGRAM_BOT_NAME to its name; then export again."
        )
    if not settings.public_url:
        say("The web links work on this machine only: set COLLOQUIO_PUBLIC_URL to the address people can reach.")


app = typer.Typer(
    name="invitations", help="Write everyone's personal links to a file; renew a link.", no_args_is_help=True
)


@app.command("export", epilog="Example: colloquio invitations export climate invitations.csv")
def export(
    name: SurveyName,
    out: Annotated[
        Path, typer.Argument(metavar="OUT.csv", help="The file to write; only you will be able to read it.")
    ],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")] = False,
) -> None:
    """Write everyone's personal links to a file, to be sent by mail merge.

    Whoever has a link can answer in that person's place: keep the file safe and delete it after use.
    """
    if out.exists() and not overwrite:
        raise Refused(f"{out} is there already. Choose another name, or add --overwrite.")
    asyncio.run(_export(name, out))


@app.command("renew", epilog="Example: colloquio invitations renew climate PO001")
def renew_one(
    name: SurveyName, person: Annotated[str, typer.Argument(metavar="PERSON", help="The person's id in the register.")]
) -> None:
    """Give one person a new link: the old one ends, what was answered stays."""
    asyncio.run(_renew(name, person))

"""colloquio coordinators: who may follow which surveys in the Telegram chat."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.moments import shown
from admin_scripts.refusal import Refused
from admin_scripts.screen import say, show_table
from storage.bots import known_bot
from storage.coordinators import Coordinator, list_coordinators, name_coordinator, remove_coordinator
from storage.engine import snapshot, transaction
from storage.settings import Settings
from storage.surveys import get_real_survey

LONGEST_NAME = 80
Name = Annotated[str, typer.Argument(metavar="NAME", help="What you call this person, in quotes: 'Ufficio di prova'.")]


async def add_coordinator(
    engine: AsyncEngine, name: str, surveys: list[str], settings: Settings, *, now: datetime
) -> tuple[Coordinator, str]:
    """Name somebody for these surveys; with the one-time link, "" where it was used already.

    Refused without a name, or where no bot is known that the link could lead to.
    """
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise Refused(f"A coordinator needs a name of at most {LONGEST_NAME} characters.")
    async with transaction(engine) as connection:
        bot = settings.telegram_bot_name.removeprefix("@") or await known_bot(connection)
        if not bot:
            raise Refused(
                "No bot is known yet that the link could lead to. Start colloquio serve with COLLOQUIO_TELEGRAM_TOKEN"
                " once, or set COLLOQUIO_TELEGRAM_BOT_NAME."
            )
        named = [await get_real_survey(connection, survey) for survey in surveys]
        coordinator, token = await name_coordinator(connection, name.strip(), named, now=now)
    return coordinator, token and f"https://t.me/{bot}?start={token}"


async def _add(name: str, surveys: list[str]) -> None:
    async with connected() as (engine, settings):
        coordinator, link = await add_coordinator(engine, name, surveys, settings, now=datetime.now(UTC))
    follows = ", ".join(survey.name for survey in coordinator.surveys)
    say(f"{coordinator.name} coordinates: {follows}.")
    if not link:
        say("The Telegram account is known already: no new link is needed.")
        return
    say(link)
    until = shown(coordinator.link_ends_at, ZoneInfo(settings.timezone))
    say(
        f"Give this link to {coordinator.name} and to nobody else: it makes the account that opens it first a"
        f" coordinator's, once, until {until}. A link made earlier for the same name is not valid any more."
    )


async def _list() -> None:
    async with connected() as (engine, settings), snapshot(engine) as connection:
        found = await list_coordinators(connection)
    if not found:
        say("Nobody coordinates in the chat. Next: colloquio coordinators add 'Ufficio di prova' --survey NAME")
        return
    zone, now = ZoneInfo(settings.timezone), datetime.now(UTC)
    rows = [(one.name, ", ".join(survey.name for survey in one.surveys), _account(one, zone, now)) for one in found]
    show_table(("Name", "Surveys", "Telegram account"), rows)


def _account(one: Coordinator, zone: ZoneInfo, now: datetime) -> str:
    if one.bound_at is not None:
        return f"since {shown(one.bound_at, zone)}"
    if one.link_ends_at <= now:
        return f"none: the link ended on {shown(one.link_ends_at, zone)}"
    return f"none yet: the link is valid until {shown(one.link_ends_at, zone)}"


async def _remove(name: str) -> None:
    async with connected() as (engine, _), transaction(engine) as connection:
        if not await remove_coordinator(connection, name.strip()):
            raise Refused(f"Nobody named '{name}' coordinates. Next: colloquio coordinators list")


app = typer.Typer(name="coordinators", help="Name who may follow surveys in Telegram.", no_args_is_help=True)


@app.command("add", epilog="Example: colloquio coordinators add 'Ufficio di prova' --survey climate")
def add(
    name: Name,
    *,
    survey: Annotated[list[str], typer.Option("--survey", metavar="SURVEY", help="A survey; may be said repeatedly.")],
) -> None:
    """Name a coordinator, and make the one-time link that binds a Telegram account to the name.

    In the chat with the bot, that account has /rate, /export (protected, and on record under the name) and /remind, for
    these surveys only. Said again, surveys are added, and a link that nobody has used is replaced by a new one.
    """
    asyncio.run(_add(name, survey))


@app.command("list", epilog="Example: colloquio coordinators list")
def list_all() -> None:
    """List the coordinators, their surveys, and since when their Telegram accounts are known."""
    asyncio.run(_list())


@app.command("remove", epilog="Example: colloquio coordinators remove 'Ufficio di prova'")
def remove(name: Name) -> None:
    """End it at once: the account has no commands any more, and a link that was not used is not valid."""
    asyncio.run(_remove(name))
    say(f"{name.strip()} does not coordinate any more.")

"""colloquio demo: the example survey, set up once, and the program that serves it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.database import connected
from admin_scripts.serve import become_bot
from storage.engine import snapshot, transaction
from storage.settings import Settings
from storage.surveys import State, list_surveys, open_survey

EXAMPLES = Path(__file__).parent.parent / "examples"
NAME = "zone-omogenee"
SENDER = "Ufficio di prova"


async def prepare(engine: AsyncEngine, settings: Settings) -> bool:
    """Load the example questionnaire and register and open the survey; False when that was done before.

    Whoever closed it afterwards meant it.
    """
    async with snapshot(engine) as connection:
        known = {survey.name: survey for survey in await list_surveys(connection)}
    now = datetime.now(UTC)
    if NAME in known and known[NAME].state(now) is not State.PLANNED:
        return False
    await _load(engine, settings, create=NAME not in known)
    async with transaction(engine) as connection:
        await open_survey(connection, NAME, now=now)
    return True


async def _load(engine: AsyncEngine, settings: Settings, *, create: bool) -> None:
    from admin_scripts.participants import import_register  # noqa: PLC0415 - needed on the first start only
    from admin_scripts.survey import Wish, create_from_file  # noqa: PLC0415

    if create:
        form = EXAMPLES / "zone_omogenee_po.xlsx"
        await create_from_file(engine, form, Wish(NAME, sender=SENDER), settings.timezone)
    await import_register(engine, NAME, EXAMPLES / "staff.csv", skip_bad=False, secret=settings.secret_key())


async def _prepare() -> None:
    async with connected() as (engine, settings):
        await prepare(engine, settings)


app = typer.Typer()


@app.command("demo", epilog="Example: colloquio demo")
def demo() -> None:
    """Set up the example survey and run it.

    The questionnaire on the Zone omogenee, with its invented register of 134 people, in the SQLite file of the data
    folder; then the web chat, and Telegram if COLLOQUIO_TELEGRAM_TOKEN is set. The second start finds everything there.
    """
    asyncio.run(_prepare())
    become_bot("--demo", NAME)

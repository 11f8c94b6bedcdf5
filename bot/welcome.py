"""What the process says on the screen once it serves: the address to open and what to do next."""

from datetime import UTC, datetime

from rich.console import Console
from rich.rule import Rule
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import snapshot
from storage.register import participants
from storage.settings import Settings
from storage.surveys import State, list_surveys


def greet(address: str, settings: Settings) -> None:
    """Where the web chat is, and whether Telegram is served."""
    console = Console(stderr=True, soft_wrap=True)
    console.print(f"The web chat is at {address}. Ctrl-C ends.", highlight=False)
    if settings.telegram_token is None:
        console.print("Telegram is not served: COLLOQUIO_TELEGRAM_TOKEN is not set.", highlight=False)
    if settings.smtp_url is None:
        console.print(f"E-mail is not sent, but written to {settings.data_dir / 'outbox'}.", highlight=False)
    when = "at any hour" if settings.working_hours.is_always else f"on working days, {settings.hours}"
    console.print(f"Invitations and reminders leave {when}.", highlight=False)


async def greet_demo(engine: AsyncEngine, survey: str, address: str, settings: Settings) -> None:
    """A personal link to the survey of this name, and the next steps; without such a link, what is served instead.

    Nothing is boxed or cut: the lines are there to be copied.
    """
    now = datetime.now(UTC)
    async with snapshot(engine) as connection:
        known = await list_surveys(connection)
        demo = next((one for one in known if one.name == survey and one.state(now) is State.OPEN), None)
        people = await participants(connection, demo.id) if demo else ()
    if people:
        _invite(survey, people[0].token(settings.secret_key()), address, settings)
        return
    greet(address, settings)
    _tell_what_is_served(survey, [one.name for one in known if one.state(now) is State.OPEN])


def _invite(survey: str, token: str, address: str, settings: Settings) -> None:
    steps = [
        f"\n[bold]Open this personal link and answer:[/]\n\n  {address}/s/{token}\n",
        f"It is an invitation to the survey “{survey}”, of somebody who is invented.\n",
        "[bold]What next[/], in a second terminal:\n",
        f"  ./colloquio invitations send {survey}",
        f"  ./colloquio status {survey}",
        f"  ./colloquio export {survey} --format xlsx --out results",
        f"  ./colloquio invitations export {survey} links.csv\n",
        _mail_step(address, settings),
        _telegram_step(settings),
        "Ctrl-C ends the demo; the answers stay.\n",
    ]
    console = Console()
    console.print(Rule("Colloquio"))
    console.print("\n".join(steps), highlight=False, soft_wrap=True)


def _mail_step(address: str, settings: Settings) -> str:
    """Where invitations go; the hours hold in the demo as well."""
    where = "leave by e-mail" if settings.smtp_url else f"can be read at {address}/outbox (no mail server is set)"
    if settings.working_hours.is_always:
        return f"Invitations {where}, at once.\n"
    return f"Invitations {where}, on working days, {settings.hours}; with COLLOQUIO_HOURS=always at once.\n"


def _telegram_step(settings: Settings) -> str:
    if settings.telegram_token is not None:
        return "Telegram is served too: links.csv holds a Telegram link beside each web link."
    start = "COLLOQUIO_TELEGRAM_TOKEN=... ./colloquio"
    return f"For Telegram, take a token from @BotFather, start with it and export the links again:\n\n  {start}\n"


def _tell_what_is_served(demo: str, opened: list[str]) -> None:
    console = Console(stderr=True, soft_wrap=True)
    console.print(f"Open surveys: {', '.join(opened) or 'none'}.", highlight=False)
    if demo not in opened:
        console.print(f"The demo's survey is not open. To open it: ./colloquio survey open {demo}", highlight=False)

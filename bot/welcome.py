"""What the process says on the screen once it serves: the address to open and what to do next."""

from datetime import UTC, datetime

from rich.console import Console
from rich.rule import Rule
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import snapshot
from storage.register import participants
from storage.settings import Settings
from storage.surveys import State, list_surveys


async def greet(_engine: AsyncEngine, address: str, settings: Settings) -> None:
    """Where the web chat is, and whether Telegram is served."""
    console = Console(stderr=True, soft_wrap=True)
    console.print(f"The web chat is at {address}. Ctrl-C ends.", highlight=False)
    if settings.telegram_token is None:
        console.print("Telegram is not served: COLLOQUIO_TELEGRAM_TOKEN is not set.", highlight=False)


async def greet_demo(engine: AsyncEngine, address: str, settings: Settings) -> None:
    """A personal link to open, and the next steps. Nothing is boxed or cut: the lines are there to be copied."""
    invitation = await _invitation(engine, settings)
    if invitation is None:
        await greet(engine, address, settings)
        return
    survey, token = invitation
    steps = [
        f"\n[bold]Open this personal link and answer:[/]\n\n  {address}/s/{token}\n",
        f"It is an invitation to the survey “{survey}”, of somebody who is invented.\n",
        "[bold]What next[/], in a second terminal:\n",
        f"  ./colloquio status {survey}",
        f"  ./colloquio export {survey} --format xlsx --out results",
        f"  ./colloquio invitations export {survey} links.csv\n",
        _telegram_step(settings),
        "Ctrl-C ends the demo; the answers stay.\n",
    ]
    console = Console()
    console.print(Rule("Colloquio"))
    console.print("\n".join(steps), highlight=False, soft_wrap=True)


def _telegram_step(settings: Settings) -> str:
    if settings.telegram_token is not None:
        return "Telegram is served too: the links of the invitations open it."
    return "For Telegram, take a token from @BotFather and start with:\n\n  COLLOQUIO_TELEGRAM_TOKEN=... ./colloquio\n"


async def _invitation(engine: AsyncEngine, settings: Settings) -> tuple[str, str] | None:
    """The name of the first open survey that asks anybody, and the token of the first person of its register."""
    now = datetime.now(UTC)
    async with snapshot(engine) as connection:
        for survey in sorted(await list_surveys(connection), key=lambda survey: survey.id):
            people = await participants(connection, survey.id) if survey.state(now) is State.OPEN else ()
            if people:
                return survey.name, people[0].token(settings.secret_key())
    return None

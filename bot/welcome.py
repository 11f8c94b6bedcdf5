"""What the process says on the screen once it serves: the address to open and what to do next."""

from datetime import UTC, datetime

from rich.console import Console
from rich.panel import Panel
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
    """A personal link to open, and the next steps."""
    survey, token = await _invitation(engine, settings)
    steps = [
        f"[bold]Open this personal link and answer:[/]\n\n  {address}/s/{token}\n",
        f"It is the invitation of the first person of the survey «{survey}», whose data are invented.",
        "[bold]What next[/]",
        f"  The response rate      ./colloquio status {survey}",
        f"  The answers            ./colloquio export {survey} --format xlsx --out results",
        f"  Everybody's links      ./colloquio invitations export {survey} links.csv",
        _telegram_step(settings),
        "\nCtrl-C ends the demo; the answers stay.",
    ]
    Console(soft_wrap=True).print(Panel("\n".join(steps), title="Colloquio", expand=False), highlight=False)


def _telegram_step(settings: Settings) -> str:
    if settings.telegram_token is not None:
        return "  Telegram               is served too: the links of the invitations open it."
    return "  Telegram               get a token from @BotFather, then: COLLOQUIO_TELEGRAM_TOKEN=... ./colloquio"


async def _invitation(engine: AsyncEngine, settings: Settings) -> tuple[str, str]:
    """The name of the open survey and the token of the first person of its register."""
    now = datetime.now(UTC)
    async with snapshot(engine) as connection:
        survey = next(s for s in await list_surveys(connection) if s.state(now) is State.OPEN)
        first = (await participants(connection, survey.id))[0]
    return survey.name, first.token(settings.secret_key())

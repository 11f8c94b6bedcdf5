"""Where invitations lead, and who is to have one."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from admin_scripts.screen import counted, say
from storage.bots import known_bot
from storage.engine import snapshot
from storage.participation import marks
from storage.register import Participant, participants
from storage.settings import Settings


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


async def invited(connection: AsyncConnection, survey_id: int) -> tuple[list[Participant], int]:
    """Everybody who is to have an invitation, and how many of the register are not eligible."""
    people = await participants(connection, survey_id)
    excluded = {person for person, noted in (await marks(connection, survey_id)).items() if noted.excluded}
    return [one for one in people if one.person.person_id not in excluded], len(excluded)


def say_excluded(number: int) -> None:
    """That somebody of the register has none."""
    if number:
        say(f"{counted(number, 'person who is not eligible is', 'people who are not eligible are')} left out.")


def say_where_web_links_work(settings: Settings) -> None:
    """That people cannot reach them yet."""
    if not settings.public_url:
        say("The web links work on this machine only: set COLLOQUIO_PUBLIC_URL to the address people can reach.")

"""Draws the pictures of the Telegram chat that the README shows: the first ten questions of a real questionnaire.

    python -m docs.telegram_chat

The bot itself asks, a person answers, and what stands in the chat of the tests' own server is drawn by Chromium with
the look of a telephone. It needs the packages of the tests, Chromium, and the fonts Roboto and Noto Color Emoji
(`apt install chromium fonts-roboto-unhinted fonts-noto-color-emoji`).
"""

import asyncio
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from PIL import Image
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode
from storage.engine import open_engine, transaction
from storage.forms import save_form
from storage.migrate import migrate
from storage.register import Person as Registered
from storage.register import import_people, participants
from storage.surveys import NewSurvey, create_survey, open_survey
from tests.bot.installation import NOON, SECRET
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Json, Person, TelegramPeer

DOCS = Path(__file__).parent
QUESTIONNAIRE = DOCS.parent / "examples" / "zone_omogenee_po.xlsx"
TITLE = "Zone omogenee: la voce delle Posizioni Organizzative"
ON_ONE_PICTURE = 3
WIDTH, HEIGHT = 3 * 336 + 4 * 28 - 8, 720 + 48
SHARPNESS = 2
COLOURS = 200
CALM = 0.3
"""Seconds after which nothing more is changed in the chat."""

_CHROMIUM = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")


@dataclass(frozen=True)
class Said:
    """One message as it stands in the chat: Telegram's HTML, its buttons, a sign that was set on it."""

    number: int
    html: str
    keyboard: list[list[Json]]
    is_own: bool = False
    sign: str = ""


Screen = list[Said]


class Telephone:
    """Somebody's chat with the bot; `screens` are the moments that were kept."""

    def __init__(self, person: Person) -> None:
        self.screens: list[Screen] = []
        self._person = person
        self._own: dict[int, str] = {}

    async def starts(self, token: str, until: str) -> None:
        """Open the personal link."""
        self._own[self._person.starts(token)] = "/start"
        await self._person.sees(until)

    async def says(self, text: str, until: str) -> int:
        """Write a message; its number."""
        number = self._person.says(text)
        self._own[number] = text
        await self._person.sees(until)
        return number

    async def edits(self, number: int, text: str) -> None:
        """Correct a message of one's own."""
        self._person.edits(number, text)
        self._own[number] = text
        await asyncio.sleep(CALM)

    async def presses(self, *labels: str, until: str = "") -> None:
        """Press one button after the other."""
        for label in labels:
            self._person.presses(label)
            await asyncio.sleep(CALM)
        if until:
            await self._person.sees(until)

    async def keeps(self) -> None:
        """Keep what is on the screen now."""
        await asyncio.sleep(CALM)
        chat = self._person.chat
        of_bot = [Said(one.id, one.html, one.keyboard) for one in chat.standing]
        own = [
            Said(at, escape(text), [], is_own=True, sign=chat.reactions.get(at, "")) for at, text in self._own.items()
        ]
        self.screens.append(sorted([*of_bot, *own], key=lambda said: said.number))


async def answers(phone: Telephone, token: str) -> None:
    """The first ten questions, with a slip of the pen that is corrected."""
    await phone.starts(token, until="può interrompere")
    await phone.keeps()
    await phone.presses("Partecipo", until="desidera partecipare")
    await phone.presses("Sì", until="In quale Area")
    await phone.keeps()
    await phone.presses("5", until="In quale Direzione")
    await phone.says("rifiuti", until="Da quanto tempo")
    await phone.keeps()
    await phone.presses("Da 3 a 8 anni", until="Quanto del lavoro")
    await phone.presses("Una parte", until="Quali servizi")
    await phone.presses("3", "8")
    await phone.keeps()
    await phone.presses("Fatto", until="Quale altro servizio")
    written = await phone.says("Suporto ai bandi regionali", until="livello di Zona")
    await phone.edits(written, "Supporto ai bandi regionali")
    await phone.keeps()
    await phone.presses("Sì, solo una parte", until="Come viene monitorata")
    await phone.presses("1", "Fatto", until="Con quale frequenza")
    await phone.keeps()


async def _token(engine: AsyncEngine) -> str:
    workbook = QUESTIONNAIRE.read_bytes()
    async with transaction(engine) as connection:
        form = await save_form(connection, read_xlsform(workbook).xform or "", workbook)
        new = NewSurvey("zone", TITLE, form, Mode.CONFIDENTIAL, sender="Ufficio di prova", contact="prova@example.org")
        survey = await create_survey(connection, new)
        await import_people(connection, survey.id, [Registered("one")], secret=SECRET)
        await open_survey(connection, "zone", now=NOON)
        (row,) = await participants(connection, survey.id)
    return row.token(SECRET)


async def chat() -> list[Screen]:
    """What stood in the chat at each moment that was kept."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/chat.db")
        await migrate(engine)
        token = await _token(engine)
        async with TelegramPeer() as peer, Serving(engine, peer):
            phone = Telephone(peer.person(1))
            await answers(phone, token)
        await engine.dispose()
    return phone.screens


def draw(screens: list[Screen], picture: Path) -> None:
    """A row of telephones as a PNG of few colours."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is not there: apt install chromium")
    page = Environment(loader=FileSystemLoader(DOCS), autoescape=True).get_template("telegram_chat.html")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "chat.html")
        source.write_text(page.render(screens=screens), encoding="utf-8")
        look = (f"--window-size={WIDTH},{HEIGHT}", f"--force-device-scale-factor={SHARPNESS}")
        command = [chromium, *_CHROMIUM, *look, f"--screenshot={picture}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603 - our own page
    with Image.open(picture) as drawn:
        few = drawn.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(picture, optimize=True)


def main() -> None:
    """Each row of telephones in a file of its own."""
    screens = asyncio.run(chat())
    for number, at in enumerate(range(0, len(screens), ON_ONE_PICTURE), 1):
        picture = DOCS / f"telegram-chat-{number}.png"
        draw(screens[at : at + ON_ONE_PICTURE], picture)
        print(f"{picture}: {picture.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

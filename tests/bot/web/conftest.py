"""A web chat that really runs, with a small survey and two people who are invited."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.files import Files
from bot.shelf import FormShelf
from bot.web.server import WebServer, serve_web
from bot.web.site import WebPlace
from bot.wishes import Wishes
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode
from storage.engine import snapshot, transaction
from storage.forms import save_form
from storage.register import Participant, Person, import_people, participants
from storage.surveys import NewSurvey, create_survey, get_survey, open_survey
from storage.tables import metadata
from tests.bot.web.browsing import Browser
from tests.sheets import workbook

NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
CLOSING = datetime(2026, 12, 18, 22, 59, tzinfo=UTC)
SECRET = b"a secret of the tests, of no value"
QUESTIONS = """
| survey  |
| | type | name | label::English (en) | label::Italiano (it) | hint::English (en) | required | constraint | appearance |
| | note | about | **Why** we ask: [more](https://example.org/why) | **Perché** | | | | |
| | text | name | What is it called? | Come si chiama? | <i>Not</i> your own name | yes | | |
| | select_one colours | colour | Which colour? | Che colore? | | | | |
| | select_multiple colours | others | Which others? | Quali altri? | | | | |
| | integer | number | How many? | Quanti? | At most 300 | | . <= 300 | |
| | date | since | Since when? | Da quando? | | | | |
| | range | liked | How much do you like it? | Quanto le piace? | | | | |
| | rank colours | ordered | In which order? | In che ordine? | | | | |
| | text | story | Tell us more | Ci racconti | | | | multiline |
| choices |
| | list_name | name | label::English (en) | label::Italiano (it) |
| | colours | red | Red | Rosso |
| | colours | blue | Blue & green | Blu e verde |
| | colours | black | <b>Black</b> | Nero |
| settings |
| | form_title | form_id | version | default_language |
| | Colours | colours | 1 | English (en) |
"""


@dataclass
class Place:
    """A running web chat: its address, the tokens of the invited, and the rows that it has stored."""

    address: str
    server: WebServer
    dialogue: Dialogue
    engine: AsyncEngine
    tokens: list[str]
    wishes: Wishes

    async def answers(self) -> list[tuple[str, str]]:
        """Every answer row, (path, value), in the order of keeping."""
        answers = metadata.tables["answers"]
        async with snapshot(self.engine) as connection:
            rows = await connection.execute(select(answers.c.path, answers.c.value).order_by(answers.c.revision))
            return [(row.path, row.value) for row in rows]

    async def everything(self) -> dict[str, list[str]]:
        """Every row of every table, as text."""
        async with snapshot(self.engine) as connection:
            return {
                table.name: sorted(repr(tuple(row)) for row in await connection.execute(select(table)))
                for table in metadata.sorted_tables
            }

    async def people(self) -> list[Participant]:
        """The register."""
        async with snapshot(self.engine) as connection:
            return await participants(connection, (await get_survey(connection, "colours")).id)

    async def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        async with snapshot(self.engine) as connection:
            return {
                table.name: (await connection.scalar(select(func.count()).select_from(table))) or 0
                for table in metadata.sorted_tables
            }


async def invite(
    engine: AsyncEngine, book: bytes, *languages: str, files: Mapping[str, bytes] | None = None
) -> list[str]:
    """Open a survey with this questionnaire; the tokens of as many people as languages are given."""
    compiled = read_xlsform(book)
    assert compiled.xform, compiled.problems
    people = [
        Person(f"p{number}", email=f"p{number}@example.org", language=language)
        for number, language in enumerate(languages)
    ]
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, compiled.xform, book, files)
        new = NewSurvey("colours", "Colours & more", form_hash, Mode.CONFIDENTIAL, "The <Office>", "office@example.org")
        survey = await create_survey(connection, replace(new, closes_at=CLOSING))
        await open_survey(connection, "colours", now=NOON)
        await import_people(connection, survey.id, people, secret=SECRET)
        return [participant.token(SECRET) for participant in await participants(connection, survey.id)]


@asynccontextmanager
async def serving(
    dialogue: Dialogue, site: WebPlace, wishes: Wishes | None = None, files: Files | None = None
) -> AsyncIterator[Browser]:
    """One more web chat, and a browser in front of it."""
    server = await serve_web(dialogue, site, wishes, files)
    browser = Browser(f"http://127.0.0.1:{server.port}")
    yield browser
    await browser.close()
    await server.stop()


def telegram_link(token: str) -> str:
    """Where the same invitation is answered in Telegram."""
    return f"https://t.me/colours_bot?start={token}"


@pytest.fixture
async def place(engine: AsyncEngine) -> AsyncIterator[Place]:
    """The web chat, listening."""
    tokens = await invite(engine, workbook(QUESTIONS), "en", "en")
    dialogue = Dialogue(engine, FormShelf(), lambda: NOON)
    site = WebPlace("127.0.0.1", 0, "http://127.0.0.1", telegram_link)
    wishes = Wishes(engine, SECRET, lambda: NOON)
    server = await serve_web(dialogue, site, wishes)
    yield Place(f"http://127.0.0.1:{server.port}", server, dialogue, engine, tokens, wishes)
    await server.stop()


@pytest.fixture
async def new_browser(place: Place) -> AsyncIterator[Callable[..., Browser]]:
    """Open one more browser, with these headers."""
    opened: list[Browser] = []

    def new(**headers: str) -> Browser:
        opened.append(Browser(place.address, **headers))
        return opened[-1]

    yield new
    for browser in opened:
        await browser.close()


@pytest.fixture
async def browser(new_browser: Callable[..., Browser]) -> Browser:
    """The first person's browser."""
    return new_browser()

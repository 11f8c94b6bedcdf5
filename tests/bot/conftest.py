"""A Telegram server, a survey with two people, and the bot between them."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.telegram import calls, polling
from storage.register import Person as Registered
from tests.bot.clumsy import Clumsy
from tests.bot.installation import install
from tests.bot.lives import FieldWork
from tests.bot.mail_server import MailServer
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.sheets import workbook

TEA = """
| survey   |
|          | type                  | name  | label::Italiano (it) | label::English (en) | relevant        | constraint | constraint_message::Italiano (it) | required |
|          | text                  | name  | Come si chiama?      | What is your name?  |                 |            |                                   | yes      |
|          | select_one yes_no     | likes | Le piace il tè?      | Do you like tea?    |                 |            |                                   | yes      |
|          | select_multiple kinds | kinds | Quali tè beve?       | Which kinds?        | ${likes}='yes'  |            |                                   | yes      |
|          | integer               | cups  | Quante tazze?        | How many cups?      | ${likes}='yes'  | . < 10     | Sono troppe tazze.                |          |
| choices  |
|          | list_name | name  | label::Italiano (it) | label::English (en) |
|          | yes_no    | yes   | Sì                   | Yes                 |
|          | yes_no    | no    | No                   | No                  |
|          | kinds     | green | Verde                | Green               |
|          | kinds     | black | Nero                 | Black               |
|          | kinds     | white | Bianco               | White               |
| settings |
|          | form_title | form_id | version | default_language |
|          | Il tè      | tea     | 1       | Italiano (it)    |
"""  # noqa: E501 - a sheet is as wide as it is
PEOPLE = (Registered("ann"), Registered("bob"), Registered("eve", language="en"))


@pytest.fixture
async def peer() -> AsyncIterator[TelegramPeer]:
    """The Bot API, on loopback."""
    async with TelegramPeer() as running:
        yield running


@pytest.fixture
async def tokens(engine: AsyncEngine) -> dict[str, str]:
    """An open survey about tea; the tokens of its people by id."""
    return await install(engine, workbook(TEA), PEOPLE)


@pytest.fixture
async def serving(engine: AsyncEngine, peer: TelegramPeer, tokens: dict[str, str]) -> AsyncIterator[Serving]:
    """The bot, serving the survey about tea."""
    assert tokens
    async with Serving(engine, peer) as running:
        yield running


@pytest.fixture
def unsparing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No chat has to be spared: somebody who does much in a test would wait for seconds."""
    monkeypatch.setattr(calls, "MESSAGES_AT_ONCE", 100)
    monkeypatch.setattr(calls, "EDITS_AT_ONCE", 100)


@pytest.fixture
async def clumsy_ann(
    unsparing: None, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
) -> AsyncIterator[Clumsy]:
    """Somebody at the first question; afterwards Telegram has nothing to complain about, and nothing spins."""
    assert unsparing is None
    ann = Clumsy(peer, 1, "it")
    ann.starts(tokens["ann"])
    await ann.sees("Indagine")
    ann.presses("Partecipo")
    await ann.sees("Come si chiama?")
    yield ann
    await serving.stop()
    assert not peer.errors
    assert not peer.waiting


@pytest.fixture
def quick_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is owed is said at once."""
    monkeypatch.setattr(polling, "SWEEP_AFTER_DOUBT", 0.0)


@pytest.fixture
async def work(engine: AsyncEngine, database_url: str, peer: TelegramPeer) -> AsyncIterator[FieldWork]:
    """Two people with chats and one with an address only, none of whom has answered."""
    async with MailServer() as mail:
        work = FieldWork(engine, database_url, peer, mail)
        await work.invites(chats=2, addresses=1)
        yield work

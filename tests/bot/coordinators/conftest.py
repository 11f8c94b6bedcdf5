"""A coordinator of the survey about tea, with a Telegram account that opens the link."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.coordinators import name_coordinator
from storage.engine import transaction
from storage.surveys import get_survey
from tests.bot.installation import NOON, SECRET
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer

Named = Callable[..., Awaitable[str]]


@pytest.fixture
async def serving(
    engine: AsyncEngine, database_url: str, peer: TelegramPeer, tokens: dict[str, str], tmp_path: Path
) -> AsyncIterator[Serving]:
    """The bot, whose exports find the same database."""
    assert tokens
    surroundings = {"COLLOQUIO_DATABASE_URL": database_url, "COLLOQUIO_SECRET": SECRET.decode()}
    async with Serving(engine, peer, folder=tmp_path, surroundings=surroundings) as running:
        yield running


@pytest.fixture
def named(engine: AsyncEngine) -> Named:
    """Names somebody for surveys, and gives the one-time token."""

    async def name(who: str = "Anna Rossi", *surveys: str) -> str:
        async with transaction(engine) as connection:
            found = [await get_survey(connection, survey) for survey in surveys or ("indagine",)]
            return (await name_coordinator(connection, who, found, now=NOON))[1]

    return name


@pytest.fixture
async def anna(peer: TelegramPeer, serving: Serving, named: Named) -> Person:
    """A coordinator who has opened the link."""
    assert serving
    anna = peer.person(501)
    anna.starts(await named())
    await anna.sees("/rate")
    return anna

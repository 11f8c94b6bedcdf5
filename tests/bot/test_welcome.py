"""The first screen: what it says can be copied and leads somewhere."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.welcome import greet_demo
from storage.register import Person
from storage.settings import Settings
from tests.bot.conftest import TEA
from tests.bot.installation import install
from tests.sheets import workbook

ADDRESS = "http://127.0.0.1:8080"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """On a narrow terminal."""
    monkeypatch.setenv("COLUMNS", "80")
    return Settings(data_dir=tmp_path)


async def test_links_and_commands_are_whole_on_a_narrow_terminal(engine: AsyncEngine, settings: Settings, capsys):
    """Somebody is going to copy them."""
    name = "indagine-sul-benessere-organizzativo"
    people = (Person("ann"), Person("bob"))
    tokens = await install(engine, workbook(TEA), people, name=name, secret=settings.secret_key())

    await greet_demo(engine, ADDRESS, settings)

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert f"{ADDRESS}/s/{tokens['ann']}" in lines
    assert f"./colloquio export {name} --format xlsx --out results" in lines
    assert "COLLOQUIO_TELEGRAM_TOKEN=... ./colloquio" in lines


async def test_without_an_open_survey_the_demo_says_where_the_web_chat_is(
    engine: AsyncEngine, settings: Settings, capsys
):
    """Somebody may have closed the example."""
    await install(engine, workbook(TEA), (Person("ann"),), opens=False)

    await greet_demo(engine, ADDRESS, settings)

    said = capsys.readouterr()
    assert not said.out
    assert ADDRESS in said.err

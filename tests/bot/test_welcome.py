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

    await greet_demo(engine, name, ADDRESS, settings)

    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert f"{ADDRESS}/s/{tokens['ann']}" in lines
    assert f"./colloquio export {name} --format xlsx --out results" in lines
    assert "COLLOQUIO_TELEGRAM_TOKEN=... ./colloquio" in lines


async def test_without_an_open_survey_the_demo_says_where_the_web_chat_is(
    engine: AsyncEngine, settings: Settings, capsys
):
    """Somebody may have closed the example."""
    await install(engine, workbook(TEA), (Person("ann"),), name="prova", opens=False)

    await greet_demo(engine, "prova", ADDRESS, settings)

    said = capsys.readouterr()
    assert not said.out
    assert ADDRESS in said.err
    assert "Open surveys: none." in said.err
    assert "./colloquio survey open prova" in said.err


@pytest.mark.parametrize("opens", [True, False])
async def test_the_demo_shows_an_invitation_of_its_own_survey_only(
    engine: AsyncEngine, settings: Settings, capsys, *, opens: bool
):
    """Another survey is real: its first person's link would hand somebody's answers to whoever starts the demo."""
    secret = settings.secret_key()
    real = await install(engine, workbook(TEA), (Person("ann"),), name="a-real-one", secret=secret)
    tried = await install(engine, workbook(TEA), (Person("bob"),), name="prova", secret=secret, opens=opens)

    await greet_demo(engine, "prova", ADDRESS, settings)

    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert real["ann"] not in said
    assert (tried["bob"] in said) is opens
    assert ("Open surveys: a-real-one." in said) is not opens

"""A field period as a text that a coordinator can read; and the same one on both databases."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.engine import open_engine
from tests.field_work.conftest import PLAYED, people, questionnaire
from tests.field_work.journal import Journal
from tests.field_work.ledger import ledger_of
from tests.field_work.month import play_month

MONTH = Path(__file__).parent / "month.txt"


def test_a_spring_comes_out_as_it_is_written(play: Callable[[str], Journal], request: pytest.FixtureRequest):
    """Every message that left: when, to whom, by what, in whose words, and what was known."""
    played = ledger_of(play("spring"))
    if request.config.getoption("--update-transcripts"):
        MONTH.write_text(played, encoding="utf-8")
    assert played == MONTH.read_text(encoding="utf-8")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_autumn_is_the_same_on_both_databases(database_url: str, play: Callable[[str], Journal], tmp_path: Path):
    """To the letter."""

    async def on_postgresql() -> Journal:
        engine = open_engine(database_url)
        plan, seed = PLAYED["autumn"]
        journal = await play_month(engine, tmp_path, plan, seed, questionnaire("autumn"), people())
        await engine.dispose()
        return journal

    assert ledger_of(asyncio.run(on_postgresql())) == ledger_of(play("autumn"))

"""Field periods that are played once for all tests, whichever process of the run needs them first."""

import asyncio
import fcntl
import functools
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event

from admin_scripts.register_file import read_register
from admin_scripts.register_people import understand
from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from storage.engine import open_engine
from storage.register import Person
from tests.field_work.journal import Journal
from tests.field_work.month import Plan, play_month
from tests.field_work.plans import AUTUMN, SPRING, WINTER
from tests.field_work.questionnaire import SHORT
from tests.sheets import workbook

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAYED: dict[str, tuple[Plan, int]] = {"spring": (SPRING, 1), "autumn": (AUTUMN, 2), "winter": (WINTER, 3)}
"""By name: the plan and the seed that says who is how."""


@functools.cache
def people() -> tuple[Person, ...]:
    """The register of the examples: 134 people."""
    languages = load_form(read_xlsform(questionnaire("spring")).xform or "").languages
    return understand(read_register(EXAMPLES / "staff.csv"), languages).people


def questionnaire(name: str) -> bytes:
    """The workbook: the real one in spring, a short one otherwise."""
    return (EXAMPLES / "zone_omogenee_po.xlsx").read_bytes() if name == "spring" else workbook(SHORT)


@pytest.fixture(scope="session")
def play(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Callable[[str], Journal]:
    """Plays a field period by its name, on SQLite; each only once."""

    async def on_sqlite(name: str, folder: Path) -> Journal:
        database = shutil.copyfile(sqlite_template, folder / "colloquio.db")
        engine = open_engine(f"sqlite:///{database}")
        event.listen(engine.sync_engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF").close())
        plan, seed = PLAYED[name]
        journal = await play_month(engine, folder / "outbox", plan, seed, questionnaire(name), people())
        await engine.dispose()
        return journal

    @functools.cache
    def once(name: str) -> Journal:
        kept = tmp_path_factory.getbasetemp()
        kept = (kept.parent if kept.name.startswith("popen-") else kept) / f"{name}.journal"  # of all processes
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                kept.write_bytes(pickle.dumps(asyncio.run(on_sqlite(name, tmp_path_factory.mktemp(name)))))
        return pickle.loads(kept.read_bytes())  # noqa: S301 - our own

    return once


@pytest.fixture(params=PLAYED)
def journal(play: Callable[[str], Journal], request: pytest.FixtureRequest) -> Journal:
    """What happened in a field period: each test is about every one of them."""
    return play(request.param)

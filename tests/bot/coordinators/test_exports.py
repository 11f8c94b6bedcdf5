"""/export: a protected file, on record under the coordinator's name, made outside of the bot and gone afterwards."""

import json
import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.coordinators.exporter import Exported, Exporter, NotExported, program, read_result
from conversations.protocol import Mode
from storage.engine import snapshot, transaction
from storage.releases import Kind, Release, list_releases
from storage.surveys import get_survey
from storage.tables import surveys
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer
from tests.bot.test_walk import RECEIPT, SUBMIT, begun


@pytest.fixture(autouse=True)
def _patience(peer: TelegramPeer) -> None:
    """An export is a program of its own, which takes its time to start on a busy machine."""
    peer.patience = 120.0


async def releases(engine: AsyncEngine) -> tuple[Release, ...]:
    async with snapshot(engine) as connection:
        return await list_releases(connection, (await get_survey(connection, "indagine")).id)


async def answered(person: Person, token: str, name: str) -> None:
    """Handed in, without any tea."""
    await begun(person, token)
    person.says(name)
    await person.sees("Le piace il tè?")
    person.says("no")
    await person.sees("Le sue risposte")
    person.presses(SUBMIT)
    await person.sees(RECEIPT)


async def test_the_file_comes_and_is_on_record(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person, tokens: dict[str, str], tmp_path: Path
):
    """A workbook, what was withheld below it; nothing stays on the disk."""
    await answered(peer.person(2), tokens["bob"], "Bob Verdi")
    anna.says("/export")
    await anna.sees("Il file è in preparazione")
    sent = await anna.sees("1 risposta.")
    book = load_workbook(BytesIO(sent.file))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "likes" in cells
    assert "bob" not in cells
    assert "Escluso dal file, perché potrebbe rivelare chi ha risposto: submitted_on" in sent.text
    assert set(anna.chat.actions) <= {"upload_document"}  # nothing where it took less than a second
    (release,) = await releases(engine)
    assert (release.kind, release.who, release.responses) == (Kind.PROTECTED, "Anna Rossi", 1)
    await serving.stop()
    assert not list((tmp_path / "sending").iterdir())
    assert not peer.errors

    await serving.start()
    await answered(peer.person(1), tokens["ann"], "Ann")
    anna.says("/export")
    await anna.sees("troppo poche risposte")
    assert len(await releases(engine)) == 1


async def test_without_responses_there_is_nothing_to_export(engine: AsyncEngine, anna: Person):
    """It is said, and nothing is put on record."""
    anna.says("/export")
    await anna.sees("non c'è nulla da esportare")
    assert not await releases(engine)


async def test_answers_with_names_do_not_go_through_a_chat(engine: AsyncEngine, anna: Person):
    """In an identified survey nothing would be withheld, so the file is made on the computer only."""
    async with transaction(engine) as connection:
        await connection.execute(update(surveys).values(mode=Mode.IDENTIFIED))
    anna.says("/export")
    await anna.sees("non si invia in una chat")
    assert not await releases(engine)


def test_packages_that_are_missing_are_not_fetched_by_a_chat(tmp_path: Path):
    """The launcher would install them; only an administrator has it do so."""
    environment = tmp_path / ".venv"
    (environment / "report").mkdir(parents=True)
    assert program(tmp_path, str(environment)) is None
    (environment / "report" / "requirements-report.lock").touch()
    assert program(tmp_path, str(environment)) == [str(tmp_path / "colloquio")]
    assert read_result(1, "", "This command needs more packages (pyarrow is missing)", tmp_path) is NotExported.PACKAGES


@pytest.mark.parametrize(
    ("status", "said", "why"),
    [
        (1, '{"refused": "few"}\n', NotExported.FEW),
        (1, '{"refused": "other"}\n', NotExported.FAILED),
        (1, "", NotExported.FAILED),
        (-9, "", NotExported.FAILED),
    ],
)
def test_why_there_is_no_file_is_understood(tmp_path: Path, status: int, said: str, why: NotExported):
    """What nobody foresaw is a failure; the log says which."""
    assert read_result(status, said, "", tmp_path) is why


def test_a_file_that_telegram_would_not_take_is_not_sent(tmp_path: Path):
    """It is known before it is tried."""
    told = {"files": ["a.xlsx"], "responses": 1, "withheld": {}, "describes_nobody": False, "sent_files": 0}
    file = tmp_path / "a.xlsx"
    file.touch()
    assert isinstance(read_result(0, json.dumps(told), "", tmp_path), Exported)
    os.truncate(file, 46_000_000)
    assert read_result(0, json.dumps(told), "", tmp_path) is NotExported.LARGE


async def test_what_a_kill_has_left_goes_with_the_next_export(tmp_path: Path):
    """A file that was being sent when the process died stays no longer than that."""
    old, new = tmp_path / "sending" / "old", tmp_path / "sending" / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "a.xlsx").touch()
    os.utime(old, (time.time() - 7200,) * 2)
    exporter = Exporter(tmp_path, {"COLLOQUIO_DATABASE_URL": f"sqlite:///{tmp_path}/none.db"})
    async with exporter.exported("no-survey", "Anna Rossi") as made:
        assert made is NotExported.FAILED
    assert not old.exists()
    assert new.exists()

"""Messages as files, for an installation without a mail server."""

import logging
import stat
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from bot.mail.folder import FolderCarrier
from storage.postings import FILED, Later, Sent
from tests.bot.mail.errands import composed, errand


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_message_becomes_a_file_that_mail_programs_open(tmp_path: Path):
    """For its owner only, since it holds a personal link; the folder is made with it."""
    folder = tmp_path / "data" / "outbox"
    mail = composed()

    assert await FolderCarrier(folder).carry(mail) == Sent(FILED)

    assert names_in(folder) == [f"{mail.name}.eml"]
    file = folder / f"{mail.name}.eml"
    assert file.read_bytes() == mail.message.as_bytes()
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["To"].addresses[0].addr_spec == mail.recipient
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_the_same_message_again_is_the_same_file(tmp_path: Path):
    """As after a crash between the writing and its record."""
    carrier = FolderCarrier(tmp_path)
    for _ in range(2):
        await carrier.carry(composed())
    await carrier.carry(composed(errand(occasion="w13")))
    await carrier.close()

    assert len(names_in(tmp_path)) == 2


async def test_a_folder_that_cannot_be_written_to_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """Nothing is lost and nothing half written; the log says which folder, and nobody's name."""
    (tmp_path / "outbox").write_text("a file stands in the way")

    outcome = await FolderCarrier(tmp_path / "outbox").carry(composed())

    assert isinstance(outcome, Later)
    assert outcome.pauses_all
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert str(tmp_path / "outbox") in caplog.text
    assert "ada@" not in caplog.text
    assert names_in(tmp_path) == ["outbox"]


async def test_a_file_that_cannot_take_its_name_leaves_nothing_behind(tmp_path: Path):
    """A folder has the name already."""
    mail = composed()
    (tmp_path / f"{mail.name}.eml").mkdir()

    assert isinstance(await FolderCarrier(tmp_path).carry(mail), Later)
    assert len(names_in(tmp_path)) == 1

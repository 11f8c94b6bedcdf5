"""What becomes of files that are no answer: deleted, unless anybody's answer has the same content."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue import Dialogue
from bot.files import Files
from bot.shelf import FormShelf
from bot.web.site import WebPlace
from storage.media import MediaFolder
from tests.bot.web.browsing import Browser
from tests.bot.web.conftest import NOON, invite, serving
from tests.bot.web.test_files import GIF, kept, upload
from tests.sheets import workbook

FORM = """
| survey |
| | type | name | label::English (en) |
| | image | view | What do you see? |
| | text | word | Your word? |
| settings |
| | form_title | form_id | version | default_language |
| | Trip | trip | 1 | English (en) |
"""
PDF = b"%PDF-1.7"


@pytest.fixture
def files(engine, tmp_path):
    return Files(engine, MediaFolder(tmp_path / "media"))


@pytest.fixture
async def two(engine, files):
    """Two people, each in front of the question for a picture."""
    tokens = await invite(engine, workbook(FORM), "en", "en")
    async with serving(Dialogue(engine, FormShelf(), lambda: NOON), WebPlace("127.0.0.1", 0, ""), files=files) as one:
        other = Browser(one.address)
        for browser, token in zip((one, other), tokens, strict=True):
            await browser.start(token)
            await browser.press("Take part")
        yield one, other
        await other.close()


async def submit(browser):
    await browser.press("Skip")
    assert "submitted" in (await browser.press("Submit my answers")).text


async def test_a_refused_file_is_deleted_after_its_turn(two, tmp_path):
    """It is no picture, and nobody's answer."""
    await upload(two[0], PDF, "x.pdf")
    assert kept(tmp_path) == []


async def test_what_was_replaced_is_deleted_at_the_submission(two, tmp_path):
    """Until then it is part of the history."""
    await upload(two[0], GIF + b"first")
    await two[0].press("Back")
    await upload(two[0], GIF + b"second")
    assert len(kept(tmp_path)) == 2
    await submit(two[0])
    (name,) = kept(tmp_path)
    assert (tmp_path / "media" / name[:2] / name).read_bytes() == GIF + b"second"


async def test_the_same_content_is_kept_as_long_as_anybody_names_it(two, tmp_path):
    """In a session or in a response."""
    for browser in two:
        await upload(browser, GIF)
        await browser.press("Back")
    await upload(two[0], GIF + b"other")
    await submit(two[0])
    assert len(kept(tmp_path)) == 2, "the other person's answer"
    await upload(two[1], GIF + b"other")
    await submit(two[1])
    (name,) = kept(tmp_path)
    assert (tmp_path / "media" / name[:2] / name).read_bytes() == GIF + b"other"


async def pieces(content):
    yield content


async def test_what_a_kill_has_left_is_swept_away_after_a_day(two, files, tmp_path, engine):
    """What an answer names stays, and so does what has just come: its turn may be on its way."""
    await upload(two[0], GIF)
    named = kept(tmp_path)
    await files.receive(pieces(PDF))
    later = Files(engine, MediaFolder(tmp_path / "media"))  # the process that is started after the kill
    await later.tidy(datetime.now(UTC))
    assert len(kept(tmp_path)) == 2
    await later.tidy(datetime.now(UTC) + timedelta(days=2))
    assert kept(tmp_path) == named

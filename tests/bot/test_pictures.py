"""The author's pictures in Telegram: the question is the caption of its own, those of choices are one album."""

import pytest

from bot.telegram import calls
from storage.register import Person as Registered
from tests.bot.installation import install
from tests.bot.serving import Serving
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PNG = {name: b"\x89PNG\r\n\x1a\n" + name.encode() for name in ("a.png", "b.png", "c.png")}
LONG = "parola " * 160
GALLERY = f"""
| survey |
| | type | name | label::Italiano (it) | media::image::Italiano (it) | required | constraint |
| | select_one l | here | Che cosa è? | a.png | yes | |
| | text | more | Che altro? | b.png | yes | string-length(.) < 1500 |
| | text | long | {LONG} | c.png | yes | |
| | select_one f | best | Quale preferisce? | | yes | |
| | select_multiple f | good | Quali vanno bene? | | yes | |
| choices |
| | list_name | name | label::Italiano (it) | media::image::Italiano (it) |
| | l | door | Porta | |
| | l | wall | Muro | |
| | f | a | La prima | a.png |
| | f | b | La seconda | b.png |
| | f | c | Nessuna | |
| settings |
| | form_title | form_id | version | default_language |
| | Mostra | gallery | 1 | Italiano (it) |
"""


@pytest.fixture
async def ann(engine, peer, tmp_path, monkeypatch):
    """Somebody who has begun, in front of the first question, in a chat that nobody has to spare."""
    monkeypatch.setattr(calls, "MESSAGES_AT_ONCE", 100)
    tokens = await install(engine, workbook(GALLERY), (Registered("ann"),), files=PNG)
    async with Serving(engine, peer, folder=tmp_path) as serving:
        assert serving
        ann = peer.person(1)
        ann.starts(tokens["ann"])
        await ann.sees("Indagine")
        ann.presses("Partecipo")
        await ann.sees("Che cosa è?")
        yield ann
    assert not peer.errors


async def test_a_picture_and_its_question_are_one_message(ann, peer):
    """With the buttons below; settled in its caption when it is answered."""
    first = ann.last
    assert (first.file, first.buttons) == (PNG["a.png"], ["Porta", "Muro"])
    ann.presses("Porta")
    second = await ann.sees("Che altro?")
    await peer.until(lambda: not first.keyboard, "the end of the first question")
    assert "Porta" in first.text
    assert second.file == PNG["b.png"]
    assert len(peer.calls_of("editMessageCaption")) == 1


async def test_what_is_refused_is_asked_again_without_the_picture(ann):
    """Which stays above; after a restart, too, its message is known to be a picture."""
    ann.presses("Muro")
    picture = await ann.sees("Che altro?")
    ann.says("x" * 1600)
    again = await ann.sees("Che altro?")
    assert (again.file, picture.is_deleted) == (b"", False)
    ann.presses("Indietro", again)
    back = await ann.sees("Che cosa è?")
    assert back.file == PNG["a.png"]


async def test_a_question_that_is_too_long_for_a_caption_stands_below_its_picture(ann, peer):
    """As Telegram wants it: 1024 characters."""
    ann.presses("Muro")
    await ann.sees("Che altro?")
    ann.says("niente")
    question = await ann.sees("parola parola")
    assert question.file == b""
    assert [m.file for m in ann.chat.messages if m.file] == list(PNG.values())
    assert peer.uploads == list(PNG.values())


async def test_pictures_of_choices_are_one_album_with_numbered_buttons(ann, peer):
    """The words of each stand in the text; the second time Telegram's own copies are sent."""
    ann.presses("Muro")
    await ann.sees("Che altro?")
    ann.says("niente")
    await ann.sees("parola parola")
    ann.says("niente")
    question = await ann.sees("Quale preferisce?")
    assert [m.text for m in ann.chat.messages if m.file][-2:] == ["1. La prima", "2. La seconda"]
    assert "3. Nessuna" in question.text
    assert question.buttons[:3] == ["1", "2", "3"]
    ann.presses("2")
    await ann.sees("Quali vanno bene?")
    assert len(peer.calls_of("sendMediaGroup")) == 2
    assert peer.uploads == list(PNG.values())

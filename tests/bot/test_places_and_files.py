"""Places, files and pictures in Telegram: shared, fetched, kept, shown, and what goes wrong with them."""

import pytest

from bot.telegram import busy, calls
from storage.register import Person as Registered
from tests.bot.installation import install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Fault
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GIF = b"GIF89a" + bytes(40)
PDF = b"%PDF-1.7"
KEYS_AWAY = "Il pulsante per inviare la posizione è stato tolto."
NAME = """
| survey |
| | type | name | label |
| | text | name | Come si chiama? |
"""
EXCURSION = """
| survey |
| | type | name | label::Italiano (it) | media::image::Italiano (it) | appearance |
| | geopoint | where | Dov'è? | porta.gif | |
| | geotrace | path | Che strada ha fatto? | | |
| | image | view | Che cosa vede? | | |
| | audio | song | Che cosa sente? | | |
| | text | secret | La parola? | | masked |
| | select_one l | likes | Le piace? | | likert |
| choices |
| | list_name | name | label::Italiano (it) | media::image::Italiano (it) |
| | l | yes | Sì | porta.gif |
| | l | no | No | |
| settings |
| | form_title | form_id | version | default_language |
| | Gita | trip | 1 | Italiano (it) |
"""


@pytest.fixture
async def walker(engine, peer, tmp_path, monkeypatch):
    """Somebody who has begun, in front of the first question, in a chat that nobody has to spare."""
    monkeypatch.setattr(calls, "MESSAGES_AT_ONCE", 100)
    tokens = await install(engine, workbook(EXCURSION), (Registered("ann"),), files={"porta.gif": GIF})
    async with Serving(engine, peer, folder=tmp_path) as serving:
        assert serving
        ann = peer.person(1)
        ann.starts(tokens["ann"])
        await ann.sees("Indagine")
        ann.presses("Partecipo")
        await ann.sees("Dov'è?")
        yield ann
    assert not [error for error in peer.errors if "too big" not in error]


def kept(folder):
    return sorted(path.name for path in (folder / "media").rglob("*") if path.is_file())


async def at(ann, question):
    while question not in ann.last.text:
        before = ann.last
        if "Salta" in ann.chat.keys:
            ann.says("Salta")
        else:
            ann.presses("Salta", before)
        await ann.peer.until(lambda: ann.last is not before and ann.last.text != KEYS_AWAY, "the next question")  # noqa: B023


async def test_the_key_does_not_follow_into_another_survey(engine, walker):
    """It would share a place with a question that asks for something else; a sign alone would look like a receipt."""
    other = await install(engine, workbook(NAME), (Registered("ann"),), name="altra", title="Altra")
    walker.starts(other["ann"])
    await walker.sees("Altra")
    assert KEYS_AWAY in [message.text for message in walker.chat.messages]
    assert not walker.chat.keys
    walker.says("/surveys")
    walker.presses("Passo a «Indagine»", await walker.sees("«Indagine»"))
    await walker.sees("Dov'è?")
    assert walker.chat.keys


async def test_a_place_is_shared_with_a_key_that_goes_away_again(walker):
    """The phone's own key, and the words that go on; the answer stands where the question stood."""
    assert walker.chat.keys == ["Invio la mia posizione", "Salta"]
    walker.sends(location={"latitude": 45.4642, "longitude": 9.19, "horizontal_accuracy": 12.5})
    path = await walker.sees("Che strada")
    assert walker.chat.keys == ["Invio la mia posizione", "Salta", "Indietro"]
    walker.sends(venue={"title": "x"}, location={"latitude": 45.0, "longitude": 9.0})
    await walker.sees("1 punto")
    walker.says("45.1, 9.1")
    await walker.sees("2 punti")
    assert walker.chat.keys[1:] == ["Annullo l'ultimo passo", "Fatto", "Salta", "Indietro"]
    walker.says("Fatto")
    await walker.sees("Che cosa vede?")
    assert walker.chat.keys == []
    assert any("2 punti" in text and "Che strada" in text for text in walker.texts())
    assert path.edits == 0


async def test_the_authors_picture_comes_before_its_question_and_once(walker, peer):
    """Asked again after a slip, it is not sent again; the second time Telegram's own copy is used."""
    pictures = [m for m in walker.chat.messages if m.file]
    assert [m.file for m in pictures] == [GIF]
    walker.says("sotto l'albero")
    await walker.sees("coordinate")
    assert len([m for m in walker.chat.messages if m.file]) == 1
    await at(walker, "Le piace?")
    assert peer.uploads == [GIF]
    assert [m.text for m in walker.chat.messages if m.file] == ["", "Sì"]


async def test_a_photo_is_fetched_and_kept_in_its_largest_size(walker, peer, tmp_path):
    """Before the turn: the answer is the name of a file that is there."""
    await at(walker, "Che cosa vede?")
    peer.files = {"small": b"GIF89asmall", "large": GIF}
    walker.sends(photo=[{"file_id": "small", "width": 9, "height": 9}, {"file_id": "large", "width": 90, "height": 90}])
    await walker.sees("Che cosa sente?")
    (name,) = kept(tmp_path)
    assert name.endswith(".gif")
    assert any("Immagine ricevuta" in text for text in walker.texts())


async def test_of_an_album_only_the_first_is_fetched_and_that_is_said(walker, peer, tmp_path):
    """The others would be nobody's answer."""
    await at(walker, "Che cosa vede?")
    peer.files = {"one": GIF, "two": GIF + b"2"}
    for name in ("one", "two"):
        walker.sends(photo=[{"file_id": name}], media_group_id="a1")
    await walker.sees("soltanto il primo")
    walker.says("/status")
    await walker.sees("Le risposte sono salvate")
    assert len(kept(tmp_path)) == 1


async def test_what_is_not_asked_for_is_not_fetched(walker, peer, tmp_path):
    """Of a picture for a place, or a picture for a sound, nothing stays but a sentence."""
    walker.sends(photo=[{"file_id": "x"}])
    await walker.sees("leggere un'immagine")
    assert not peer.calls_of("getFile")
    await at(walker, "Che cosa sente?")
    walker.sends(sticker={})
    await walker.sees("serve una registrazione")
    peer.files = {"v": b"OggS....OpusHead"}
    walker.sends(voice={"file_id": "v", "mime_type": "audio/ogg"})
    await walker.sees("La parola?")
    assert [name[-4:] for name in kept(tmp_path)] == [".ogg"]


async def test_a_voice_message_is_a_recording_whatever_its_format(walker, peer):
    """What Telegram plays as sound is not refused as none; what is known to be something else still is."""
    await at(walker, "Che cosa sente?")
    peer.files = {"v": b"a format of tomorrow", "p": GIF}
    walker.sends(voice={"file_id": "p"})
    await walker.sees("non è una registrazione")
    walker.sends(voice={"file_id": "v"})
    await walker.sees("La parola?")


@pytest.mark.parametrize("size", [0, 21 << 20])
async def test_a_file_that_is_too_large_is_not_fetched(walker, peer, tmp_path, size):
    """Whether Telegram says so in the message or later."""
    await at(walker, "Che cosa vede?")
    peer.files = {"x": bytes(21 << 20)}
    walker.sends(document={"file_id": "x", "file_size": size})
    await walker.sees("al massimo 20 MB")
    assert kept(tmp_path) == []


async def test_a_download_that_breaks_off_is_tried_again(walker, peer, tmp_path):
    """Twice; after that the person is asked to send it once more, and half of it is nowhere."""
    await at(walker, "Che cosa vede?")
    peer.files = {"x": GIF}
    peer.fail("download", Fault(), Fault())
    walker.sends(document={"file_id": "x"})
    await walker.sees("Il file non è arrivato")
    assert kept(tmp_path) == []
    peer.fail("download", Fault())
    walker.sends(document={"file_id": "x"})
    await walker.sees("Che cosa sente?")
    assert len(kept(tmp_path)) == 1


async def test_a_file_that_takes_long_is_seen_to_be_worked_on(walker, peer, monkeypatch):
    """The chat says so until the file is here; for a usual one it says nothing."""
    await at(walker, "Che cosa vede?")
    peer.files = {"x": GIF}
    peer.gives.clear()
    assert not peer.calls_of("sendChatAction")
    monkeypatch.setattr(busy, "SLOW", 0.0)
    walker.sends(document={"file_id": "x"})
    await peer.until(lambda: peer.calls_of("sendChatAction"), "a sign")
    peer.gives.set()
    await walker.sees("Che cosa sente?")


async def test_a_secret_is_taken_out_of_the_chat(walker, peer):
    """The message that held it; what the bot says does not hold it either."""
    await at(walker, "La parola?")
    number = walker.says("sesamo")
    await walker.sees("Le piace?")
    await peer.until(lambda: walker.chat.erased, "the message is gone")
    assert walker.chat.erased == [number]
    assert not any("sesamo" in text for text in walker.texts())


async def test_a_likert_question_is_one_row(walker):
    """As the author wishes."""
    await at(walker, "Le piace?")
    assert [button["text"] for button in walker.last.keyboard[0]] == ["Sì", "No"]

"""Places, files and pictures in the web chat: without JavaScript, and never for somebody else's eyes."""

from io import BytesIO

import pytest
from aiohttp import FormData

from bot.dialogue import Dialogue
from bot.files import Files
from bot.shelf import FormShelf
from bot.web.site import WebPlace
from storage.media import MediaFolder
from tests.bot.web.conftest import NOON, invite, serving
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
GIF = b"GIF89a" + bytes(40)
OTHERS = {"list.csv": b"name,label\n", "page.svg": b"<html/>", "drawing.svg": b"<svg/>"}
TRIP = (
    """
| survey |
| | type | name | label::English (en) | guidance_hint::English (en) | media::image::English (en) | appearance |
| | image | view | What do you see? | Stand in **front** of it. | door.gif | |
| | geopoint | where | Where is it? | | | |
| | geotrace | path | Which way? | | | |
| | text | secret | Your word? | | | masked |
| | select_one l | likes | Do you like it? | | | columns-2 |
| | select_one many | town | Which town? | | | |
| choices |
| | list_name | name | label::English (en) | media::image::English (en) |
| | l | yes | Yes | door.gif |
| | l | no | No | |
"""
    + "\n".join(f"| | many | t{n} | Town {n:02} | |" for n in range(1, 61))
    + """
| settings |
| | form_title | form_id | version | default_language |
| | Trip | trip | 1 | English (en) |
"""
)


@pytest.fixture
async def browser(engine, tmp_path):
    """In front of the first question."""
    (token,) = await invite(engine, workbook(TRIP), "en", files={"door.gif": GIF} | OTHERS)
    dialogue = Dialogue(engine, FormShelf(), lambda: NOON)
    async with serving(
        dialogue, WebPlace("127.0.0.1", 0, ""), files=Files(engine, MediaFolder(tmp_path / "media", most_megabytes=1))
    ) as one:
        await one.start(token)
        await one.press("Take part")
        yield one


def kept(tmp_path):
    return sorted(path.name for path in (tmp_path / "media").rglob("*") if path.is_file())


async def upload(browser, content, name="x.gif", **changed):
    """Choose a file and send it."""
    form = FormData()
    hidden = dict(browser.page.answering.hidden) | changed
    for field, value in hidden.items():
        form.add_field(field, value)
    form.add_field("file", BytesIO(content), filename=name, content_type="image/gif")
    return await browser.send("/chat", form)


async def at(browser, question):
    while question not in browser.page.text:
        await browser.press("Skip")


async def test_a_file_is_sent_with_a_form(browser, tmp_path):
    """It is on disk before the answer that names it."""
    assert 'type="file" accept="image/*"' in browser.page.html
    page = await upload(browser, GIF)
    assert "Where is it?" in page.text
    assert "Picture received" in page.text
    (name,) = kept(tmp_path)
    assert name not in page.html, "the name means nothing to people"
    await browser.press("Back")
    assert "Picture received" in browser.page.text


@pytest.mark.parametrize(("content", "name"), [(b"%PDF-1.7", "x.gif"), (b"", "")])
async def test_what_is_no_picture_is_not_the_answer(browser, content, name):
    """It is said what is expected."""
    page = await upload(browser, content, name)
    assert "A picture is expected here" in page.text
    assert "What do you see?" in page.text


async def test_a_file_that_is_too_large_is_said_to_be(browser, tmp_path):
    """And read to its end, so that the browser hears it."""
    page = await upload(browser, GIF + bytes(1 << 20))
    assert "at most 1 MB" in page.text
    assert kept(tmp_path) == []


@pytest.mark.parametrize("changed", [{"token": "x" * 64}, {"place": "/data/where"}])
async def test_of_a_form_that_is_not_ours_nothing_is_kept(browser, tmp_path, changed):
    """Forged, or of a page that was out of date."""
    page = await upload(browser, GIF, **changed)
    assert page.status == 400 or "out of date" in page.text
    assert kept(tmp_path) == []


async def test_the_authors_files_are_shown_to_those_who_answer(browser, tmp_path):
    """A picture is, a list of choices is not; nobody sees what others have sent, and strangers see nothing."""
    assert '<img class="exhibit" src="/media/door.gif"' in browser.page.html
    async with browser.session.get(f"{browser.address}/media/door.gif") as shown:
        assert (shown.status, shown.content_type, await shown.read()) == (200, "image/gif", GIF)
        assert "sandbox" in shown.headers["Content-Security-Policy"]
    await upload(browser, GIF + b"mine")
    for name in ("list.csv", "nothing.gif", *kept(tmp_path)):
        assert (await browser.open(f"/media/{name}")).status == 404
    browser.session.cookie_jar.clear()
    assert (await browser.open("/media/door.gif")).status == 404


async def test_a_drawing_is_shown_only_when_it_is_one(browser):
    """A page that is called a drawing, of a survey that was created before that was checked, is shown to nobody."""
    assert (await browser.open("/media/drawing.svg")).status == 200
    assert (await browser.open("/media/page.svg")).status == 404


async def test_an_explanation_is_folded(browser):
    """No button is needed for it."""
    assert '<details class="guidance"><summary>Explanation</summary>' in browser.page.html
    assert "<strong>front</strong>" in browser.page.html
    assert all("Explanation" not in form.buttons for form in browser.page.forms)


async def test_places_are_written(browser):
    """One, and a line of them."""
    await at(browser, "Where is it?")
    await browser.write("45.4642, 9.19")
    assert "45.46420, 9.19000" in browser.page.text
    await browser.write("45 9")
    page = await browser.write("45.1 9.1")
    assert "2 points" in page.text
    assert page.inputs[0]["value"] == ""
    await browser.press("Done")
    assert "Your word?" in browser.page.text


async def test_a_secret_is_not_shown(browser):
    """Neither while it is written nor afterwards."""
    await at(browser, "Your word?")
    assert [given["type"] for given in browser.page.inputs] == ["password"]
    page = await browser.write("sesame")
    assert "Do you like it?" in page.text
    assert "sesame" not in page.html
    await browser.press("Back")
    assert "sesame" not in browser.page.html


async def test_choices_have_pictures_and_columns(browser):
    """As the author wishes."""
    await at(browser, "Do you like it?")
    assert 'class="choices columns-2"' in browser.page.html
    assert '<img src="/media/door.gif" alt=""><span>Yes</span>' in browser.page.html


async def test_many_choices_can_be_looked_for(browser):
    """The field for it is open."""
    await at(browser, "Which town?")
    assert '<details class="instead" open>' in browser.page.html
    page = await browser.send("/chat", [*browser.page.answering.hidden, ("text", "town 5")])
    assert "10 choices fit" in page.text
    assert list(page.answering.buttons)[:2] == ["Town 50", "Town 51"]
    assert "All the choices" in page.answering.buttons


async def test_a_photo_that_no_camera_makes_is_no_answer(browser, tmp_path):
    """The usual words, and nothing is kept."""
    page = await upload(browser, b"\xff\xd8" + b"\xff\xe5\x00\x02" * 20_000, "photo.jpg")
    assert "please send a photo" in page.text
    assert "What do you see?" in page.text
    assert kept(tmp_path) == []

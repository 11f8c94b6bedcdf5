"""Files, places and pictures in a real Chromium: sent and found with JavaScript, within the page's policy."""

import struct
import zlib
from pathlib import Path

import pytest

from bot.dialogue import Dialogue
from bot.files import Files
from bot.shelf import FormShelf
from bot.web.site import WebPlace
from storage.media import MediaFolder
from tests.bot.web.chromium import Person, in_chromium, needs_chromium
from tests.bot.web.conftest import NOON, invite, serving
from tests.bot.web.test_browser import assert_fits, complaints
from tests.bot.web.test_files import TRIP
from tests.sheets import workbook

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


WIDTH = 480


def picture(width: int = WIDTH, height: int = 200) -> bytes:
    """A PNG of one colour."""
    lines = (b"\x00" + bytes((11, 90, 94)) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def send_a_picture(person: Person, photo: Path) -> None:
    """The author's is drawn, and so is the explanation."""
    drawn = "return document.querySelector('.exhibit').naturalWidth"
    person.wait(lambda: person.driver.execute_script(drawn) == WIDTH)
    person.find(".guidance summary").click()
    assert_fits(person)
    person.find("[type=file]").send_keys(str(photo))
    person.act(person.find(".answer .leading").click)
    assert person.question == "Where is it?"


def find_places(person: Person, address: str) -> None:
    """One by the browser, two in writing."""
    here = {"latitude": 45.4642, "longitude": 9.19, "accuracy": 12}
    person.driver.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["geolocation"], "origin": address})
    person.driver.execute_cdp_cmd("Emulation.setGeolocationOverride", here)
    assert_fits(person)
    person.press("Use my location")
    assert any("45.46420, 9.19000" in given.text for given in person.all(".said"))
    person.write("45 9")
    person.write("45.1 9.1")
    assert_fits(person)
    assert not person.find(".answer [name=text]").get_attribute("value")
    person.press("Done")


@pytest.mark.parametrize("width", [360, 1100])
async def test_a_file_and_a_place_are_sent_without_leaving_the_page(engine, tmp_path, width):
    """The author's picture is drawn, the browser finds the place, and nothing is refused by the policy."""
    needs_chromium()
    photo = tmp_path / "photo.png"
    photo.write_bytes(picture())
    (token,) = await invite(engine, workbook(TRIP), "en", files={"door.gif": picture()})
    site, files = WebPlace("127.0.0.1", 0, ""), Files(engine, MediaFolder(tmp_path / "media"))

    def walk(person: Person) -> None:
        person.open(f"{address}/s/{token}")
        person.press("Answer here")
        person.driver.execute_script("window.stayed = true")
        person.press("Take part")
        send_a_picture(person, photo)
        find_places(person, address)
        person.write("sesame")
        assert_fits(person)
        person.act(person.find(".choice").click)
        assert_fits(person)
        assert person.driver.execute_script("return window.stayed")
        assert complaints(person) == []

    async with serving(Dialogue(engine, FormShelf(), lambda: NOON), site, files=files) as browser:
        address = browser.address.replace("127.0.0.1", "localhost")
        await in_chromium(walk, width=width)

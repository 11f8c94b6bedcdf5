"""The messages that wait in a folder: shown to whoever sits at this machine, and to nobody else."""

import socket

import pytest

from bot.web import mailbox
from bot.web.mailbox import LARGEST
from bot.web.site import WebPlace
from tests.bot.web.browsing import Page
from tests.bot.web.conftest import serving
from tests.bot.web.messages import LINK, write

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def folder(tmp_path):
    """Where the messages wait."""
    (tmp_path / "outbox").mkdir()
    return tmp_path / "outbox"


@pytest.fixture
async def local(place, folder):
    """A browser at the machine of an installation without a mail server and without a public address."""
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, "", outbox=folder)) as browser:
        yield browser


async def get(browser, path, **headers):
    """The page at this path, asked for with these headers."""
    async with browser.session.get(f"{browser.address}{path}", headers=headers) as response:
        return Page(response, await response.text())


async def test_the_messages_are_listed_newest_first(local, folder):
    """Each with its subject and whom it is for."""
    for number in (2, 1, 3):
        write(folder, f"w00000{number}-p0-1", subject=f"Message {number}", at=number)
    page = await local.open("/outbox")

    assert [link["href"] for link in page.links] == [f"/outbox/w00000{number}-p0-1" for number in (3, 2, 1)]
    assert page.text.index("Message 3") < page.text.index("Message 2") < page.text.index("Message 1")
    assert "p0@example.org" in page.text


@pytest.mark.parametrize("exists", [True, False])
async def test_before_the_first_message_it_says_that_there_is_none(local, folder, exists):
    """The folder may not be there yet."""
    if not exists:
        folder.rmdir()

    assert "No messages are waiting." in (await local.open("/outbox")).text


async def test_very_many_are_listed_on_several_pages(local, folder, monkeypatch):
    """The newest first; a page that is none is the first."""
    monkeypatch.setattr(mailbox, "LISTED", 3)
    for number in range(8):
        write(folder, f"w{number}", at=number)
    pages = [await local.open(f"/outbox{page}") for page in ("", "?page=2", "?page=3")]

    listed = [link["href"] for page in pages for link in page.links if "page=" not in link["href"]]
    assert listed == [f"/outbox/w{number}" for number in range(7, -1, -1)]
    between = [[link["href"] for link in page.links if "page=" in link["href"]] for page in pages]
    assert between == [["/outbox?page=2"], ["/outbox?page=1", "/outbox?page=3"], ["/outbox?page=2"]]
    for rubbish in ("0", "-1", "x", "1e9", "9" * 30):
        assert (await local.open(f"/outbox?page={rubbish}")).html == pages[0].html
    assert "No messages are waiting." in (await local.open("/outbox?page=9")).text


@pytest.mark.parametrize("recipient", ["?@", ":?a?;\0", "a,  .[", ",=?utf-8?q?@[ "])
async def test_one_message_that_cannot_be_read_hides_no_other(local, folder, recipient):
    """The library stumbles over each of these; it is listed by its name, and its own page is not there."""
    write(folder, "w1", subject="Message 1", at=1)
    (folder / "w2.eml").write_text(f"To: {recipient}\n\nText\n")
    page = await local.open("/outbox")
    assert "Message 1" in page.text
    assert [link["href"] for link in page.links] == ["/outbox/w2", "/outbox/w1"]
    assert (await local.open("/outbox/w2")).status == 404


async def test_of_a_message_in_the_list_only_the_head_is_read(local, folder, monkeypatch):
    """However many there are, and however long."""
    monkeypatch.setattr(mailbox, "LARGEST_HEAD", 40)
    (folder / "w1.eml").write_bytes(b"Subject: Seen\r\nX-Long: " + b"x" * 100 + b"\r\nTo: nobody@example.org\r\n\r\n")
    page = await local.open("/outbox")
    assert "Seen" in page.text
    assert "nobody@" not in page.text


async def test_a_message_shows_its_head_and_its_text(local, folder):
    """Its web addresses can be pressed; nothing in it is markup."""
    write(folder, "w1", subject="<b>È</b> l'invito")
    page = await local.open("/outbox/w1")

    assert "<b>È</b> l'invito" in page.text
    assert "Città <office@example.org>" in page.text
    assert "Please answer <now>:" in page.text
    assert [link["href"] for link in page.links] == ["/outbox", LINK]
    assert "<b>" not in page.html


async def test_its_html_can_run_nothing_and_load_nothing(local, folder):
    """It stands in a frame without scripts and without our address; its own pictures are in it."""
    write(folder, "w1")
    around, within = await local.open("/outbox/w1"), await local.open("/outbox/w1/html")

    assert '<iframe src="/outbox/w1/html"' in around.html
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in around.html
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    policy = within.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'")
    assert "script" not in policy
    assert "img-src data:" in policy
    assert 'src="data:image/png;base64,iVBOR' in within.html
    assert '<head><base target="_blank">' in within.html


async def test_a_message_without_html_has_no_frame(local, folder):
    """Nor a page for it."""
    (folder / "w1.eml").write_bytes(b"Subject: Plain\r\n\r\nOnly text\r\n")
    page = await local.open("/outbox/w1")

    assert "Only text" in page.text
    assert "<iframe" not in page.html
    assert (await local.open("/outbox/w1/html")).status == 404


RUBBISH = {
    "empty": b"",
    "bytes": bytes(range(256)) * 8,
    "charset": b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe8",
    "transfer": b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
    "head": b"Subject: =?utf-8?q?=ff=fe?=\r\nTo: <<<@@>>>,,;\r\nDate: yesterday\r\nFrom: \x00\r\n\r\n",
    "boundary": b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\n--x\r\n',
    "image": b"Content-Type: image/png\r\nContent-ID: <\r\n\r\nno",
    "nested": b"Content-Type: message/rfc822\r\n\r\nContent-Type: text/html\r\n\r\n<p>x",
}


@pytest.mark.parametrize("content", RUBBISH.values(), ids=RUBBISH.keys())
async def test_a_message_that_is_none_does_no_harm(local, folder, content):
    """Whoever put it there."""
    (folder / "w1.eml").write_bytes(content)

    assert (await local.open("/outbox")).status == 200
    assert (await local.open("/outbox/w1")).status == 200
    assert (await local.open("/outbox/w1/html")).status in (200, 404)


async def test_no_other_file_can_be_read(local, folder):
    """Not by its path, not through a link, not by another ending; and none without measure."""
    (folder.parent / "secret.eml").write_text("Subject: secret\n\nsecret")
    (folder / "link.eml").symlink_to(folder.parent / "secret.eml")
    (folder / ".hidden.eml").write_text("Subject: secret\n\nsecret")
    (folder / "large.eml").write_bytes(b"Subject: secret\n\n" + b"x" * LARGEST)
    (folder / "folder.eml").mkdir()

    assert "secret" not in (await local.open("/outbox")).html
    for name in ("..%2fsecret", "%2e%2e%2fsecret", "link", ".hidden", "large", "folder", "%00", "A" * 300, "w1%0a"):
        assert (await local.open(f"/outbox/{name}")).status == 404, name


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.org"},
        {"Host": "127.0.0.1.example.org:8080"},
        {"Host": "localhost.example.org"},
        {"Host": "192.168.1.5:8080"},
        {"Host": "[::1"},
        {"Host": ""},
        {"X-Forwarded-For": "192.0.2.7"},
        {"Forwarded": "for=192.0.2.7"},
        {"Via": "1.1 proxy"},
    ],
    ids=str,
)
async def test_it_is_there_for_nobody_who_comes_by_another_name_or_through_a_proxy(local, folder, headers):
    """A page elsewhere whose name was made to mean this machine, and a proxy that serves us to the world."""
    write(folder, "w1")
    for path in ("/outbox", "/outbox/w1", "/outbox/w1/html"):
        page = await get(local, path, **headers)
        assert page.status in (400, 404)
        assert "answer" not in page.html.replace("To answer a survey", "")


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "127.0.0.2:80", "[::1]:8080"])
async def test_this_machine_has_several_names(local, folder, host):
    """Whatever people write into the browser."""
    write(folder, "w1")

    assert (await get(local, "/outbox", Host=host)).status == 200


async def test_another_machine_gets_nothing(place, folder):
    """Also where the web chat listens to all of them."""
    write(folder, "w1")
    async with serving(place.dialogue, WebPlace("0.0.0.0", 0, "", outbox=folder)) as browser:  # noqa: S104
        browser.address = browser.address.replace("127.0.0.1", own_address())
        assert (await get(browser, "/outbox", Host="localhost")).status == 404


def own_address() -> str:
    """An address of this machine by which others reach it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent
        except OSError:
            pytest.skip("this machine has no address in a network")
        return probe.getsockname()[0]


@pytest.mark.parametrize("public", ["https://example.org", "http://127.0.0.1:8080"])
async def test_with_a_public_address_there_is_no_such_page(place, folder, public):
    """The world may come by it."""
    write(folder, "w1")
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, public, outbox=folder)) as browser:
        assert (await browser.open("/outbox")).status == 404
        assert "/outbox" not in (await browser.open("/")).html


async def test_the_first_page_leads_to_it(local):
    """So that it is found."""
    assert [link["href"] for link in (await local.open("/")).links] == ["/outbox"]

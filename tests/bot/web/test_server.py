"""The server around the pages: headers, logs, ports, addresses."""

import logging
from http.cookies import SimpleCookie

import pytest

from bot.web.server import PortTaken, serve_web
from bot.web.site import WebPlace
from tests.bot.web.browsing import Browser

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def pages(place, browser):
    """One page of each sort."""
    yield await browser.open(f"/s/{place.tokens[0]}")
    yield await browser.start(place.tokens[0])
    yield await browser.open("/s/unknown")
    yield await browser.open("/nowhere")
    yield await browser.open("/")
    yield await browser.send("/chat", [])
    yield await browser.open("/static/chat.css")
    yield await browser.open("/static/../server.py")


async def test_every_answer_carries_the_protecting_headers(place, browser):
    """No script or style but ours, no referrer that would give a token away, no guessing of types, no search engine."""
    async for page in pages(place, browser):
        policy = page.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert "noindex" in page.headers["X-Robots-Tag"]


async def test_pages_are_never_kept_and_what_never_changes_is(place, browser):
    """Answers must not stay in a cache; the style sheet's address changes with its content."""
    page = await browser.start(place.tokens[0])
    assert page.headers["Cache-Control"] == "no-store"
    style = page.html.partition('rel="stylesheet" href="')[2].partition('"')[0]

    assert "immutable" in (await browser.open(style)).headers["Cache-Control"]


async def test_a_page_loads_nothing_from_elsewhere(place, browser):
    """No request leaves for another host, and nothing stands in the page that the policy would refuse."""
    page = await browser.start(place.tokens[0])

    assert "style=" not in page.html
    assert "<script>" not in page.html
    for attribute in ('src="', 'rel="stylesheet" href="', 'rel="icon" href="', 'action="'):
        addresses = [part.partition('"')[0] for part in page.html.split(attribute)[1:]]
        assert all(address.startswith("/") for address in addresses), addresses


@pytest.mark.parametrize(
    "path", ["/nowhere", "/s/", "/s/a/b", "/chat/", "/static/none", "/%ff", "/static/%2e%2e/server.py"]
)
async def test_an_unknown_address_gets_a_friendly_page(browser, path):
    """It says where the way in is."""
    page = await browser.open(path)

    assert page.status == 404
    assert "personal link" in page.text


async def test_an_unknown_method_gets_a_friendly_page(place, browser):
    """DELETE and the like are nobody's."""
    async with browser.session.delete(f"{place.address}/chat") as response:
        assert response.status == 405
        assert "personal link" in await response.text()


async def test_no_token_and_no_answer_reaches_a_log(place, browser, caplog):
    """Addresses hold tokens and forms hold answers, so neither is logged, even when something breaks."""
    caplog.set_level(logging.DEBUG)
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    await browser.write("a very private answer")
    async with place.engine.connect() as connection:
        await connection.exec_driver_sql("ALTER TABLE claims RENAME TO gone")
        await connection.commit()
    await browser.open(f"/s/{place.tokens[0]}")
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("aiosqlite", "asyncio"))]

    assert not any(place.tokens[0] in line or "private" in line for line in ours)


async def test_a_busy_port_is_one_sentence(place):
    """It says which port, and how to choose another."""
    with pytest.raises(PortTaken, match=f"Port {place.server.port} .* COLLOQUIO_WEB_PORT"):
        await serve_web(place.dialogue, WebPlace("127.0.0.1", place.server.port, ""))


async def test_behind_a_proxy_all_addresses_lie_under_its_path(place):
    """A public address of https and a path: cookies are Secure and for that path, links begin with it."""
    server = await serve_web(place.dialogue, WebPlace("127.0.0.1", 0, "https://example.org/ask/"))
    browser = Browser(f"http://127.0.0.1:{server.port}")
    page = await browser.open(f"/ask/s/{place.tokens[0]}")
    cookie = SimpleCookie(page.headers["Set-Cookie"])["colloquio"]
    await browser.close()
    await server.stop()

    assert cookie["secure"]
    assert cookie["path"] == "/ask"
    assert 'href="/ask/static/chat.css?' in page.html
    assert not page.links

"""The first page."""

import pytest

from bot.web.site import WebPlace
from tests.bot.web.conftest import serving, telegram_link

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_it_says_what_this_is_and_how_to_get_in(browser):
    """By the link in the invitation; who has lost it gets a new one."""
    page = await browser.open("/")

    assert page.status == 200
    assert "open the personal link in your invitation" in page.text
    assert [link["href"] for link in page.links] == ["/link"]


async def test_who_has_begun_is_led_back(place, browser):
    """By the cookie of this browser."""
    await browser.start(place.tokens[0])
    page = await browser.open("/")

    assert [link["href"] for link in page.links] == ["/chat#now", "/link"]


@pytest.mark.parametrize("path", ["/ask", "/ask/"])
async def test_it_lies_under_the_public_path(place, path):
    """With and without the last stroke."""
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, "https://example.org/ask", telegram_link)) as browser:
        assert (await browser.open(path)).status == 200
        assert (await browser.open("/")).status == 404


@pytest.mark.parametrize("path", ["/", "/chat", "/nowhere", "/s/unknown"])
async def test_whoever_cannot_get_in_finds_the_way_to_a_new_link(browser, path):
    """From every page that says so."""
    assert "/link" in [link["href"] for link in (await browser.open(path)).links]

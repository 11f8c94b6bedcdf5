"""«No more reminders», from the link in a message or by the mail program itself."""

import asyncio

import pytest
from aiohttp import FormData
from sqlalchemy import select

from storage.engine import snapshot, transaction
from storage.surveys import close_survey
from storage.tables import participants
from storage.tokens import quiet_token
from tests.bot.web.conftest import NOON, SECRET

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def link(place):
    """The first person's."""
    return f"/no-more/{quiet_token(SECRET, (await place.people())[0].id)}"


async def quiet(place):
    """Who wants no reminders, by person."""
    async with snapshot(place.engine) as connection:
        rows = await connection.execute(select(participants.c.person_id).where(participants.c.is_quiet))
        return sorted(rows.scalars())


async def test_the_page_asks_first(place, browser, link):
    """One sentence that names the survey, one button; nothing is changed by looking."""
    page = await browser.open(link)

    assert page.status == 200
    assert "no more reminders about the survey “Colours & more”?" in page.text
    assert list(page.forms[0].buttons) == ["No more reminders"]
    assert "Set-Cookie" not in page.headers
    assert await quiet(place) == []


async def test_the_button_says_what_follows(place, browser, link):
    """No reminder comes, the survey can still be answered, until when, and whom to ask."""
    await browser.open(link)
    page = await browser.press("No more reminders")

    assert page.status == 200
    assert "You will receive no more reminders" in page.text
    assert "You can answer all the same" in page.text
    assert "until Friday 18 December 2026 at 23:59" in page.text
    assert "office@example.org" in page.text
    assert await quiet(place) == ["p0"]


@pytest.mark.parametrize("body", [{"List-Unsubscribe": "One-Click"}, FormData({"List-Unsubscribe": "One-Click"}), b""])
async def test_a_mail_program_needs_one_request(place, browser, link, body):
    """RFC 8058: a POST of either encoding, no cookie, no redirect."""
    if isinstance(body, FormData):
        body._is_multipart = True  # noqa: SLF001 - as providers may send it
    async with browser.session.post(f"{place.address}{link}", data=body, allow_redirects=False) as response:
        assert response.status == 200
        assert "Set-Cookie" not in response.headers
    assert await quiet(place) == ["p0"]


async def test_pressing_again_is_the_same(place, browser, link):
    """Also several times at once."""
    answers = await asyncio.gather(*(browser.session.post(f"{place.address}{link}") for _ in range(5)))

    assert [response.status for response in answers] == [200] * 5
    assert await quiet(place) == ["p0"]


async def test_after_the_closing_nothing_is_promised(place, browser, link):
    """That one can answer would not be true."""
    async with transaction(place.engine) as connection:
        await close_survey(connection, "colours", now=NOON)
    page = await browser.send(link, [])

    assert page.status == 200
    assert "You can answer" not in page.text


@pytest.mark.parametrize("spoil", [str.upper, lambda t: t[:-1], lambda t: f"{t}x", lambda t: t.partition(".")[0]])
async def test_a_link_that_we_have_not_signed_changes_nothing(place, browser, link, spoil):
    """Whether it is opened or pressed, it says what to do instead."""
    spoilt = f"/no-more/{spoil(link.rpartition('/')[2])}"

    for page in (await browser.open(spoilt), await browser.send(spoilt, [])):
        assert page.status == 404
        assert "nothing was changed" in page.text
        assert "answer that message" in page.text
    assert await quiet(place) == []


async def test_somebody_who_is_no_longer_in_the_register(browser):
    """A link that we have signed, of nobody."""
    page = await browser.send(f"/no-more/{quiet_token(SECRET, 'f' * 32)}", [])

    assert page.status == 404


async def test_it_speaks_italian(new_browser, link):
    """In the language of the browser."""
    browser = new_browser(**{"Accept-Language": "it"})
    await browser.open(link)
    page = await browser.press("Non voglio altri promemoria")

    assert "Non riceverà altri promemoria" in page.text
    assert "fino a venerdì 18 dicembre 2026 alle 23:59" in page.text

"""The page behind a personal link."""

import pytest
from sqlalchemy import update

from bot.web.qr import qr_of
from bot.web.site import WebPlace
from storage.engine import transaction
from storage.participation import send_link
from storage.surveys import close_survey
from storage.tables import surveys
from storage.tokens import invitation_token
from tests.bot.web.conftest import NOON, SECRET, serving, telegram_link

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_it_says_who_asks_what_how_long_and_until_when_and_offers_both_ways(place, browser):
    """Who asks, the title, the time it takes, the deadline, and a way to answer here or in Telegram."""
    page = await browser.open(f"/s/{place.tokens[0]}")

    assert "Colours & more" in page.text
    assert "The <Office> invites you" in page.text
    assert "minute" in page.text
    assert "until Friday 18 December 2026 at 23:59" in page.text
    assert "Answer here" in page.forms[0].buttons
    assert page.links[0]["href"] == f"https://t.me/colours_bot?start={place.tokens[0]}"


async def test_a_phone_opens_the_same_page_by_its_code(place, browser):
    """The QR code is drawn within the page and holds its public address, so that both ways stay open there."""
    page = await browser.open(f"/s/{place.tokens[0]}")

    assert qr_of(f"http://127.0.0.1/s/{place.tokens[0]}") in page.html
    assert 'role="img" aria-label="QR code with your personal link"' in page.html
    assert "to open this page there" in page.text


async def test_without_a_bot_there_is_no_way_into_telegram(place):
    """Nor a word about it; nor a code, where nobody has said what the public address is."""
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, "")) as browser:
        page = await browser.open(f"/s/{place.tokens[0]}")

    assert list(page.forms[0].buttons) == ["Answer here"]
    assert not page.links
    assert "Telegram" not in page.html
    assert "<svg" not in page.html


async def test_without_a_public_address_the_phone_is_led_to_telegram(place):
    """It could not reach this machine."""
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, "", telegram_link)) as browser:
        page = await browser.open(f"/s/{place.tokens[0]}")

    assert qr_of(telegram_link(place.tokens[0])) in page.html
    assert "to answer there, in Telegram" in page.text


async def test_starting_needs_the_form_of_this_browser(place, new_browser):
    """A form that another site sends, without our token or with somebody else's, starts nothing."""
    mine, theirs = new_browser(), new_browser()
    page = await theirs.open(f"/s/{place.tokens[0]}")
    before = await place.rows()

    assert (await mine.send(f"/s/{place.tokens[0]}", page.forms[0].hidden)).status == 403
    await mine.open(f"/s/{place.tokens[0]}")
    assert (await mine.send(f"/s/{place.tokens[0]}", [])).status == 403
    assert (await mine.send(f"/s/{place.tokens[0]}", page.forms[0].hidden)).status == 403
    assert await place.rows() == before


async def test_starting_leads_to_the_conversation(place, browser):
    """After the button the conversation is there, beginning with the notice and the choice to take part."""
    page = await browser.start(place.tokens[0])

    assert page.status == 200
    assert page.url == f"{place.address}/chat"
    assert "Take part" in page.answering.buttons


async def test_the_key_is_out_of_reach_of_scripts_and_of_other_sites(place, browser):
    """The cookie has 192 random bits, HttpOnly and SameSite."""
    cookie = (await browser.open(f"/s/{place.tokens[0]}")).headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert len(cookie.partition("=")[2].partition(";")[0]) == 32


async def test_a_second_browser_is_refused(place, new_browser):
    """A personal link that was passed on binds only the first who used it (P24)."""
    owner, other = new_browser(), new_browser()
    form = (await other.open(f"/s/{place.tokens[0]}")).forms[0]
    await owner.start(place.tokens[0])
    before = await place.rows()
    page = await other.send(f"/s/{place.tokens[0]}", form.hidden)

    assert page.status == 403
    assert "already being used" in page.text
    assert {**await place.rows(), "claims": 0, "chats": 0} == {**before, "claims": 0, "chats": 0}
    assert (await other.open("/chat")).status == 403


async def test_a_link_in_use_elsewhere_says_so_before_anything_is_pressed(place, new_browser):
    """There is nothing to press for it here; Telegram may be where it is used, and a new link can be had."""
    await new_browser().start(place.tokens[0])
    page = await new_browser().open(f"/s/{place.tokens[0]}")

    assert page.status == 200
    assert "already being used" in page.text
    assert "until Friday 18 December" in page.text
    assert not page.forms
    assert [link["href"] for link in page.links] == [telegram_link(place.tokens[0]), "/link"]


async def test_a_new_link_brings_somebody_to_another_browser(place, new_browser):
    """From its first use on the old one leads nowhere, and the new one goes on where the conversation stands."""
    old, new = new_browser(), new_browser()
    await old.start(place.tokens[0])
    await old.press("Take part")
    person = (await place.people())[0]
    await send_link(place.engine, person.id, secret=SECRET, now=NOON)
    renewed = invitation_token(SECRET, person.survey_id, person.id, 1)

    assert (await old.open(f"/s/{place.tokens[0]}")).status == 200
    assert "What is it called?" in (await new.start(renewed)).text
    page = await old.open(f"/s/{place.tokens[0]}")
    assert page.status == 404
    assert [link["href"] for link in page.links] == ["/link"]


async def test_the_owner_comes_back_by_the_same_link(place, browser):
    """The link goes on where the conversation stands; Telegram, where it would be refused, is not offered any more."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    page = await browser.open(f"/s/{place.tokens[0]}")

    assert list(page.forms[0].buttons) == ["Open the conversation"]
    assert not page.links
    assert "What is it called?" in (await browser.press("Open the conversation")).text


@pytest.mark.parametrize("token", ["x", "0" * 24, "%00", "..%2f", "A" * 500, "<script>"])
async def test_an_unknown_link_gets_a_sentence(browser, token):
    """A link that leads nowhere says what to do."""
    page = await browser.open(f"/s/{token}")

    assert page.status == 404
    assert "This link is not valid" in page.text
    assert [link["href"] for link in page.links] == ["/link"]
    assert "<script>" not in page.html


async def test_a_closed_survey_says_so(place, browser):
    """Nobody starts after the closing."""
    form = (await browser.open(f"/s/{place.tokens[0]}")).forms[0]
    async with transaction(place.engine) as connection:
        await close_survey(connection, "colours", now=NOON)

    assert "The survey is closed" in (await browser.send(f"/s/{place.tokens[0]}", form.hidden)).text
    assert browser.page.status == 403
    page = await browser.open(f"/s/{place.tokens[0]}")
    assert "The survey is closed" in page.text
    assert not page.forms
    assert not page.links


async def test_a_survey_that_is_only_planned_says_so(place, browser):
    """The link is good for later."""
    async with transaction(place.engine) as connection:
        await connection.execute(update(surveys).values(opened_at=None))
    page = await browser.open(f"/s/{place.tokens[0]}")

    assert "not open yet" in page.text
    assert not page.forms


async def test_who_is_in_the_middle_is_told_of_the_closing_on_the_next_look(place, browser):
    """Not only after writing an answer that nobody takes."""
    await browser.start(place.tokens[0])
    async with transaction(place.engine) as connection:
        await close_survey(connection, "colours", now=NOON)

    page = await browser.open("/chat")

    assert page.status == 403
    assert "The survey is closed" in page.text


async def test_the_language_of_the_invitation_wins_over_the_browsers(place, new_browser):
    """The register knows the person; the browser only the machine."""
    page = await new_browser(**{"Accept-Language": "it-IT,it;q=0.9"}).open(f"/s/{place.tokens[0]}")

    assert "Answer here" in page.forms[0].buttons

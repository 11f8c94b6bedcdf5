"""The page behind a personal link."""

import pytest

from storage.engine import transaction
from storage.surveys import close_survey
from tests.bot.web.conftest import NOON

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_it_says_who_asks_what_and_how_long_and_offers_both_ways(place, browser):
    """Who asks, the title, the time it takes, and a way to answer here or in Telegram."""
    page = await browser.open(f"/s/{place.tokens[0]}")

    assert "Colours & more" in page.text
    assert "The <Office> invites you" in page.text
    assert "minute" in page.text
    assert "Answer here" in page.forms[0].buttons
    assert page.links[0]["href"] == f"https://t.me/colours_bot?start={place.tokens[0]}"


async def test_looking_at_it_changes_nothing(place, new_browser):
    """Mail scanners and previews open every link, often twice: GET starts, consumes and records nothing."""
    before = await place.rows()
    for browser in (new_browser(), new_browser(), new_browser()):
        assert (await browser.open(f"/s/{place.tokens[0]}")).status == 200

    assert await place.rows() == before


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
    await owner.start(place.tokens[0])
    before = await place.rows()
    page = await other.start(place.tokens[0])

    assert page.status == 403
    assert "already being used" in page.text
    assert {**await place.rows(), "claims": 0, "chats": 0} == {**before, "claims": 0, "chats": 0}
    assert (await other.open("/chat")).status == 403


async def test_the_owner_comes_back_by_the_same_link(place, browser):
    """The link goes on where the conversation stands."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    page = await browser.start(place.tokens[0])

    assert "What is it called?" in page.text


@pytest.mark.parametrize("token", ["x", "0" * 24, "%00", "..%2f", "A" * 500, "<script>"])
async def test_an_unknown_link_gets_a_sentence(browser, token):
    """A link that leads nowhere says what to do."""
    page = await browser.open(f"/s/{token}")

    assert page.status == 404
    assert "This link is not valid" in page.text
    assert "<script>" not in page.html


async def test_a_closed_survey_says_so(place, browser):
    """Nobody starts after the closing."""
    async with transaction(place.engine) as connection:
        await close_survey(connection, "colours", now=NOON)
    page = await browser.start(place.tokens[0])

    assert page.status == 403
    assert "The survey is closed" in page.text


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

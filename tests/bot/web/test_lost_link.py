"""«I have lost my link»: a new one goes to the address in the register, and nobody learns whose address is in it."""

from contextlib import AsyncExitStack

import pytest
from sqlalchemy import select
from sqlalchemy.schema import DropTable

import bot.wishes
from bot.clients import Clients
from bot.web.site import WebPlace
from bot.wishes import Wishes
from storage.engine import snapshot, transaction
from storage.surveys import close_survey
from storage.tables import outbox, participants
from tests.bot.web.conftest import NOON, SECRET, serving

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WRONG = ("", "p0", "p0@", "@example.org", "p0@example", "a b@example.org", f"{'x' * 300}@b.it")
STRANGE = ("<b>@example.org", "a@\x00.b", "o'neil\"@example.org", "a@b\r\nBcc:x@y.z", "è@è.è", "🦄@x.y")


async def posted(place):
    """Whose message with a new link waits to be sent."""
    await place.wishes.end()
    known = select(participants.c.person_id).join(outbox, outbox.c.participant_id == participants.c.id)
    async with snapshot(place.engine) as connection:
        return sorted((await connection.execute(known)).scalars())


async def ask(browser, email):
    """Write an address into the form and send it."""
    page = await browser.open("/link")
    return await browser.send("/link", [*page.forms[0].hidden, ("email", email)])


async def test_the_form_has_one_field(browser):
    """With a label, and known to browsers as an e-mail address."""
    page = await browser.open("/link")

    assert [(field["type"], field["autocomplete"]) for field in page.inputs] == [("email", "email")]
    assert '<label for="email">' in page.html
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("email", ["p0@example.org", " P0@Example.ORG "])
async def test_a_new_link_is_sent_to_who_is_in_the_register(place, browser, email):
    """However it is written."""
    page = await ask(browser, email)

    assert page.status == 200
    assert await posted(place) == ["p0"]


async def test_the_answer_is_the_same_for_every_address(place, browser):
    """Known, asked for before, or unknown: word for word, header for header, but for the address itself."""
    answers = [await ask(browser, email) for email in ("p0@example.org", "p0@example.org", "no@example.org")]
    pages = {page.html.replace("p0@example.org", "no@example.org") for page in answers}
    headers = {tuple((k, v) for k, v in page.headers.items() if k != "Date") for page in answers}

    assert len(pages) == 1
    assert len(headers) == 1
    assert {page.status for page in answers} == {200}
    assert "If no@example.org is on the list" in answers[2].text
    assert await posted(place) == ["p0"]


async def test_the_answer_waits_for_no_database(place, browser):
    """How long it takes would tell whose address is known: it comes while nobody can write."""
    async with transaction(place.engine):
        page = await ask(browser, "p0@example.org")

    assert page.status == 200
    assert await posted(place) == ["p0"]


async def test_what_was_asked_for_is_done_before_the_server_ends(place):
    """Nobody asks twice for what was promised."""
    wishes = Wishes(place.engine, SECRET, lambda: NOON)
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, ""), wishes) as browser, AsyncExitStack() as busy:
        await busy.enter_async_context(transaction(place.engine))
        await ask(browser, "p0@example.org")
    assert await posted(place) == ["p0"]


async def test_a_failure_is_logged_without_the_address(place, browser, caplog):
    """And the answer is the same."""
    async with transaction(place.engine) as connection:
        await connection.execute(DropTable(outbox))
    page = await ask(browser, "p0@example.org")
    await place.wishes.end()

    assert page.status == 200
    assert "A new link could not be sent" in caplog.text
    assert "p0@" not in caplog.text


async def test_strangers_cannot_fill_the_memory(place, browser, monkeypatch):
    """Beyond a bound what they ask for is forgotten."""
    monkeypatch.setattr(bot.wishes, "AT_MOST", 1)
    async with transaction(place.engine):
        answers = [await ask(browser, email) for email in ("p0@example.org", "p1@example.org")]

    assert {page.status for page in answers} == {200}
    assert await posted(place) == ["p0"]


async def test_one_network_cannot_ask_for_ever(place, browser, monkeypatch):
    """After so many within an hour it has to wait; the page says nothing of the address."""
    monkeypatch.setattr(place.wishes, "_clients", Clients(per_hour=2))
    answers = [await ask(browser, email) for email in ("no@example.org", "no@example.org", "p0@example.org")]

    assert [page.status for page in answers] == [200, 200, 429]
    assert "Please try again in an hour" in answers[2].text
    assert await posted(place) == []


@pytest.mark.parametrize("email", WRONG)
async def test_what_is_no_address_is_said(place, browser, email):
    """Beside the field, which keeps what was written."""
    page = await ask(browser, email)

    assert page.status == 422
    assert "does not look like an e-mail address" in page.text
    assert page.inputs[0]["value"] == email[:254]
    assert (page.inputs[0]["aria-invalid"], page.inputs[0]["aria-describedby"]) == ("true", "wrong")
    assert await posted(place) == []


@pytest.mark.parametrize("email", STRANGE)
async def test_strange_addresses_do_no_harm(browser, email):
    """They are nobody's, and are never markup."""
    page = await ask(browser, email)

    assert page.status in (200, 422)
    assert "<b>" not in page.html


async def test_after_the_closing_nothing_is_sent(place, browser):
    """The answer is the same; a link would lead nowhere."""
    async with transaction(place.engine) as connection:
        await close_survey(connection, "colours", now=NOON)
    page = await ask(browser, "p0@example.org")

    assert "If p0@example.org is on the list" in page.text
    assert await posted(place) == []


async def test_a_browser_that_is_known_sends_its_own_form(place, browser):
    """Without the form's token nothing is sent, but what was written is still there."""
    await browser.start(place.tokens[0])
    page = await browser.send("/link", [("email", "p1@example.org")])

    assert page.status == 403
    assert page.inputs[0]["value"] == "p1@example.org"
    assert await posted(place) == []
    await browser.send("/link", [*page.forms[0].hidden, ("email", "p1@example.org")])
    assert await posted(place) == ["p1"]


async def test_where_nobody_can_send_there_is_no_such_page(place):
    """And no page leads to it."""
    async with serving(place.dialogue, WebPlace("127.0.0.1", 0, "")) as browser:
        assert (await browser.open("/link")).status == 404
        assert (await browser.open("/no-more/x")).status == 404
        assert not (await browser.open("/s/unknown")).links


async def test_it_speaks_italian(new_browser):
    """In the language of the browser."""
    page = await ask(new_browser(**{"Accept-Language": "it-IT,it;q=0.9"}), "no@example.org")

    assert "Se no@example.org è nell'elenco" in page.text

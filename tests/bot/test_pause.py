"""Who comes back to the chat after hours is told where that was: once, and never in a message of its own."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from conversations.protocol import Command, Commanded, Typed
from storage.engine import transaction
from storage.surveys import close_survey
from tests.bot.clumsy import Clumsy
from tests.bot.installation import NOON
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_calm import calls_since
from tests.bot.test_dialogue import ANN, BROWSER, asked
from tests.bot.test_walk import begun

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
AT_LIKES = "Ha interrotto alla domanda 2"
LAST = "La sua ultima risposta, a «Come si chiama?»: Anna"
NIGHT = timedelta(hours=12)


@pytest.fixture
async def ann(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]) -> Clumsy:
    """Somebody who has answered the first question and comes back the day after."""
    ann = Clumsy(peer, 1, "it")
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    serving.now += NIGHT
    return ann


async def test_what_does_not_fit_is_answered_with_it_once(ann: Clumsy, peer: TelegramPeer, serving: Serving):
    """The night is over with the first thing heard, even if that changed nothing."""
    count = len(peer.calls)
    ann.says("boh")
    first = await ann.sees(AT_LIKES)
    assert first.text.startswith(AT_LIKES)
    assert LAST in first.text
    ann.says("mah")
    await peer.until(lambda: first not in ann.chat.standing, "the copy is taken away")
    await serving.stop()
    assert AT_LIKES not in ann.last.text
    assert calls_since(peer, count).count("sendmessage") == 2
    assert not peer.errors


async def test_a_late_press_counts_and_costs_no_more(ann: Clumsy, peer: TelegramPeer, serving: Serving):
    """The next question begins with it."""
    count = len(peer.calls)
    ann.presses("Sì")
    asked = await ann.sees("Quali tè beve?")
    await peer.until(lambda: not peer.waiting, "the press answered")
    await serving.stop()
    assert asked.text.startswith(f"{AT_LIKES}. La sua risposta a quella domanda è salvata.")
    assert sorted(calls_since(peer, count)) == ["editmessagetext", "sendmessage"]


async def test_start_says_it_in_the_place_of_a_welcome(ann: Clumsy, serving: Serving):
    """One sentence, with the last answer."""
    ann.starts()
    asked = await ann.sees(LAST)
    assert "Riprendiamo" not in asked.text
    assert serving


async def test_a_page_that_shows_where_one_is_does_not_say_it_again(engine: AsyncEngine, tokens: dict[str, str]):
    """In the web chat the answers stand above the question; only a page that is out of date brings the sentence."""
    first = await asked(Dialogue(engine, FormShelf(), lambda: NOON), tokens["ann"], BROWSER)
    at_noon = Dialogue(engine, FormShelf(), lambda: NOON)
    likes = await at_noon.hear(BROWSER, Typed("Anna", place=first.prompt.place), claim="3", seen=first.prompt.revision)
    later = Dialogue(engine, FormShelf(), lambda: NOON + NIGHT)
    status = Commanded(Command.STATUS)
    seen = await later.hear(BROWSER, status, claim="4", seen=likes.prompt.revision)
    assert AT_LIKES not in seen.prompt.blocks[0].text
    outdated = await later.hear(BROWSER, status, claim="5", seen=likes.prompt.revision - 1)
    assert outdated.prompt.blocks[0].text.startswith(AT_LIKES)
    once = await later.hear(BROWSER, status, claim="6", seen=likes.prompt.revision - 1)
    assert AT_LIKES not in once.prompt.blocks[0].text


async def test_where_nobody_can_go_on_it_is_not_said(engine: AsyncEngine, tokens: dict[str, str]):
    """A survey that is closed says so."""
    at_noon, later = (Dialogue(engine, FormShelf(), lambda now=now: now) for now in (NOON, NOON + NIGHT))
    await asked(at_noon, tokens["ann"])
    await at_noon.hear(ANN, Typed("Anna", "7"), claim="3")
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON + NIGHT)
    told = await later.hear(ANN, Commanded(Command.STATUS), claim="4")
    assert not any("Eravamo" in block.text for block in told.prompt.blocks)

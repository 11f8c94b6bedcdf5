"""The summary half way, in Telegram: it leaves nothing behind, neither bare questions nor empty titles."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from tests.bot.clumsy import Clumsy
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_calm import calls_since
from tests.bot.test_walk import RECEIPT, REVIEW, SUBMIT, begun, responses

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_say = phrases_for("it").say
SO_FAR, BACK = _say("Your answers so far"), _say("Back to the question")


@pytest.fixture
async def ann(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Somebody at the third question; afterwards Telegram has nothing to complain about."""
    ann = Clumsy(peer, 1, "it")
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    ann.presses("Sì")
    await ann.sees("Quali tè beve?")
    yield ann
    await serving.stop()
    assert not peer.errors
    assert not peer.waiting


async def test_it_takes_the_place_of_the_question_and_gives_it_back(ann: Clumsy, peer: TelegramPeer):
    """The ticks are there still; a press on the way back sends nothing new."""
    asked = ann.last
    ann.presses("Verde")
    await peer.until(lambda: asked.edits > 0, "the tick")
    ann.says("/summary")
    summary = await ann.sees(SO_FAR)
    assert summary.buttons[:2] == ["1", "2"]
    assert "Anna" in summary.text
    await peer.until(lambda: asked not in ann.chat.standing, "the question is taken away")
    count = len(peer.calls)
    ann.presses(BACK)
    await peer.until(lambda: "Quali tè beve?" in summary.text, "the question again")
    assert "✓ Verde" in summary.buttons
    assert calls_since(peer, count) == ["editmessagetext"]


async def test_an_answer_is_changed_from_it(ann: Clumsy, peer: TelegramPeer, engine: AsyncEngine):
    """Its question comes in the place of the summary; then the walk goes on."""
    ann.says("/summary")
    summary = await ann.sees(SO_FAR)
    ann.presses("1")
    await peer.until(lambda: SO_FAR not in summary.text, "the question")
    ann.says("Ada")
    asked = await ann.sees("Quali tè beve?")
    assert asked.id > summary.id
    for words, question in (("verde", "tazze?"), ("3", REVIEW), (SUBMIT, RECEIPT)):
        ann.says(words)
        await ann.sees(question)
    assert await responses(engine) == [{"name": "Ada", "likes": "yes", "kinds": "green", "cups": "3"}]


async def test_a_number_that_is_written_leaves_no_summary_behind(ann: Clumsy, peer: TelegramPeer):
    """It was to look at; what stays is the question with its answer."""
    ann.says("/summary")
    summary = await ann.sees(SO_FAR)
    ann.says("2")
    await ann.sees("Le piace il tè?")
    await peer.until(lambda: summary not in ann.chat.standing, "the summary is taken away")
    ann.presses(_say("Keep this answer"))
    await ann.sees("Quali tè beve?")

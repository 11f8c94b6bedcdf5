"""Presses that come often, late, from two devices, or from nowhere: each is answered once, and none does harm."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from tests.bot.clumsy import Clumsy
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_misbehaving import ends, kinds_asked
from tests.bot.test_walk import DONE, REVIEW

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_say = phrases_for("it").say
CHANGE = _say("Change that answer")


@pytest.fixture
def ann(clumsy_ann: Clumsy) -> Clumsy:
    return clumsy_ann


async def answered(ann: Clumsy, query: str) -> str:
    """What the sign of a press says when it stops waiting."""
    await ann.peer.until(lambda: query in ann.peer.answered, "an answer to the press")
    return ann.peer.answered[query]


async def test_many_quick_taps_end_as_the_last_one_says(ann: Clumsy, engine: AsyncEngine):
    """On two devices, one of which shows the buttons of before; each press is answered."""
    kinds = await kinds_asked(ann)
    ticks = {label: kinds.code(label) or "" for label in ("Verde", "Nero")}
    ann.presses("Verde", kinds)
    await ann.sees_change(kinds, 0)
    lifts = {"Verde": kinds.code("Verde") or ""}
    for code in (*[ticks["Verde"], lifts["Verde"]] * 12, ticks["Nero"], ticks["Nero"]):
        ann.taps(code, kinds.id)
    await ann.peer.until(lambda: kinds.buttons[:2] == ["Verde", "✓ Nero"] and not ann.peer.waiting, "the last tap")
    for _ in range(3):
        ann.presses(DONE, kinds)
    await ann.sees("tazze")
    assert (await ends(ann, engine, "2"))["kinds"] == "black"


async def test_a_press_on_another_device_that_shows_an_older_question_offers_to_change(
    ann: Clumsy, engine: AsyncEngine
):
    """What is stored already is only said."""
    ann.says("Anna")
    likes = await ann.sees("tè?")
    yes, no = likes.code("Sì") or "", likes.code("No") or ""
    ann.presses("No", likes)
    await ann.sees(REVIEW)
    assert await answered(ann, ann.taps(no, likes.id)["callback_query"]["id"]) == _say("This has already been done.")
    ann.taps(yes, likes.id)
    offer = await ann.sees(REVIEW)
    ann.presses(CHANGE, offer)
    await ann.sees("tè?")
    assert (await ends(ann, engine, "no"))["likes"] == "no"


async def test_presses_that_the_bot_has_missed_are_made_again(
    ann: Clumsy, serving: Serving, engine: AsyncEngine, peer: TelegramPeer
):
    """Telegram keeps them for 150 seconds; what was written is kept for a day."""
    ann.says("Anna")
    likes = await ann.sees("tè?")
    await peer.until(lambda: not peer.unconfirmed, "the updates are confirmed")
    await serving.stop()
    ann.presses("Sì", likes)
    peer.loses_presses()
    ann.sends(sticker={})
    await serving.start()
    again = await ann.sees("tè?")
    ann.presses("No", again)
    await ann.sees(REVIEW)
    assert (await ends(ann, engine))["likes"] == "no"


async def test_a_forged_button_gets_a_sentence(ann: Clumsy, engine: AsyncEngine):
    """Any program can press what no prompt has ever had."""
    for code in ("", "x", "aaaaaaaac", "a" * 64, "é" * 32):
        ann.taps(code, ann.last.id)
        await ann.sees("Come si chiama?")
    assert await ends(ann, engine, "Anna", "no") == {"name": "Anna", "likes": "no"}

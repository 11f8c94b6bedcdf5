"""People do to the bot whatever Telegram lets them do.

No error comes of it, nothing spins, no answer is lost or wrong, and there is always a sentence that helps.
"""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from tests.bot.clumsy import Clumsy
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_walk import RECEIPT, REVIEW, SUBMIT, begun, responses

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_say = phrases_for("it").say
NO_ANSWER = _say("Editing that message changes no answer. Use /back or /summary.")


@pytest.fixture
async def ann(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Somebody at the first question; afterwards Telegram has nothing to complain about, and nothing spins."""
    ann = Clumsy(peer, 1, "it")
    await begun(ann, tokens["ann"])
    yield ann
    await serving.stop()
    assert not peer.errors
    assert not peer.waiting


async def ends(ann: Clumsy) -> None:
    """From the first question to the receipt, in words."""
    for words, question in (("Anna", "tè?"), ("no", REVIEW), (SUBMIT, RECEIPT)):
        ann.says(words)
        await ann.sees(question)


# ---------------------------------------------------------------- what is changed or gone


async def test_a_chat_that_was_cleared_begins_again_where_it_was(ann: Clumsy):
    """Nobody tells the bot; START finds the question, and nothing is done to messages that are gone."""
    ann.clears()
    ann.starts()
    await ann.sees("Come si chiama?")
    await ends(ann)


async def test_a_changed_caption_is_not_passed_over(ann: Clumsy, engine: AsyncEngine):
    """It was no answer and is none; a place that moves by itself says nothing."""
    picture, place = (
        ann.sends(photo=[{"file_id": "x"}], caption="io"),
        ann.sends(location=dict.fromkeys(("latitude", "longitude"), 45)),
    )
    await ann.sees(_say("a location"))
    ann.captions(picture, "Anna")
    await ann.sees(NO_ANSWER)
    count = len(ann.chat.messages)
    ann.moves(place)
    await ends(ann)
    assert len(ann.chat.messages) == count + 3
    assert (await responses(engine))[0]["name"] == "Anna"


async def test_after_the_end_there_is_the_receipt(ann: Clumsy, engine: AsyncEngine):
    """Whatever is sent; what was written is corrected no more, and that is said."""
    typed = ann.says("Anna")
    await ann.sees("tè?")
    for words, question in (("no", REVIEW), (SUBMIT, RECEIPT)):
        ann.says(words)
        await ann.sees(question)
    for content in ({"sticker": {}}, {"text": "Grazie"}, {"dice": {"emoji": "🎲", "value": 6}}):
        ann.sends(**content)
        assert "premere" not in (await ann.sees(RECEIPT)).text.lower()
    ann.edits(typed, "Annamaria")
    await ann.sees(_say("Your answers have been submitted and can no longer be changed here."))
    assert (await responses(engine))[0]["name"] == "Anna"

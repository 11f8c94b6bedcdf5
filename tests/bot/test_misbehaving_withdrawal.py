"""People do to the question of /withdraw whatever Telegram lets them do.

Nothing is erased but by the button or its words, nothing is erased twice, and no answer is lost or wrong.
"""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from tests.bot.clumsy import Clumsy
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Message
from tests.bot.test_misbehaving import HERE, kinds_asked
from tests.bot.test_walk import RECEIPT, REVIEW, SUBMIT, responses

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_say = phrases_for("it").say
ERASE, KEEP, MIND = map(_say, ("Erase my answers", "Keep my answers", "I have changed my mind"))
QUESTION = "Vuole ritirarsi"
ERASED = "Le sue risposte sono state cancellate."
NOT_ERASED = "Non è stato cancellato nulla."


@pytest.fixture
def ann(clumsy_ann: Clumsy) -> Clumsy:
    return clumsy_ann


async def asked(ann: Clumsy) -> Message:
    """In front of the question, with one answer given."""
    ann.says("Anna")
    await ann.sees("tè?")
    ann.says("/withdraw")
    return await ann.sees(QUESTION)


async def kept(ann: Clumsy, engine: AsyncEngine) -> bool:
    """What was asked before stands in the place of the question, and can be answered to the end."""
    await ann.peer.until(lambda: ann.last.text.endswith("Le piace il tè?"), "the question of before")
    ann.says("no")
    await ann.sees(REVIEW)
    ann.says(SUBMIT)
    await ann.sees(RECEIPT)
    (stored,) = await responses(engine)
    return (stored["name"], stored["likes"]) == ("Anna", "no")


async def test_whatever_comes_under_the_question_erases_nothing(ann: Clumsy, engine: AsyncEngine):
    """Nor does it answer what was asked before."""
    await asked(ann)
    for content in (
        {"text": "sì"},
        {"text": "no grazie"},
        {"text": "cancella"},
        {"text": "😀" * 4096},
        {"sticker": {}},
        {"photo": [{"file_id": "x"}], "caption": ERASE},
        {"contact": {"phone_number": "+390", "first_name": "Q", "user_id": 99}},
        {"location": HERE},
        {"dice": {"emoji": "🎲", "value": 6}},
    ):
        ann.sends(**content)
        again = await ann.sees(QUESTION)
        assert again.buttons == [ERASE, KEEP]
    ann.presses(KEEP)
    assert await kept(ann, engine)


async def test_an_answer_that_is_edited_under_the_question_is_corrected(ann: Clumsy, engine: AsyncEngine):
    """And the question stands."""
    typed = ann.says("Ana")
    await ann.sees("tè?")
    ann.says("/withdraw")
    question = await ann.sees(QUESTION)
    ann.edits(typed, "Anna")
    await ann.peer.until(lambda: ann.chat.reactions.get(typed), "the sign that it was taken")
    assert question in ann.chat.standing
    ann.presses(KEEP, question)
    assert await kept(ann, engine)


async def test_words_that_are_edited_into_those_of_the_button_erase_nothing(ann: Clumsy, engine: AsyncEngine):
    """What is erased is erased by something new."""
    await asked(ann)
    typed = ann.says("boh")
    await ann.sees(NOT_ERASED)
    ann.edits(typed, ERASE)
    await ann.sees("")
    ann.says(KEEP)
    assert await kept(ann, engine)


async def test_a_button_of_before_does_not_answer_from_there(ann: Clumsy, engine: AsyncEngine):
    """It may still stand on another device."""
    ann.says("Anna")
    likes = await ann.sees("tè?")
    yes = likes.code("Sì") or ""
    ann.says("/withdraw")
    await ann.sees(QUESTION)
    ann.taps(yes, likes.id)
    await ann.peer.until(lambda: not ann.peer.waiting, "an answer to the press")
    ann.says(KEEP)
    assert await kept(ann, engine)


async def test_the_link_leads_back_to_what_was_asked(ann: Clumsy, engine: AsyncEngine, tokens: dict[str, str]):
    """With what had been ticked there."""
    kinds = await kinds_asked(ann)
    ann.presses("Verde", kinds)
    await ann.sees_change(kinds, 0)
    ann.says("/withdraw")
    await ann.sees(QUESTION)
    ann.starts(tokens["ann"])
    assert "✓ Verde" in (await ann.sees("Quali tè beve?")).buttons
    assert not await responses(engine)


async def test_the_question_outlives_a_restart(ann: Clumsy, engine: AsyncEngine, serving: Serving):
    """Its buttons do what they say afterwards."""
    question = await asked(ann)
    await serving.stop()
    await serving.start()
    ann.says("sì")
    await ann.sees(NOT_ERASED)
    ann.presses(KEEP, question)
    assert await kept(ann, engine)


async def test_two_taps_erase_once_and_one_can_begin_anew(ann: Clumsy, engine: AsyncEngine):
    """The second tap does not reach what comes after."""
    question = await asked(ann)
    erase = question.code(ERASE) or ""
    with ann.peer.holding():
        ann.taps(erase, question.id)
        ann.taps(erase, question.id)
    await ann.peer.until(lambda: ERASED in ann.last.text and not ann.peer.waiting, "the confirmation")
    assert [message.text for message in ann.chat.standing if ERASED in message.text] == [ann.last.text]
    ann.presses(MIND)
    await ann.sees("Indagine")
    ann.taps(erase, question.id)
    await ann.peer.until(lambda: not ann.peer.waiting, "an answer to the third")
    ann.presses("Partecipo")
    await ann.sees("Come si chiama?")
    ann.says("Berta")
    await ann.sees("tè?")
    assert await responses(engine) == []


async def test_what_is_edited_or_pressed_after_erasing_brings_nothing_back(ann: Clumsy, engine: AsyncEngine):
    """There is always a sentence."""
    typed = ann.says("Anna")
    likes = await ann.sees("tè?")
    yes = likes.code("Sì") or ""
    ann.presses("No", likes)
    await ann.sees(REVIEW)
    ann.presses(SUBMIT)
    await ann.sees(RECEIPT)
    ann.says("/withdraw")
    await ann.sees(QUESTION)
    ann.presses(ERASE)
    await ann.peer.until(lambda: ERASED in ann.last.text, "the confirmation")
    ann.edits(typed, "Berta")
    await ann.sees("")
    ann.taps(yes, likes.id)
    await ann.peer.until(lambda: not ann.peer.waiting, "an answer to the press")
    assert not await responses(engine)


async def test_commands_in_a_row_are_all_answered(ann: Clumsy, engine: AsyncEngine):
    """In the one message that is left, with the question below."""
    ann.says("Anna")
    await ann.sees("tè?")
    with ann.peer.holding():
        for command in ("/privacy", "/withdraw", "/help"):
            ann.says(command)
    told = await ann.sees(_say("/withdraw erases your answers, after a question."))
    assert "L'indagine è riservata" in told.text
    assert QUESTION in told.text
    ann.presses(KEEP)
    assert await kept(ann, engine)

"""People do to the bot whatever Telegram lets them do.

No error comes of it, nothing spins, no answer is lost or wrong, and there is always a sentence that helps.
"""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.advice import Advice, advice
from conversations.phrases import phrases_for
from tests.bot.clumsy import Clumsy
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Message, TelegramPeer
from tests.bot.test_walk import DONE, RECEIPT, REVIEW, SUBMIT, TAKE_PART, responses

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
_say = phrases_for("it").say
NO_ANSWER = _say("Editing that message changes no answer. Use /back or /summary.")
UNKNOWN = advice(Advice.UNKNOWN_TOKEN, "it").blocks[0].text
HERE = {"latitude": 45.0, "longitude": 9.0}


@pytest.fixture
def ann(clumsy_ann: Clumsy) -> Clumsy:
    return clumsy_ann


async def ends(ann: Clumsy, engine: AsyncEngine, *said: str) -> dict[str, str]:
    """In words to the receipt; what is stored then."""
    for words in (*said, SUBMIT):
        ann.says(words)
        await ann.sees(RECEIPT if words == SUBMIT else "")
    (stored,) = await responses(engine)
    return {name: value for name, value in stored.items() if value}


async def kinds_asked(ann: Clumsy) -> Message:
    """In front of the question with several choices."""
    for words in ("Anna", "sì"):
        ann.says(words)
        kinds = await ann.sees("tè")
    return kinds


# ---------------------------------------------------------------- what is no answer


async def test_whatever_is_sent_gets_a_sentence_and_the_question(ann: Clumsy, engine: AsyncEngine):
    """One copy of the question stays, and it can be answered."""
    count, file = len(ann.chat.standing), {"file_id": "x"}
    for content in (
        {"sticker": file},
        {"voice": file},
        {"audio": file},
        {"video": file},
        {"video_note": file},
        {"document": file},
        {"animation": file, "document": file},
        {"photo": [file], "caption": "è" * 1024},
        {"contact": {"phone_number": "+390", "first_name": "Q", "user_id": 99}},
        {"venue": {"title": "Q", "location": HERE}, "location": HERE},
        {"location": HERE | {"live_period": 900}},
        {"poll": {"id": "1", "question": "?", "options": []}},
        {"dice": {"emoji": "🎲", "value": 6}},
        {"game": {"title": "Q"}},
        {"story": {"id": 1}},
        {"checklist": {"title": "Q"}},
    ):
        ann.sends(**content)
        assert "Come si chiama?" in (await ann.sees("Qui non posso leggere")).text
    await ann.peer.until(lambda: len(ann.chat.standing) == count, "one copy")
    assert await ends(ann, engine, "Anna", "no") == {"name": "Anna", "likes": "no"}


async def test_notes_of_the_service_and_signs_say_nothing(ann: Clumsy, engine: AsyncEngine):
    """Nobody has said anything."""
    count = len(ann.chat.messages)
    ann.pins(ann.last)
    for note in ("message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed", "gift"):
        ann.sends(**{note: {}})
    ann.moves(ann.sends(new_chat_title="Q"))
    assert await ends(ann, engine, "Anna", "no")
    assert len(ann.chat.messages) == count + 3


async def test_a_text_of_any_signs_is_an_answer_or_gets_a_sentence(ann: Clumsy, engine: AsyncEngine):
    """As long as Telegram takes it, and however it is written."""
    name = "😀" * 4096
    ann.says("\u3164")
    await ann.sees(_say("Please write your answer."))
    ann.says(name)
    likes = await ann.sees("tè?")
    for words in (name, "\u202e" + "e\u0301" * 2000, "<b>&amp;</b> _*`[", "forse", "9" * 4096):
        ann.forwards(words)
        likes = await ann.sees("tè?")
    assert likes.buttons[:2] == ["Sì", "No"]
    assert (await ends(ann, engine, "no"))["name"] == name


async def test_a_command_in_the_middle_loses_nothing(ann: Clumsy, engine: AsyncEngine):
    """The question comes again below its words."""
    kinds = await kinds_asked(ann)
    ann.presses("Verde", kinds)
    await ann.sees_change(kinds, 0)
    for command in ("/start", "/START", "/cancel", "/dove sono", "/help@colloquio_bot", "/status x"):
        ann.says(command)
        again = await ann.sees("Quali tè beve?")
        assert "✓ Verde" in again.buttons
    ann.presses(DONE, again)
    await ann.sees("tazze")
    assert (await ends(ann, engine, "2"))["kinds"] == "green"


async def test_a_link_in_the_middle_leads_to_where_one_is(ann: Clumsy, engine: AsyncEngine, tokens: dict[str, str]):
    """Everybody's START is pressed again some day, or a link is typed."""
    ann.starts(tokens["ann"])
    await ann.sees("Come si chiama?")
    for token in ("x" * 64, "non un link"):
        ann.starts(token)
        assert "Come si chiama?" in (await ann.sees(UNKNOWN)).text
    assert await ends(ann, engine, "Anna", "no") == {"name": "Anna", "likes": "no"}


async def test_somebody_elses_link_in_the_middle_changes_nothing(
    ann: Clumsy, engine: AsyncEngine, tokens: dict[str, str]
):
    """It is used elsewhere; that is said in the language of this chat, above the question that stands here."""
    eve = Clumsy(ann.peer, 3, "en")
    eve.starts(tokens["eve"])
    await eve.sees("")
    ann.starts(tokens["eve"])
    told = await ann.sees(advice(Advice.FOREIGN_TOKEN, "it").blocks[0].text)
    assert "Come si chiama?" in told.text
    assert await ends(ann, engine, "Anna", "no") == {"name": "Anna", "likes": "no"}


async def test_the_language_of_the_app_is_not_that_of_the_answers(ann: Clumsy, engine: AsyncEngine):
    """It may change on the way, to one that nobody speaks here; a wish changes it at once and back."""
    for language in ("pt-br", "en", ""):
        ann.speaks(language)
        ann.says("/status")
        await ann.sees("Come si chiama?")
    for question in ("What is your name?", "Come si chiama?"):
        ann.says("/language")
        await ann.sees(question)
    assert await ends(ann, engine, "Anna", "no") == {"name": "Anna", "likes": "no"}


# ---------------------------------------------------------------- what is changed or gone


async def test_a_chat_that_was_cleared_begins_again_where_it_was(ann: Clumsy, engine: AsyncEngine):
    """Nobody tells the bot; START finds the question, and nothing is done to messages that are gone."""
    ann.clears()
    ann.starts()
    await ann.sees("Come si chiama?")
    assert await ends(ann, engine, "Anna", "no")


async def test_a_question_that_was_deleted_can_be_answered(ann: Clumsy, engine: AsyncEngine):
    """In words, or by a press on a device that still shows it."""
    ann.deletes(ann.last)
    ann.says("Anna")
    likes = await ann.sees("tè?")
    code = likes.code("No") or ""
    ann.deletes(likes)
    ann.taps(code, likes.id)
    await ann.sees(REVIEW)
    assert await ends(ann, engine) == {"name": "Anna", "likes": "no"}


async def test_an_answer_that_was_deleted_stays_an_answer(ann: Clumsy, engine: AsyncEngine):
    """The bot is not told; and a correction of it that came before finds no message for its sign."""
    typed = ann.says("Ana")
    await ann.sees("tè?")
    ann.deletes(typed)
    assert (await ends(ann, engine, "no"))["name"] == "Ana"


async def test_a_changed_caption_is_not_passed_over(ann: Clumsy, engine: AsyncEngine):
    """It was no answer and is none; a place that moves by itself says nothing."""
    picture, place = ann.sends(photo=[{"file_id": "x"}], caption="io"), ann.sends(location=HERE)
    await ann.sees(_say("a location"))
    ann.captions(picture, "Anna")
    await ann.sees(NO_ANSWER)
    count = len(ann.chat.messages)
    ann.moves(place)
    assert (await ends(ann, engine, "Anna", "no"))["name"] == "Anna"
    assert len(ann.chat.messages) == count + 3


async def test_who_blocks_the_bot_and_comes_back_is_asked_what_was_not_seen(ann: Clumsy, engine: AsyncEngine):
    """What is written without having read the question is no answer to it."""
    with ann.peer.holding():
        ann.says("Anna")
        ann.blocks()
    await ann.peer.until(lambda: ann.peer.errors, "a message that nobody gets")
    ann.unblocks()
    ann.says("no")
    await ann.sees("riguarda una domanda precedente")
    assert await ends(ann, engine, "no") == {"name": "Anna", "likes": "no"}
    assert all("blocked" in error for error in ann.peer.errors)
    ann.peer.calls.clear()


async def test_after_the_end_there_is_the_receipt(ann: Clumsy, engine: AsyncEngine):
    """Whatever is sent; what was written is corrected no more, and that is said."""
    typed = ann.says("Anna")
    await ann.sees("tè?")
    assert await ends(ann, engine, "no")
    for content in ({"sticker": {}}, {"text": "Grazie"}, {"dice": {"emoji": "🎲", "value": 6}}, {"text": "/start"}):
        ann.sends(**content)
        assert "prema" not in (await ann.sees(RECEIPT)).text.lower()
    ann.edits(typed, "Annamaria")
    await ann.sees(_say("Submitted answers can no longer be changed here."))
    assert (await responses(engine))[0]["name"] == "Anna"


async def test_a_stop_is_no_end(ann: Clumsy, engine: AsyncEngine):
    """What is written then is no answer; the way back is a press, or START."""
    ann.says("/stop")
    await ann.sees("")
    ann.says("Anna")
    await ann.sees(_say("Please press one of the buttons, or write its words."))
    ann.starts()
    await ann.sees("Come si chiama?")
    assert await ends(ann, engine, "Anna", "no")


async def test_a_stranger_who_taps_and_writes_gets_advice(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Without a link there is nothing to answer, and nothing to wait for."""
    eve = Clumsy(peer, 3, "it")
    assert eve.chat.messages == []
    for content in ({"text": TAKE_PART}, {"sticker": {}}, {"photo": []}, {"text": "/help"}):
        eve.sends(**content)
        await eve.sees("invito")
    eve.taps("aaaaaaaac", eve.last.id)
    await eve.sees("invito")
    await serving.stop()
    assert not peer.waiting
    assert not peer.errors
    assert tokens

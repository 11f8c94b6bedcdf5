"""A chat that stays calm: no more calls than it takes, no copies that heap up, old buttons that do no harm."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from storage.register import Person as Registered
from tests.bot.installation import install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer
from tests.bot.test_walk import DONE, RECEIPT, REVIEW, SUBMIT, begun
from tests.sheets import workbook

VISIT = """
| survey   |
|          | type               | name  | label               | appearance | constraint | required |
|          | text               | name  | Come si chiama?     |            |            |          |
|          | integer            | cups  | Quante tazze?       |            | . < 10     |          |
|          | text               | story | Che cosa è successo? | multiline |            |          |
|          | select_one yes_no  | again | Tornerà?            |            |            |          |
|          | text               | last  | Altro?              |            |            |          |
| choices  |
|          | list_name | name | label |
|          | yes_no    | yes  | Sì    |
|          | yes_no    | no   | No    |
| settings |
|          | form_title | form_id | version | default_language |
|          | Visita     | visit   | 1       | Italiano (it)    |
"""
_say = phrases_for("it").say
SKIP = _say("Skip")


@pytest.fixture
async def tokens(engine: AsyncEngine) -> dict[str, str]:
    return await install(engine, workbook(VISIT), [Registered("ann"), Registered("bob")])


def calls_since(peer: TelegramPeer, count: int) -> list[str]:
    """What the bot has called, but for the answers to presses."""
    return [call.method for call in peer.calls[count:] if call.method != "answercallbackquery"]


async def asked_for_story(person: Person, token: str) -> None:
    await begun(person, token)
    person.says("Anna")
    await person.sees("Quante tazze?")
    person.says("3")
    await person.sees("Che cosa è successo?")


async def test_a_typed_answer_costs_one_call(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """It stands below its question, as it was written: the question need not say it again."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    question, count = ann.last, len(peer.calls)
    ann.says("Anna")
    await ann.sees("Quante tazze?")
    await serving.stop()
    assert calls_since(peer, count) == ["sendmessage"]
    assert (question.text.rpartition("\n\n")[2], question.edits) == ("Come si chiama?", 0)


async def test_a_typed_answer_that_was_understood_is_shown(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """What was written is not what is stored: the question says what is."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    cups = await ann.sees("Quante tazze?")
    ann.says("03")
    await ann.sees("Che cosa è successo?")
    await ann.sees_change(cups, 0)
    assert cups.text == "Quante tazze?\n\n3"
    assert serving


async def test_a_long_text_in_one_message_costs_one_call_and_one_for_done(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """What says how much there is becomes the next question, for question and text stand above it."""
    ann = peer.person(1)
    await asked_for_story(ann, tokens["ann"])
    count = len(peer.calls)
    ann.says("Molte cose.")
    so_far = await ann.sees(DONE)
    ann.presses(DONE, so_far)
    await ann.sees_change(so_far, 0)
    assert calls_since(peer, count) == ["sendmessage", "editmessagetext"]
    assert "Tornerà?" in so_far.text
    ann.presses("Sì", so_far)
    await ann.sees("Altro?")
    ann.says("No")
    review = await ann.sees(REVIEW)
    assert "Molte cose." in review.text
    assert not peer.errors
    assert serving


async def test_old_buttons_of_an_answered_question_do_no_harm(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """They stay where the answer was typed. Skipping it now would delete an answer: that is offered, not done."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    question = ann.last
    ann.says("Anna")
    await ann.sees("Quante tazze?")
    ann.presses(SKIP, question)
    offer = await ann.sees("Quante tazze?")
    assert offer.code(_say("Change that answer"))
    ann.says("3")
    await ann.sees("Che cosa è successo?")
    ann.presses(SKIP, question)
    assert not peer.errors
    assert serving


async def test_to_skip_what_is_being_written_leaves_it(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """The question above still has the button; the text goes on."""
    ann = peer.person(1)
    await asked_for_story(ann, tokens["ann"])
    question = ann.last
    ann.says("Molte cose.")
    so_far = await ann.sees(DONE)
    query = ann.presses(SKIP, question)["callback_query"]["id"]
    await peer.until(lambda: query in peer.answered, "an answer to the press")
    assert DONE in peer.answered[query]
    ann.presses(DONE, so_far)
    await ann.sees_change(so_far, 0)
    assert "Tornerà?" in so_far.text
    assert serving


# ---------------------------------------------------------------- corrections


async def test_a_correction_is_confirmed_by_a_sign_on_the_message(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """The message itself says the new answer; the question that is asked now is not asked again."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    typed = ann.says("Ana")
    await ann.sees("Quante tazze?")
    count = len(peer.calls)
    ann.edits(typed, "Anna")
    await peer.until(lambda: typed in ann.chat.reactions, "a sign on the message")
    await serving.stop()
    assert calls_since(peer, count) == ["setmessagereaction"]
    await serving.start()
    await serving.rests()
    assert not {"sendmessage", "editmessagetext"} & set(calls_since(peer, count))
    assert not peer.errors


async def test_a_correction_that_changes_what_is_shown_changes_it_in_place(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """The summary says the new answer, and nothing is sent."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    typed = ann.says("Ana")
    await ann.sees("Quante tazze?")
    for question in ("Che cosa è successo?", "Tornerà?", "Altro?", REVIEW):
        ann.presses(SKIP)
        review = await ann.sees(question)
    count, edits = len(ann.chat.messages), review.edits
    ann.edits(typed, "Annamaria")
    await ann.sees_change(review, edits)
    assert "Annamaria" in review.text
    await peer.until(lambda: typed in ann.chat.reactions, "a sign on the message")
    assert len(ann.chat.messages) == count
    assert serving


async def test_a_correction_without_a_sign_is_confirmed_in_words(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """The message was deleted meanwhile, or Telegram takes no sign: the correction is stored, and said."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    typed = ann.says("Ana")
    await ann.sees("Quante tazze?")
    ann.chat.said.discard(typed)
    ann.edits(typed, "Anna")
    said = await ann.sees("Anna")
    assert "Come si chiama?" in said.text
    ann.says("3")
    await ann.sees("Che cosa è successo?")
    assert serving


async def test_a_correction_that_is_refused_is_said_in_words(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """No sign: the answer is the one before."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Quante tazze?")
    typed = ann.says("3")
    await ann.sees("Che cosa è successo?")
    ann.edits(typed, "molte")
    await ann.sees("La sua correzione non può essere accettata come risposta a «Quante tazze?».")
    assert not ann.chat.reactions
    assert serving


# ---------------------------------------------------------------- repetitions


async def test_repetitions_do_not_heap_up(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """The question is asked again below what was sent, without ringing, and its copy above goes."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    count = len(ann.chat.standing)
    ann.sends(sticker={"file_id": "x"})
    await ann.sees(_say("a sticker"))
    for command in ("/start", "/status", "/help", "/help"):
        ann.says(command)
        await ann.sees("Come si chiama?")
    ann.says("Anna")
    assert not (await ann.sees("Quante tazze?")).is_silent
    assert [m.is_silent for m in ann.chat.standing[-2:]] == [True, False]
    assert len(ann.chat.standing) == count + 1
    assert not peer.errors
    assert serving


async def test_a_copy_that_may_be_old_only_loses_its_buttons(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """After a restart nobody knows how old it is, and Telegram deletes nothing of the day before yesterday."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    first = ann.last
    await serving.stop()
    await serving.start()
    ann.says("/status")
    await ann.sees("Come si chiama?")
    await ann.sees_change(first, 0)
    assert (first.is_deleted, first.buttons) == (False, [])
    assert not peer.calls_of("deleteMessages")


# ---------------------------------------------------------------- the end


async def ends(person: Person, token: str) -> None:
    """Skip everything and submit."""
    await begun(person, token)
    for question in ("Quante tazze?", "Che cosa è successo?", "Tornerà?", "Altro?", REVIEW):
        person.presses(SKIP)
        await person.sees(question)
    person.presses(SUBMIT)
    await person.sees(RECEIPT)


async def test_the_first_receipt_has_confetti(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """The repeated one has none."""
    ann = peer.person(1)
    await ends(ann, tokens["ann"])
    assert ann.last.effect
    ann.says("/start")
    assert not (await ann.sees(RECEIPT)).effect
    assert not peer.errors
    assert serving


async def test_a_receipt_comes_without_an_effect_that_is_refused(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """Telegram may take its effects away; nobody goes without a receipt for it."""
    peer.effects = {""}
    ann = peer.person(1)
    await ends(ann, tokens["ann"])
    assert not ann.last.effect
    assert serving

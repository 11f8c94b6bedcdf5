"""/clean over real HTTP: the chat is empty but for what is asked, and no answer is lost."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.telegram import calls, clearing
from conversations.advice import Advice
from storage.chat_tables import chat_messages
from storage.engine import snapshot, transaction
from storage.surveys import close_survey
from tests.bot.installation import NOON
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Fault, Person, TelegramPeer
from tests.bot.test_walk import RECEIPT, REVIEW, SUBMIT, begun, told

CLEARED = "La chat è stata svuotata; le sue risposte restano salvate."
HOUR = 3600


@pytest.fixture
async def ann(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]) -> Person:
    """She has said her name, and is asked what she likes."""
    assert serving
    person = peer.person(1)
    await begun(person, tokens["ann"])
    person.says("Anna")
    await person.sees("Le piace il tè?")
    return person


async def emptied(person: Person) -> None:
    """Wait until a single message stands in the chat."""
    await person.peer.until(lambda: len(person.chat.numbers) == 1, f"one message, not {person.chat.numbers}")


async def test_one_message_is_left_and_it_asks_on(ann: Person):
    """Hers are gone as well, the answers are not; nothing rings, and Telegram has nothing to complain about."""
    ann.says("/clean")
    asked = await ann.sees(CLEARED)
    await emptied(ann)
    assert "Le piace il tè?" in asked.text
    assert (asked.is_silent, ann.chat.numbers) == (True, [asked.id])
    ann.presses("No")
    review = await ann.sees(REVIEW)
    assert "Anna" in review.text
    ann.says("/clean")
    await ann.sees(CLEARED)
    await emptied(ann)
    ann.presses(SUBMIT)
    await ann.sees(RECEIPT)
    assert not ann.peer.errors


async def test_it_costs_one_message_and_one_call(ann: Person):
    """The question before is not settled first: it goes."""
    before = len(ann.peer.calls)
    ann.says("/clean")
    await ann.sees(CLEARED)
    await emptied(ann)
    assert [call.method for call in ann.peer.calls[before:]] == ["sendmessage", "deletemessages"]


async def test_the_receipt_stays_in_a_chat_that_is_cleared_after_the_end(ann: Person):
    """As what there is to say now; and the chat can be cleared once more."""
    ann.presses("No")
    await ann.sees(REVIEW)
    ann.presses(SUBMIT)
    receipt = await ann.sees(RECEIPT)
    for _ in range(2):
        ann.says("/clean")
        left = await ann.sees(CLEARED)
        await emptied(ann)
        assert receipt.text.splitlines()[-1] in left.text
    assert not ann.peer.errors


async def test_a_chat_is_cleared_in_a_survey_that_is_closed(ann: Person, engine: AsyncEngine):
    """It is the person's chat, however far the survey is."""
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    ann.says("/clean")
    left = await ann.sees(CLEARED)
    await emptied(ann)
    assert told(Advice.SURVEY_CLOSED) in left.text
    assert not ann.peer.errors


async def test_who_takes_part_in_nothing_is_told_so(ann: Person):
    """Nothing of the chat is known, so nothing can be deleted."""
    bob = ann.peer.person(2)
    bob.says("/clean")
    await bob.sees(told(Advice.NO_INVITATION))
    assert not ann.peer.errors


# ---------------------------------------------------------------- what is old, and what is many


async def test_what_is_older_than_two_days_is_left_and_does_not_spare_the_rest(ann: Person, serving: Serving):
    """Telegram would refuse to delete any of them."""
    old = ann.chat.numbers
    ann.peer.date += 50 * HOUR
    serving.now = type(serving.now).fromtimestamp(ann.peer.date, serving.now.tzinfo)
    ann.presses("Sì")
    await ann.sees("Quali tè beve?")
    ann.says("/clean")
    last = await ann.sees(CLEARED)
    await ann.peer.until(lambda: ann.chat.numbers == [*old, last.id], f"{old} and {last.id}")
    assert not ann.peer.errors


async def test_a_message_that_telegram_does_not_delete_stays_alone(ann: Person, serving: Serving):
    """Its age is not as we thought: it is found by halves."""
    old = ann.chat.numbers[0]
    ann.chat.dates[old] -= 49 * HOUR
    ann.says("/clean")
    last = await ann.sees(CLEARED)
    await ann.peer.until(lambda: ann.chat.numbers == [old, last.id], f"{old} and {last.id}")
    assert serving


async def test_many_messages_are_deleted_in_parts(ann: Person, monkeypatch: pytest.MonkeyPatch):
    """A call takes a hundred; here three."""
    monkeypatch.setattr(clearing, "AT_ONCE", 3)
    for _ in range(3):
        ann.sends(sticker={})
        await ann.sees("Le piace il tè?")
    ann.says("/clean")
    await ann.sees(CLEARED)
    await emptied(ann)
    deleted = [call.arguments["message_ids"] for call in ann.peer.calls_of("deleteMessages")]
    assert max(map(len, deleted)) == 3
    assert not ann.peer.errors


# ---------------------------------------------------------------- what goes wrong


async def test_what_telegram_did_not_hear_is_deleted_later(ann: Person, serving: Serving, quick_sweeps: None):
    """The wish is stored: also a process that is started anew knows what is still to be done."""
    assert quick_sweeps is None
    ann.peer.fail("deleteMessages", Fault(cuts=True))
    ann.says("/clean")
    await ann.sees(CLEARED)
    await serving.stop()
    assert len(ann.chat.numbers) > 1
    await serving.start()
    await emptied(ann)
    assert not ann.peer.errors


async def test_what_the_bot_says_in_between_is_deleted_too(ann: Person, serving: Serving, engine: AsyncEngine):
    """A reminder, for one: the sweep, or the end of the process, keeps the numbers that no turn has kept."""
    await serving.wave()
    await serving.rests()
    await serving.stop()
    await serving.start()
    async with snapshot(engine) as connection:
        known = set(await connection.scalars(select(chat_messages.c.number)))
    assert known == set(ann.chat.numbers)
    ann.says("/clean")
    await ann.sees(CLEARED)
    await emptied(ann)


async def test_a_word_said_right_after_is_heard(ann: Person, monkeypatch: pytest.MonkeyPatch):
    """Whichever is said first, the answer counts, and what is asked then stands there."""
    monkeypatch.setattr(calls, "MESSAGES_AT_ONCE", 100)
    ann.says("/clean")
    ann.says("no")
    await ann.sees(REVIEW)
    await ann.peer.until(lambda: len(ann.chat.numbers) <= 3, "a clear chat")
    assert not ann.peer.errors

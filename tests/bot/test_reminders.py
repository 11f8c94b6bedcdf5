"""Reminders in Telegram, over real HTTP: what stands in the chat, and what becomes of those that do not get there."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.telegram import polling, transport
from conversations.letters import Occasion, OwnWords
from conversations.phrases import phrases_for
from storage.due import Posting, Reason
from storage.engine import snapshot, transaction
from storage.surveys import get_survey
from storage.tables import chats
from storage.texts import save_texts
from tests.bot.posted import postings, states
from tests.bot.serving import Serving
from tests.bot.strict_peer import StrictPeer
from tests.bot.telegram_peer import ApiError, Fault, Message, Person, TelegramPeer
from tests.bot.test_walk import begun

DAY = timedelta(days=1)
_say = phrases_for("it").say
GO_ON, NO_MORE = map(_say, ("Go on with the questionnaire", "No more reminders"))
SENT, QUEUED, DEAD, DOUBT = Posting.SENT, Posting.QUEUED, Posting.DEAD, Posting.DOUBT


@pytest.fixture
async def peer() -> AsyncIterator[StrictPeer]:
    """The Bot API in all its moods."""
    async with StrictPeer() as running:
        yield running


@pytest.fixture
async def ann(peer: StrictPeer, serving: Serving, tokens: dict[str, str]) -> Person:
    """She is asked her name, and has not answered since yesterday."""
    person = peer.person(1)
    await begun(person, tokens["ann"])
    serving.now += DAY
    return person


async def reminded(serving: Serving, person: Person) -> Message:
    """The reminder, in the chat."""
    await serving.wave()
    return await person.sees("Indagine")


async def blocked(engine: AsyncEngine) -> list[str]:
    """The addresses at which nobody reads any more."""
    async with snapshot(engine) as connection:
        return list(await connection.scalars(select(chats.c.address).where(chats.c.is_blocked)))


# ---------------------------------------------------------------- what stands in the chat


async def test_a_reminder_says_how_far_one_is_and_has_two_buttons(ann: Person, serving: Serving, engine: AsyncEngine):
    """One to go on, one for no more reminders; and it is recorded as sent."""
    reminder = await reminded(serving, ann)
    assert reminder.buttons == [GO_ON, NO_MORE]
    await serving.rests()
    assert await postings(engine) == [("ann", SENT, "")]


async def test_going_on_asks_the_question_again(ann: Person, serving: Serving):
    """And the answer to it counts."""
    await reminded(serving, ann)
    ann.presses(GO_ON)
    await ann.sees("Come si chiama?")
    ann.says("Anna")
    await ann.sees("Le piace il tè?")


async def test_who_wants_no_more_reminders_gets_none_and_may_go_on(ann: Person, serving: Serving):
    """The wish is confirmed; it is no refusal."""
    await reminded(serving, ann)
    ann.presses(NO_MORE)
    await ann.sees("promemoria")
    serving.now += DAY
    assert (await serving.wave())[Reason.QUIET, "telegram"] == 1
    ann.says("Anna")
    await ann.sees("Le piace il tè?")


@pytest.mark.parametrize("breaks", [False, True])
async def test_own_words_that_fill_two_messages_are_sent_once(
    ann: Person, serving: Serving, engine: AsyncEngine, *, breaks: bool
):
    """The buttons stand under the last; if the line breaks between the two, nothing is sent again."""
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "indagine")
        own = OwnWords("Ancora", "\n\n".join(["Manca ancora la Sua voce. " * 40] * 5))
        await save_texts(connection, survey.id, {(Occasion.HALF_WAY, "it"): own, (Occasion.OPENED, "it"): own})
    before = len(ann.chat.messages)
    if breaks:
        ann.peer.watch = lambda: _breaks_after(ann.peer, before + 1)
    await serving.wave()
    await serving.rests()
    sent = ann.chat.messages[before:]
    assert [message.buttons for message in sent] == ([[]] if breaks else [[], [GO_ON, NO_MORE]])
    assert await states(engine) == {"ann": DOUBT if breaks else SENT}


def _breaks_after(peer: TelegramPeer, messages: int) -> None:
    if len(peer.chats[1].messages) == messages:
        peer.watch = lambda: None
        peer.fail("sendMessage", Fault(cuts=True))


# ---------------------------------------------------------------- nobody there


@pytest.mark.parametrize("is_deleted", [False, True])
async def test_who_cannot_be_written_to_is_marked_and_reported_until_they_write(
    ann: Person, serving: Serving, engine: AsyncEngine, *, is_deleted: bool
):
    """The bot was blocked, or the chat deleted. Whoever writes again is answered, and reminded again."""
    chat = ann.chat
    chat.is_blocked = True
    if is_deleted:
        del ann.peer.chats[1]
    await serving.wave()
    await serving.rests()
    [(_, state, reason)] = await postings(engine)
    assert (state, bool(reason), await blocked(engine)) == (DEAD, True, ["1"])
    serving.now += DAY
    assert (await serving.wave())[Reason.BLOCKED, "telegram"] == 1

    chat.is_blocked, ann.peer.chats[1] = False, chat
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    serving.now += DAY
    await reminded(serving, ann)


async def test_that_nobody_is_there_is_found_out_by_the_dialogue_as_well(
    ann: Person, serving: Serving, engine: AsyncEngine, peer: StrictPeer
):
    """She answers, and blocks the bot before it asks on: no reminder is tried."""
    ann.chat.is_blocked = True
    tries = len(peer.calls_of("sendMessage"))
    ann.says("Anna")
    await peer.until(lambda: len(peer.calls_of("sendMessage")) > tries, "the next question")
    await serving.stop()
    assert await blocked(engine) == ["1"]
    serving.now += DAY
    assert (await serving.wave())[Reason.BLOCKED, "telegram"] == 1


async def test_a_message_that_telegram_refuses_is_dead_and_the_others_go_on(
    ann: Person, serving: Serving, engine: AsyncEngine, tokens: dict[str, str]
):
    """With Telegram's own words, for the coordinator."""
    serving.now -= DAY
    await begun(ann.peer.person(2), tokens["bob"])
    serving.now += DAY
    ann.peer.fail("sendMessage", Fault(ApiError(400, "Bad Request: BUTTON_DATA_INVALID")))
    await serving.wave()
    await serving.rests()
    assert sorted((state, reason) for _, state, reason in await postings(engine)) == [
        (DEAD, "Telegram refused the message: Button_data_invalid"),
        (SENT, ""),
    ]
    assert await blocked(engine) == []


# ---------------------------------------------------------------- in doubt, or later


@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (Fault(ApiError(500, "Internal Server Error")), 0),
        (Fault(ApiError(502, "Bad Gateway"), is_after=True), 1),
        (Fault(cuts=True), 0),
        (Fault(cuts=True, is_after=True), 1),
    ],
)
async def test_what_may_have_arrived_is_in_doubt_and_never_sent_twice(
    fault: Fault, arrived: int, ann: Person, serving: Serving, engine: AsyncEngine
):
    """Whether it did is not to be known; a coordinator sees it."""
    before = len(ann.chat.messages)
    ann.peer.fail("sendMessage", fault)
    await serving.wave()
    await serving.rests()
    serving.now += timedelta(hours=3)
    await serving.rests()
    assert await states(engine) == {"ann": DOUBT}
    assert len(ann.chat.messages) == before + arrived


async def test_an_answer_that_does_not_come_leaves_a_doubt(
    ann: Person, serving: Serving, engine: AsyncEngine, peer: StrictPeer, monkeypatch: pytest.MonkeyPatch
):
    """Telegram was given the message, and says nothing."""
    assert ann.peer is peer
    monkeypatch.setattr(transport, "ANSWER_SECONDS", 0.05)
    peer.stalls()
    await serving.wave()
    await serving.rests()
    assert await states(engine) == {"ann": DOUBT}


async def test_telegram_that_cannot_be_reached_gets_it_later(
    ann: Person, serving: Serving, engine: AsyncEngine, peer: StrictPeer, monkeypatch: pytest.MonkeyPatch
):
    """However long it takes, and once; it counts as no attempt."""
    monkeypatch.setattr(polling, "BACK_OFF", (0.01,))
    await peer.goes_away()
    await serving.wave()
    for _ in range(5):
        await serving.rests()
        assert await states(engine) == {"ann": QUEUED}
        serving.now += timedelta(minutes=10)
    await peer.comes_back()
    await serving.rests()
    assert await states(engine) == {"ann": SENT}
    assert [message.buttons for message in ann.chat.messages].count([GO_ON, NO_MORE]) == 1

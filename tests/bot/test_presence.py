"""Who blocks the bot, and comes back: taken in at once, over real HTTP."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.due import Reason
from storage.engine import snapshot
from storage.tables import chats
from tests.bot.posted import postings
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Fault, Person, TelegramPeer
from tests.bot.test_walk import begun

DAY = timedelta(days=1)


@pytest.fixture
async def ann(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]) -> Person:
    """She is asked her name, and has not answered since yesterday."""
    person = peer.person(1)
    await begun(person, tokens["ann"])
    serving.now += DAY
    return person


async def taken_in(peer: TelegramPeer) -> None:
    """Wait until every update is confirmed."""
    await peer.until(lambda: not peer.unconfirmed, "the updates are confirmed")


async def blocked(engine: AsyncEngine) -> list[str]:
    """The addresses at which nobody reads."""
    async with snapshot(engine) as connection:
        return list(await connection.scalars(select(chats.c.address).where(chats.c.is_blocked)))


def messages_sent(peer: TelegramPeer) -> int:
    return len(peer.calls_of("sendMessage"))


async def test_who_blocks_the_bot_is_not_written_to(ann: Person, serving: Serving, engine: AsyncEngine):
    """No message has to fail first to learn it, and none is made ready."""
    sent = messages_sent(ann.peer)
    ann.blocks()
    await taken_in(ann.peer)
    assert await blocked(engine) == ["1"]
    assert (await serving.wave())[Reason.BLOCKED, "telegram"] == 1
    await serving.rests()
    assert (messages_sent(ann.peer), await postings(engine), ann.peer.errors) == (sent, [], [])


async def test_who_lets_it_in_again_is_reminded_again(ann: Person, serving: Serving, engine: AsyncEngine):
    """Without having to write; the return itself is answered by nothing."""
    sent = messages_sent(ann.peer)
    ann.blocks()
    ann.unblocks()
    await taken_in(ann.peer)
    assert (await blocked(engine), messages_sent(ann.peer)) == ([], sent)
    await serving.wave()
    await ann.sees("Indagine")


async def test_a_reminder_on_its_way_is_not_sent_to_who_blocks_the_bot(
    ann: Person, serving: Serving, engine: AsyncEngine
):
    """It was due when the wave was written, and is not when its turn comes."""
    await serving.stop()
    await serving.wave()
    sent = messages_sent(ann.peer)
    ann.blocks()
    await serving.start()
    await taken_in(ann.peer)
    await serving.rests()
    [(_, _, reason)] = await postings(engine)
    assert (reason, messages_sent(ann.peer)) == (Reason.BLOCKED.value, sent)


async def test_blocking_heard_twice_is_blocking_once(ann: Person, serving: Serving, engine: AsyncEngine):
    """An old update that comes once more does not undo the return."""
    ann.blocks()
    back = ann.unblocks()
    await taken_in(ann.peer)
    ann.blocks()
    ann.peer.repeat(back)
    await taken_in(ann.peer)
    assert await blocked(engine) == ["1"]
    assert serving


async def test_what_is_owed_waits_for_who_has_blocked_the_bot(
    ann: Person, serving: Serving, engine: AsyncEngine, quick_sweeps: None
):
    """It is not tried in vain, and is said when there is somebody to read it."""
    assert quick_sweeps is None
    await taken_in(ann.peer)
    await serving.stop()
    ann.peer.fail("sendMessage", Fault(cuts=True))
    ann.says("Anna")
    ann.blocks()
    await serving.start()
    await taken_in(ann.peer)
    assert await blocked(engine) == ["1"]
    ann.unblocks()
    await taken_in(ann.peer)
    await serving.stop()
    await serving.start()
    await ann.sees("Le piace il tè?")
    assert not ann.peer.errors

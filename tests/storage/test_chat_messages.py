"""The messages that stand in chats, and which of them are to be deleted."""

from datetime import timedelta

from storage.chat_messages import (
    ChatMessage,
    Clearing,
    clearing_of,
    end_clearing,
    keep_messages,
    prune_messages,
    to_clear,
    wish_cleared,
)
from storage.chat_tables import chat_messages
from storage.chats import Sender
from storage.engine import snapshot, transaction
from storage.turns import open_turn
from tests.storage.field import NOON, Field, count

ADA, EVE = Sender("telegram", "1001"), Sender("telegram", "1002")
HOUR = timedelta(hours=1)


def standing(*numbers: int, hours_ago: int = 0) -> list[ChatMessage]:
    return [ChatMessage(number, NOON - hours_ago * HOUR) for number in numbers]


async def keeps(field: Field, sender: Sender, *numbers: int, hours_ago: int = 0) -> None:
    async with transaction(field.engine) as connection:
        await keep_messages(connection, {sender: standing(*numbers, hours_ago=hours_ago)})


async def wishes(field: Field, sender: Sender, number: int) -> Clearing | None:
    """The chat is to be cleared up to this message; what is to be deleted."""
    async with transaction(field.engine) as connection:
        await wish_cleared(connection, sender, standing(number))
        return await clearing_of(connection, sender, now=NOON)


async def test_a_turn_keeps_the_numbers_of_what_was_said(field: Field):
    """Once, however often they are named; the first turn too, in which the chat is made."""
    async with open_turn(field.engine, ADA, "1", now=NOON, said=standing(3)) as turn:
        invitation = await turn.find_invitation(field.tokens["P1"])
        assert invitation is not None
    async with open_turn(field.engine, ADA, "2", now=NOON, said=standing(3, 4)):
        pass
    assert await count(field.engine, chat_messages) == 2


async def test_of_strangers_nothing_is_kept(field: Field):
    """Who has no invitation leaves no trace."""
    async with open_turn(field.engine, EVE, "1", now=NOON, said=standing(3)):
        pass
    await keeps(field, EVE, 4)
    assert await count(field.engine, chat_messages) == 0


async def test_what_is_to_be_deleted_goes_up_to_the_wish(field: Field):
    """In order, of this chat only, and of two days only: who asks for more is refused all of it."""
    await field.begin(ADA)
    await field.begin(EVE, "P2", "eve begins")
    await keeps(field, ADA, 9, 7, 12)
    await keeps(field, ADA, 5, hours_ago=46)
    await keeps(field, ADA, 4, hours_ago=48)
    await keeps(field, EVE, 6)
    clearing = await wishes(field, ADA, 9)
    assert clearing is not None
    assert (clearing.to, clearing.numbers) == (9, (5, 7, 9))
    async with snapshot(field.engine) as connection:
        assert await to_clear(connection, "telegram") == [ADA]


async def test_a_chat_that_was_cleared_need_not_be_again(field: Field):
    """What was said later stands there still; and a later wish is not undone by the end of an earlier one."""
    await field.begin(ADA)
    await keeps(field, ADA, 7, 8, 12)
    earlier = await wishes(field, ADA, 7)
    assert earlier is not None
    later = await wishes(field, ADA, 8)
    assert later is not None
    for clearing, left in ((earlier, [ADA]), (later, [])):
        async with transaction(field.engine) as connection:
            await end_clearing(connection, ADA, clearing)
            assert await to_clear(connection, "telegram") == left
    assert await count(field.engine, chat_messages) == 1


async def test_numbers_are_forgotten_after_two_days(field: Field):
    """Nobody but the person can delete these messages any more."""
    await field.begin(ADA)
    await keeps(field, ADA, 7, hours_ago=49)
    await keeps(field, ADA, 8, hours_ago=47)
    async with transaction(field.engine) as connection:
        assert await prune_messages(connection, now=NOON) == 1
    assert await count(field.engine, chat_messages) == 1


async def test_where_a_channel_has_no_messages_nothing_is_to_be_deleted(field: Field):
    """A web page shows what is asked for, and keeps none of it."""
    browser = Sender("web", "w" * 32)
    await field.begin(browser)
    async with transaction(field.engine) as connection:
        await wish_cleared(connection, browser, [])
        assert await clearing_of(connection, browser, now=NOON) is None
        assert await to_clear(connection, "web") == []

"""Who is a coordinator in the chat: by a link that binds one account, once; nobody else learns of it."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.advice import Advice
from conversations.phrases import phrases_for
from storage.coordinators import LINK_LASTS, remove_coordinator
from storage.engine import transaction
from tests.bot.coordinators.conftest import Named
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer
from tests.bot.test_walk import begun, told

_say = phrases_for("it").say


async def test_the_link_makes_a_coordinator_and_says_what_there_is_to_do(
    peer: TelegramPeer, serving: Serving, anna: Person
):
    """The surveys by their titles, and the three commands; the menu of this chat alone has them."""
    assert "Indagine" in anna.last.text
    assert all(f"/{command}: " in anna.last.text for command in ("rate", "export", "remind"))
    commands = await peer.until(lambda: anna.chat.commands.get("it"), "the menu of the chat")
    assert [one["command"] for one in commands][:4] == ["rate", "export", "remind", "start"]
    await serving.stop()
    assert not any(one["command"] == "rate" for commands in peer.commands.values() for one in commands)
    assert not peer.errors


async def test_a_link_works_once(peer: TelegramPeer, serving: Serving, named: Named):
    """The account that came first may open it again; to any other it is a link that means nothing."""
    token = await named()
    anna, eve = peer.person(501), peer.person(502)
    for _ in range(2):
        anna.starts(token)
        await anna.sees("/rate")
    eve.starts(token)
    await eve.sees(told(Advice.UNKNOWN_TOKEN))
    eve.says("/rate")
    await eve.sees(told(Advice.NO_INVITATION))
    assert serving


async def test_a_link_expires(peer: TelegramPeer, serving: Serving, named: Named):
    """After seven days it binds nobody, and says so."""
    token = await named()
    serving.now += LINK_LASTS + timedelta(seconds=1)
    anna = peer.person(501)
    anna.starts(token)
    await anna.sees(_say("This link has expired. Please ask those who gave it to you for a new one."))
    anna.says("/rate")
    await anna.sees(told(Advice.NO_INVITATION))


async def test_an_account_is_one_coordinator(anna: Person, named: Named):
    """A second name would make the record of exports say two things of one person."""
    anna.starts(await named("Bruno Verdi"))
    await anna.sees("sotto un altro nome")


@pytest.mark.parametrize("command", ["/rate", "/export", "/remind"])
async def test_to_a_respondent_the_commands_are_unknown(
    peer: TelegramPeer, anna: Person, tokens: dict[str, str], command: str
):
    """The same help as for any word that is no command, and the question again."""
    bob = peer.person(2)
    assert anna
    await begun(bob, tokens["bob"])
    bob.says("/nonsense")
    help_text = (await bob.sees("Come si chiama?")).text
    bob.says(command)
    assert (await bob.sees("Come si chiama?")).text == help_text


async def test_who_was_removed_is_nobody_any_more(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, anna: Person
):
    """At once for the commands; the menu goes with the next look."""
    await peer.until(lambda: anna.chat.commands.get("it"), "the menu of the chat")
    async with transaction(engine) as connection:
        assert await remove_coordinator(connection, "Anna Rossi")
    anna.says("/rate")
    await anna.sees(told(Advice.NO_INVITATION))
    await serving.stop()
    await serving.start()
    await peer.until(lambda: not anna.chat.commands, "the menu to be taken away")
    assert not peer.errors


async def test_a_coordinator_may_take_part(anna: Person, tokens: dict[str, str]):
    """The questionnaire stands where it stood, whatever is asked in between."""
    await begun(anna, tokens["ann"])
    anna.says("/rate")
    await anna.sees("Indagine: aperta")
    anna.says("Anna")
    await anna.sees("Le piace il tè?")
    anna.says("/remind")
    await anna.sees("Indagine")
    anna.presses("No")
    await anna.sees(_say("Your answers"))

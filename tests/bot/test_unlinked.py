"""A chat whose invitation was renewed: it sees and changes nothing any more, and is told so, and where to go."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from conversations.advice import Advice, advice
from conversations.phrases import phrases_for
from conversations.protocol import Command, Commanded, Heard, Pressed, Typed
from storage.chats import Sender
from storage.engine import transaction
from storage.register import renew_invitation
from storage.surveys import get_survey
from tests.bot.conftest import PEOPLE, TEA
from tests.bot.installation import NOON, SECRET, install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.sheets import workbook

_say = phrases_for("it").say
TAKE_PART = _say("Take part")
REPLACED = advice(Advice.LINK_REPLACED, "it")
OLD, NEW = Sender("telegram", "1"), Sender("telegram", "2")


@pytest.fixture
def dialogue(engine: AsyncEngine) -> Dialogue:
    return Dialogue(engine, FormShelf(), lambda: NOON)


async def half_way(dialogue: Dialogue, token: str, sender: Sender = OLD, claim: str = "1") -> str:
    """The first question is answered; the code of a button that stood above it."""
    welcome = await dialogue.hear(sender, Commanded(Command.START), claim=claim, token=token, language_wish="it")
    code = next(button.code for button in welcome.prompt.actions if button.label == TAKE_PART)
    await dialogue.hear(sender, Pressed(code), claim=f"{claim}a")
    await dialogue.hear(sender, Typed("Anna"), claim=f"{claim}b")
    return code


async def renewed(engine: AsyncEngine, *, mailed: bool) -> str:
    """The token of the newer link, handed over or mailed."""
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "indagine")
        return await renew_invitation(connection, survey.id, "ann", secret=SECRET, mailed=mailed)


@pytest.mark.parametrize("mailed", [False, True])
@pytest.mark.parametrize(
    "heard", [Typed("Berta"), *map(Commanded, (Command.MYDATA, Command.WITHDRAW, Command.STOP, Command.PRIVACY))]
)
async def test_the_old_chat_is_told_that_a_newer_link_counts(
    dialogue: Dialogue, engine: AsyncEngine, tokens: dict[str, str], heard: Heard, *, mailed: bool
):
    """Never that nothing is stored, which would be untrue; and nothing is shown or done there."""
    old = await half_way(dialogue, tokens["ann"])
    await renewed(engine, mailed=mailed)
    for claim, what in (("2", heard), ("3", Pressed(old)), ("4", Commanded(Command.HELP))):
        reply = await dialogue.hear(OLD, what, claim=claim, language_wish="it")
        assert reply.prompt == REPLACED
    looked = await dialogue.look(OLD, language_wish="it")
    assert looked is not None
    assert looked.prompt == REPLACED
    assert await dialogue.mydata.of(OLD) is None


async def test_the_newer_link_goes_on_and_erases(dialogue: Dialogue, engine: AsyncEngine, tokens: dict[str, str]):
    """As the old chat is told."""
    await half_way(dialogue, tokens["ann"])
    token = await renewed(engine, mailed=True)
    went_on = await dialogue.hear(NEW, Commanded(Command.START), claim="2", token=token)
    assert "Le piace il tè?" in str(went_on.prompt.blocks)
    asked = await dialogue.hear(NEW, Commanded(Command.WITHDRAW), claim="3")
    erase = next(button.code for button in asked.prompt.actions if button.label == _say("Erase my answers"))
    erased = await dialogue.hear(NEW, Pressed(erase), claim="4")
    assert _say("/clean empties this chat, too.") in str(erased.prompt.blocks)
    assert (await dialogue.hear(OLD, Typed("?"), claim="5", language_wish="it")).prompt == REPLACED


async def test_a_chat_that_is_in_another_survey_turns_to_that(
    dialogue: Dialogue, engine: AsyncEngine, tokens: dict[str, str]
):
    """What was written is no answer to it."""
    coffee = await install(engine, workbook(TEA), PEOPLE, name="seconda", title="Il caffè")
    await half_way(dialogue, coffee["ann"], claim="c")
    await half_way(dialogue, tokens["ann"])
    await renewed(engine, mailed=False)
    reply = await dialogue.hear(OLD, Typed("Sì"), claim="2")
    said, *asked = reply.prompt.blocks
    assert said.text == REPLACED.blocks[0].text
    assert "Le piace il tè?" in str(asked)
    assert reply.terms is not None
    assert reply.terms.title == "Il caffè"
    assert (await dialogue.hear(OLD, Commanded(Command.STATUS), claim="3")).terms == reply.terms


async def test_the_old_chat_can_still_be_emptied(
    peer: TelegramPeer, serving: Serving, engine: AsyncEngine, tokens: dict[str, str]
):
    """It is the chat of whoever has it before the eyes."""
    ann = peer.person(1)
    ann.starts(tokens["ann"])
    await ann.sees("Indagine")
    await renewed(engine, mailed=False)
    ann.says("/clean")
    left = await ann.sees(REPLACED.blocks[0].text)
    await peer.until(lambda: ann.chat.numbers == [left.id], "an empty chat")
    assert serving
    assert not peer.errors

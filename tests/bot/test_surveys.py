"""Several surveys in one chat: the list of them, the way from one to another, and the buttons left behind."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue, Reply
from bot.shelf import FormShelf
from conversations.phrases import phrases_for
from conversations.protocol import Command, Commanded, Edited, Heard, Kind, Pressed, Prompt, Typed
from storage.chats import Sender
from storage.engine import transaction
from storage.surveys import close_survey
from tests.bot.conftest import PEOPLE, TEA
from tests.bot.installation import NOON, install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.sheets import workbook

_say = phrases_for("it").say
TAKE_PART, DECLINE, SUBMIT = map(_say, ("Take part", "No, thank you", "Submit my answers"))
TO_TEA, TO_COFFEE = (_say("Go to “{title}”", title=title) for title in ("Indagine", "Il caffè"))
SURVEYS = Commanded(Command.SURVEYS)


@pytest.fixture
async def coffee(engine: AsyncEngine, tokens: dict[str, str]) -> dict[str, str]:
    """The tokens of the same people in a second survey, with the same questions and another title."""
    assert tokens
    return await install(engine, workbook(TEA), PEOPLE, name="seconda", title="Il caffè")


class Person:
    """Somebody in one chat; each thing is said once."""

    def __init__(self, engine: AsyncEngine, channel: str = "telegram", number: str = "1") -> None:
        self._dialogue = Dialogue(engine, FormShelf(), lambda: NOON)
        self._sender = Sender(channel, number)
        self._claims = iter(range(1000))
        self.reply: Reply

    async def hears(self, heard: Heard, token: str | None = None) -> Prompt:
        self.reply = await self._dialogue.hear(self._sender, heard, claim=str(next(self._claims)), token=token)
        return self.reply.prompt

    async def starts(self, token: str) -> Prompt:
        return await self.hears(Commanded(Command.START), token)

    async def presses(self, prompt: Prompt, label: str) -> Prompt:
        return await self.hears(Pressed(code_of(prompt, label)))


def code_of(prompt: Prompt, label: str) -> str:
    return next(button.code for button in (*prompt.choices, *prompt.actions) if button.label == label)


def words_of(prompt: Prompt) -> str:
    return "\n".join(block.text for block in prompt.blocks)


def ways_of(prompt: Prompt) -> list[str]:
    return [button.label for button in prompt.actions if button.label in (TO_TEA, TO_COFFEE)]


async def in_both(engine: AsyncEngine, tea: str, coffee: str, channel: str = "telegram") -> tuple[Person, Prompt]:
    """Two questions of the first survey are asked, the second is begun; and what the first asked last."""
    ann = Person(engine, channel)
    await ann.presses(await ann.starts(tea), TAKE_PART)
    left = await ann.hears(Typed("Anna"))
    await ann.presses(await ann.starts(coffee), TAKE_PART)
    return ann, left


@pytest.mark.parametrize("channel", ["telegram", "web"])
async def test_the_list_says_how_far_each_is_and_leads_to_the_other(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str], channel: str
):
    """The one at hand first; what is asked here is asked below it."""
    ann, _ = await in_both(engine, tokens["ann"], coffee["ann"], channel)
    listed = await ann.hears(SURVEYS)
    assert words_of(listed).startswith(
        "Qui ci sono 2 indagini per lei.\n"
        "1. «Il caffè», dove si trova ora: domande con risposta: 0 su circa 2.\n"
        "2. «Indagine»: domande con risposta: 1 su circa 2."
    )
    assert words_of(listed).endswith("Come si chiama?")
    assert ways_of(listed) == [TO_TEA]


async def test_going_to_another_survey_and_back_keeps_both_places(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """What is written answers the one that one is in."""
    ann, _ = await in_both(engine, tokens["ann"], coffee["ann"])
    there = await ann.presses(await ann.hears(SURVEYS), TO_TEA)
    assert "Questa è l'indagine «Indagine»" in words_of(there)
    assert words_of(there).endswith("Le piace il tè?")
    await ann.hears(Typed("no"))
    back = await ann.presses(await ann.hears(SURVEYS), TO_COFFEE)
    assert words_of(back).endswith("Come si chiama?")
    assert words_of(await ann.hears(Typed("Anna"))).endswith("Le piace il tè?")


async def test_a_way_that_is_pressed_again_asks_again(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """Twice, or when one is there already."""
    ann, _ = await in_both(engine, tokens["ann"], coffee["ann"])
    listed = await ann.hears(SURVEYS)
    first, again = await ann.presses(listed, TO_TEA), await ann.presses(listed, TO_TEA)
    assert words_of(first) == words_of(again)


async def test_a_button_left_behind_says_whose_it_is_and_leads_there(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """It answers nothing: neither there, nor the same question here."""
    ann, left = await in_both(engine, tokens["ann"], coffee["ann"])
    told = await ann.presses(left, "Sì")
    assert words_of(told).startswith(
        "Questo pulsante è dell'indagine «Indagine»: domande con risposta: 1 su circa 2.\n"
    )
    assert words_of(told).endswith("Come si chiama?")
    assert ways_of(told) == [TO_TEA]
    assert words_of(await ann.presses(told, TO_TEA)).endswith("Le piace il tè?")
    assert "Quali tè beve?" in words_of(await ann.presses(left, "Sì"))


async def corrected_elsewhere(engine: AsyncEngine, tea: str, coffee: str) -> tuple[Person, Prompt]:
    """A name was given in the first survey; its message is corrected while the chat is at the second."""
    ann = Person(engine)
    await ann.presses(await ann.starts(tea), TAKE_PART)
    await ann.hears(Typed("Anna", message="7"))
    await ann.presses(await ann.starts(coffee), TAKE_PART)
    return ann, await ann.hears(Edited("Anna Rosa", message="7"))


async def test_a_message_corrected_in_another_survey_says_whose_it_is_and_leads_there(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """Nothing is changed here, and nothing there before it is corrected there."""
    ann, told = await corrected_elsewhere(engine, tokens["ann"], coffee["ann"])
    assert words_of(told).startswith("Il messaggio che ha modificato è una risposta dell'indagine «Indagine»")
    assert words_of(told).endswith("Come si chiama?")
    assert ways_of(told) == [TO_TEA]
    await ann.presses(told, TO_TEA)
    await ann.hears(Edited("Anna Rosa", message="7"))
    assert ann.reply.noted == "7"
    assert "Anna Rosa" in words_of(await ann.hears(Commanded(Command.SUMMARY))) + str(ann.reply.prompt.entries)


async def test_a_message_of_a_survey_that_has_closed_cannot_be_corrected_and_says_so(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """No way leads where nothing can be done."""
    ann, _ = await corrected_elsewhere(engine, tokens["ann"], coffee["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    told = await ann.hears(Edited("Anna Maria", message="7"))
    assert "«Indagine», che ora non è aperta: non è cambiato nulla." in words_of(told)
    assert not ways_of(told)


async def test_what_was_submitted_is_listed_and_leads_to_its_receipt(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """There it can be withdrawn; its old buttons say whose they are."""
    ann, left = await in_both(engine, tokens["ann"], coffee["ann"])
    await ann.presses(await ann.hears(SURVEYS), TO_TEA)
    await ann.presses(await ann.hears(Typed("no")), SUBMIT)
    listed = await ann.hears(SURVEYS)
    assert "1. «Indagine», dove si trova ora: risposte inviate." in words_of(listed)
    back = await ann.presses(listed, TO_COFFEE)
    assert "«Indagine»: risposte inviate." in words_of(await ann.hears(SURVEYS))
    told = await ann.presses(left, "Sì")
    assert "Questo pulsante è dell'indagine «Indagine»: risposte inviate." in words_of(told)
    assert told.place == back.place
    receipt = await ann.presses(told, TO_TEA)
    assert receipt.kind is Kind.RECEIPT


async def test_from_a_survey_that_has_closed_one_gets_to_the_other(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """And the one that has closed is said to be."""
    ann, left = await in_both(engine, tokens["ann"], coffee["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "seconda", now=NOON)
    told = await ann.presses(left, "Sì")
    assert words_of(told).startswith("Questo pulsante è dell'indagine «Indagine»")
    assert words_of(told).endswith("L'indagine è chiusa. Grazie per l'interesse.")
    listed = await ann.hears(SURVEYS)
    assert ways_of(listed) == ways_of(told) == [TO_TEA]
    assert words_of(await ann.presses(listed, TO_TEA)).endswith("Le piace il tè?")
    again = await ann.hears(SURVEYS)
    assert "2. «Il caffè»: ora non è aperta." in words_of(again)
    closed = await ann.presses(again, TO_COFFEE)
    assert words_of(closed) == "L'indagine è chiusa. Grazie per l'interesse."
    asked = await ann.hears(Commanded(Command.WITHDRAW))
    assert [button.label for button in asked.actions] == [_say("Erase my answers"), _say("Keep my answers")]


async def test_a_refusal_is_listed_and_can_be_reconsidered(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """The way leads to where it can be taken back."""
    ann = Person(engine)
    await ann.presses(await ann.starts(tokens["ann"]), DECLINE)
    await ann.starts(coffee["ann"])
    listed = await ann.hears(SURVEYS)
    assert "1. «Il caffè», dove si trova ora: non ancora iniziata." in words_of(listed)
    assert "2. «Indagine»: ha scelto di non partecipare." in words_of(listed)
    assert [button.label for button in (await ann.presses(listed, TO_TEA)).actions]


async def test_who_has_one_survey_is_told_so(engine: AsyncEngine, tokens: dict[str, str]):
    """There is nowhere to go."""
    ann = Person(engine)
    await ann.starts(tokens["ann"])
    listed = await ann.hears(SURVEYS)
    first = "Qui c'è un'indagine per lei.\n1. «Indagine», dove si trova ora: non ancora iniziata."
    assert words_of(listed).startswith(first)
    assert ways_of(listed) == []


async def test_buttons_of_somebody_else_lead_nowhere(
    engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]
):
    """Of a message that was forwarded, or forged: not even the survey's name is told."""
    ann, left = await in_both(engine, tokens["ann"], coffee["ann"])
    way = code_of(await ann.hears(SURVEYS), TO_TEA)
    bob = Person(engine, number="2")
    await bob.starts(coffee["bob"])
    for code in (way, code_of(left, "Sì")):
        told = await bob.hears(Pressed(code))
        assert "«Indagine»" not in words_of(told)
        assert ways_of(told) == []


async def test_in_telegram_the_list_and_the_way_work(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str], coffee: dict[str, str]
):
    """Over the wire, as a message with buttons."""
    ann = peer.person(1)
    ann.starts(tokens["ann"])
    await ann.sees("Indagine")
    ann.presses(TAKE_PART)
    left = await ann.sees("Come si chiama?")
    ann.starts(coffee["ann"])
    await ann.sees("Il caffè")
    ann.says("/surveys")
    await ann.sees("Qui ci sono 2 indagini per lei.")
    ann.presses(TO_TEA)
    await ann.sees("Come si chiama?")
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert left.text
    assert serving
    assert not peer.errors

"""The durable turn, for any channel."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue, Reply
from bot.shelf import FormShelf
from conversations.advice import Advice, advice
from conversations.protocol import Command, Commanded, Kind, Manner, Pressed, Status, Style, Typed
from storage.chats import Sender
from storage.engine import snapshot, transaction
from storage.reading import count_progress
from storage.surveys import close_survey, get_survey
from storage.turns import open_turn
from tests.bot.conftest import PEOPLE, TEA
from tests.bot.installation import NOON, install
from tests.sheets import workbook

ANN = Sender("telegram", "1")
BOB = Sender("telegram", "2")
BROWSER = Sender("web", "secret-of-a-cookie")
START = Commanded(Command.START)


@pytest.fixture
def dialogue(engine: AsyncEngine) -> Dialogue:
    return Dialogue(engine, FormShelf(), lambda: NOON)


async def told(dialogue: Dialogue, reply: Reply, sender: Sender = ANN, message: str = "1") -> None:
    """The channel has said it."""
    shown = reply.shown_as(message)
    assert shown is not None
    await dialogue.shown(sender, shown)


async def asked(dialogue: Dialogue, token: str, sender: Sender = ANN) -> Reply:
    """Up to the first question, which has been shown."""
    welcome = await dialogue.hear(sender, START, claim="1", token=token)
    await told(dialogue, welcome, sender, "1")
    first = await dialogue.hear(sender, Pressed(welcome.prompt.actions[0].code), claim="2")
    await told(dialogue, first, sender, "2")
    return first


async def test_an_invitation_begins_with_the_welcome(dialogue: Dialogue, tokens: dict[str, str]):
    """In the person's language; nothing was shown before."""
    reply = await dialogue.hear(ANN, START, claim="1", token=tokens["eve"], language_wish="it")
    assert (reply.prompt.kind, reply.prompt.language, reply.manner) == (Kind.WELCOME, "en", Manner.ASK)
    assert reply.settled == ()
    assert reply.terms is not None
    assert reply.terms.sender == "Ente"


async def test_the_language_of_the_app_counts_where_the_register_names_none(dialogue: Dialogue, tokens: dict[str, str]):
    """And it may be more exact than the questionnaire's."""
    reply = await dialogue.hear(ANN, START, claim="1", token=tokens["ann"], language_wish="en-GB")
    assert reply.prompt.language == "en"


async def test_the_message_before_is_settled_with_its_answer(dialogue: Dialogue, tokens: dict[str, str]):
    """The reply says which message that is, and what it says from now on."""
    await asked(dialogue, tokens["ann"])
    reply = await dialogue.hear(ANN, Typed("Anna"), claim="3")
    [settled] = reply.settled
    assert settled.message == "2"
    assert [block.text for block in settled.blocks] == ["Come si chiama?", "Anna"]


async def test_the_message_that_is_pressed_is_the_one_before_the_eyes(dialogue: Dialogue, tokens: dict[str, str]):
    """A send that seemed to have failed had arrived: a change goes there, not to what we believed to be shown."""
    await asked(dialogue, tokens["ann"])
    for claim, text in (("3", "Anna"), ("4", "sì")):
        reply = await dialogue.hear(ANN, Typed(text), claim=claim)
    refreshed = await dialogue.hear(ANN, Pressed(reply.prompt.choices[0].code), claim="5", message="77")
    assert (refreshed.manner, refreshed.message) == (Manner.REFRESH, "77")
    done = await dialogue.hear(ANN, Pressed(refreshed.prompt.actions[0].code), claim="6", message="77")
    assert {settled.message for settled in done.settled} == {"2", "77"}


async def test_a_button_of_an_earlier_question_names_no_message(dialogue: Dialogue, tokens: dict[str, str]):
    """What stands far above is not what the person is shown now."""
    welcome = await dialogue.hear(ANN, START, claim="1", token=tokens["ann"])
    first = await dialogue.hear(ANN, Pressed(welcome.prompt.actions[0].code), claim="2")
    await told(dialogue, first, message="2")
    late = await dialogue.hear(ANN, Pressed(welcome.prompt.actions[0].code), claim="3", message="1")
    assert late.message in ("", "2")


async def test_what_is_heard_twice_is_told_again_only_if_it_was_never_told(dialogue: Dialogue, tokens: dict[str, str]):
    """The claim is taken in the same transaction as the answer."""
    await asked(dialogue, tokens["ann"])
    first = await dialogue.hear(ANN, Typed("Anna"), claim="3")
    again = await dialogue.hear(ANN, Typed("Anna"), claim="3")
    assert (again.prompt, again.manner) == (first.prompt, Manner.ASK)
    await told(dialogue, again)
    assert (await dialogue.hear(ANN, Typed("Anna"), claim="3")).manner is Manner.QUIET


async def test_who_was_not_told_is_owed(dialogue: Dialogue, tokens: dict[str, str]):
    """A turn, and a refusal too, though it changes nothing."""
    await asked(dialogue, tokens["ann"])
    assert await dialogue.owed("telegram") == []
    for number, text in enumerate(("", "Anna")):
        reply = await dialogue.hear(ANN, Typed(text), claim=f"t{number}")
        assert await dialogue.owed("telegram") == [ANN]
        await told(dialogue, reply)
        assert await dialogue.owed("telegram") == []


async def test_looking_changes_nothing(dialogue: Dialogue, tokens: dict[str, str]):
    """What is to be shown is derived, with the answers so far."""
    await asked(dialogue, tokens["ann"])
    reply = await dialogue.hear(ANN, Typed("Anna"), claim="3")
    for _ in range(2):
        looked = await dialogue.look(ANN)
        assert looked is not None
        assert looked.prompt == reply.prompt
        assert [entry.answer for entry in looked.history] == ["Anna"]
    assert await dialogue.look(BOB) is None


@pytest.mark.parametrize("heard", [START, Typed("ciao"), Pressed("abc")])
async def test_without_an_invitation_there_is_advice(dialogue: Dialogue, tokens: dict[str, str], heard):
    """Whatever a stranger says; it belongs to no session."""
    assert tokens
    reply = await dialogue.hear(ANN, heard, claim="1", language_wish="it")
    assert reply.prompt == advice(Advice.NO_INVITATION, "it")
    assert reply.shown_as("1") is None


async def test_an_invitation_is_for_one(dialogue: Dialogue, tokens: dict[str, str]):
    """On another account or device it gives advice, and the first goes on undisturbed."""
    first = await asked(dialogue, tokens["ann"])
    for other in (BOB, BROWSER):
        reply = await dialogue.hear(other, START, claim="1", token=tokens["ann"], language_wish="it")
        assert reply.prompt == advice(Advice.FOREIGN_TOKEN, "it")
    looked = await dialogue.look(ANN)
    assert looked is not None
    assert looked.prompt == first.prompt


async def test_a_preview_shows_the_welcome_and_takes_nothing(dialogue: Dialogue, tokens: dict[str, str]):
    """Whoever opens the page has not begun; somebody else can."""
    preview = await dialogue.preview(tokens["ann"], language_wish="it")
    assert preview.prompt.kind is Kind.WELCOME
    assert preview.terms is not None
    assert (await dialogue.preview("nonsense", language_wish="it")).terms is None
    assert (await dialogue.hear(ANN, START, claim="1", token=tokens["ann"])).prompt.kind is Kind.WELCOME


async def test_the_link_again_leads_to_where_one_was(dialogue: Dialogue, tokens: dict[str, str]):
    """Weeks later too."""
    await asked(dialogue, tokens["ann"])
    await dialogue.hear(ANN, Typed("Anna"), claim="3")
    reply = await dialogue.hear(ANN, START, claim="4", token=tokens["ann"])
    assert reply.prompt.place == "/data/likes"


async def test_a_closed_survey_takes_nothing_more(engine: AsyncEngine, tokens: dict[str, str]):
    """Neither from who is in the middle of it, nor from who comes late; a receipt stays a receipt."""
    dialogue = Dialogue(engine, FormShelf(), lambda: NOON)
    done = await finished(dialogue, tokens["bob"], BOB)
    await asked(dialogue, tokens["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    later = Dialogue(engine, FormShelf(), lambda: NOON + timedelta(days=1))
    assert (await later.hear(ANN, Typed("Anna"), claim="9")).prompt == advice(Advice.SURVEY_CLOSED, "it")
    looked = await later.look(ANN)
    assert looked is not None
    assert looked.prompt == advice(Advice.SURVEY_CLOSED, "it")
    late = await later.hear(BROWSER, START, claim="1", token=tokens["eve"])
    assert late.prompt == advice(Advice.SURVEY_CLOSED, "en")
    assert (await later.hear(BOB, START, claim="9")).prompt.blocks[-1] == done.prompt.blocks[-1]


async def test_commands_are_answered_in_a_closed_survey_too(engine: AsyncEngine, tokens: dict[str, str]):
    """How answers are protected can always be asked, and a stop is a stop."""
    await asked(Dialogue(engine, FormShelf(), lambda: NOON), tokens["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    later = Dialogue(engine, FormShelf(), lambda: NOON + timedelta(days=1))
    closed = advice(Advice.SURVEY_CLOSED, "it").blocks[0]
    privacy = await later.hear(ANN, Commanded(Command.PRIVACY), claim="9")
    assert [block.style for block in privacy.prompt.blocks] == [Style.NOTICE, Style.PLAIN]
    assert privacy.prompt.blocks[-1] == closed
    assert not privacy.prompt.actions
    assert (await later.hear(ANN, Commanded(Command.STOP), claim="10")).prompt.blocks[-1] == closed
    async with open_turn(engine, ANN, None, now=NOON) as opened:
        assert opened.stored is not None
        assert opened.stored.session.status is Status.STOPPED


async def test_a_stranger_is_told_that_nothing_is_stored(dialogue: Dialogue):
    """Before any invitation."""
    reply = await dialogue.hear(ANN, Commanded(Command.PRIVACY), claim="1", language_wish="en")
    assert reply.prompt == advice(Advice.NOTHING_STORED, "en")
    reply = await dialogue.hear(ANN, Commanded(Command.HELP), claim="2", language_wish="en")
    assert reply.prompt == advice(Advice.NO_INVITATION, "en")


async def finished(dialogue: Dialogue, token: str, sender: Sender) -> Reply:
    """The whole survey, the short way."""
    await asked(dialogue, token, sender)
    await dialogue.hear(sender, Typed("Bob"), claim="3")
    review = await dialogue.hear(sender, Typed("no"), claim="4")
    submit = next(action for action in review.prompt.actions if action.code.endswith("z"))
    reply = await dialogue.hear(sender, Pressed(submit.code), claim="5")
    assert reply.prompt.kind is Kind.RECEIPT
    return reply


async def test_a_submission_is_one_response(engine: AsyncEngine, dialogue: Dialogue, tokens: dict[str, str]):
    """However often it is repeated."""
    await finished(dialogue, tokens["bob"], BOB)
    await dialogue.hear(BOB, Pressed("abc"), claim="5")
    await dialogue.hear(BOB, START, claim="6", token=tokens["bob"])
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, "indagine")
        progress = await count_progress(connection, survey.id)
    assert (progress.responses, progress.statuses) == (1, {Status.SUBMITTED: 1})


async def test_a_survey_that_is_not_open_yet_says_so(engine: AsyncEngine, dialogue: Dialogue):
    """The invitation stays free."""
    tokens = await install(engine, workbook(TEA), PEOPLE, name="poi", opens=False)
    for claim in ("1", "2"):
        reply = await dialogue.hear(ANN, START, claim=claim, token=tokens["ann"], language_wish="it")
        assert reply.prompt == advice(Advice.NOT_OPEN_YET, "it")


async def test_two_channels_say_the_same(dialogue: Dialogue, tokens: dict[str, str]):
    """The words are the conversation's; only the looks are a channel's."""
    in_telegram = await asked(dialogue, tokens["ann"])
    in_browser = await asked(dialogue, tokens["bob"], BROWSER)
    assert in_telegram.prompt.blocks == in_browser.prompt.blocks


async def test_the_shelf_keeps_what_was_used_last(engine: AsyncEngine, tokens: dict[str, str]):
    """A questionnaire that was pushed out is read again."""
    assert tokens
    second = await install(engine, workbook(TEA.replace("Quante", "Ma quante")), PEOPLE, name="due")
    assert second
    shelf = FormShelf(kept=1)
    async with snapshot(engine) as connection:
        hashes = [(await get_survey(connection, name)).form_hash for name in ("indagine", "due")]
        one = await shelf.form(connection, hashes[0])
        assert await shelf.form(connection, hashes[0]) is one
        assert (await shelf.form(connection, hashes[1])).hash == hashes[1]
        assert await shelf.form(connection, hashes[0]) is not one

"""A reminder in Telegram, pressed at once, later, and when all is over."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue, Reply
from bot.shelf import FormShelf
from bot.telegram.layout import lay_out
from bot.telegram.markup import pages_of, rows_of
from bot.web.browser import new_browser
from bot.web.pages import Pages
from bot.web.view import view_of
from conversations.advice import Advice, advice
from conversations.letters import Occasion, write_letter
from conversations.phrases import phrases_for
from conversations.protocol import Command, Commanded, Manner, Pressed, Prompt, Style
from storage.chats import Sender
from storage.engine import snapshot, transaction
from storage.surveys import close_survey
from storage.tables import participants
from storage.turns import open_turn
from tests.bot.conftest import PEOPLE, TEA
from tests.bot.installation import NOON, install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Person, TelegramPeer
from tests.scenario import TERMS, Scenario
from tests.sheets import form, workbook

_say = phrases_for("it").say
TAKE_PART, SUBMIT, SEE, GO_ON, QUIET = map(
    _say,
    ("Take part", "Submit my answers", "See what it is about", "Go on with the questionnaire", "No more reminders"),
)
FORM = form(TEA)


async def reminder_for(engine: AsyncEngine, number: int) -> Prompt:
    """What the chat of this person is sent."""
    async with open_turn(engine, Sender("telegram", str(number)), None, now=NOON) as opened:
        stored = opened.stored
    assert stored is not None
    letter = write_letter(
        FORM,
        stored.survey.terms,
        Occasion.HALF_WAY,
        language="it",
        name="Anna",
        session=stored.session,
        now=NOON,
    )
    assert letter.prompt is not None
    return letter.prompt


async def presses(engine: AsyncEngine, person: Person, label: str, message: int = 5) -> None:
    """Press a reminder's button; the message is one that no turn has said."""
    actions = (await reminder_for(engine, person.id)).actions
    person.taps(next(button.code for button in actions if button.label == label), message)


async def quiet(engine: AsyncEngine) -> set[str]:
    """Who wants no more reminders."""
    async with snapshot(engine) as connection:
        rows = await connection.execute(select(participants.c.person_id).where(participants.c.is_quiet))
        return set(rows.scalars())


async def half_way(person: Person, token: str) -> None:
    """One question is answered."""
    person.starts(token)
    await person.sees("Indagine")
    person.presses(TAKE_PART)
    await person.sees("Come si chiama?")
    person.says("Anna")
    await person.sees("Le piace il tè?")


def test_a_chat_draws_a_reminder_with_a_row_for_each_button():
    """The whole of it in one message, and nothing in it is taken for markup."""
    walk = Scenario(FORM, terms=TERMS, language="it").takes_part()
    letter = write_letter(FORM, TERMS, Occasion.HALF_WAY, language="it", name="<b>&", session=walk.session, now=NOON)
    [page] = pages_of(rows_of(letter.prompt.blocks))
    assert page.startswith("Gentile &lt;b&gt;&amp;,")
    assert [[button["text"] for button in row] for row in lay_out(letter.prompt).keyboard] == [[GO_ON], [QUIET]]


def test_the_web_view_shows_a_reminder_like_any_prompt():
    """Going on leads; there is nothing to fill in."""
    walk = Scenario(FORM, terms=TERMS, language="it").takes_part()
    prompt = write_letter(FORM, TERMS, Occasion.HALF_WAY, language="it", name="", session=walk.session, now=NOON).prompt
    view = view_of(Reply(prompt, Manner.ASK, session="s"), TERMS, new_browser())
    assert ([button.label for button in view.leading], view.input) == ([GO_ON], "")
    page = Pages("").chat(view)
    assert all(block.text.split()[0] in page for block in prompt.blocks if block.style is Style.PLAIN)
    assert QUIET in page


async def test_going_on_asks_the_question_anew(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """Below the reminder, where it is read; the one above goes."""
    ann = peer.person(1)
    await half_way(ann, tokens["ann"])
    asked = ann.last
    await presses(engine, ann, GO_ON)
    await ann.sees("Le piace il tè?")
    await peer.until(lambda: asked.is_deleted, "the end of the one above")
    ann.presses("No")
    await ann.sees(_say("Your answers"))
    assert serving


async def test_no_more_reminders_is_kept_and_said(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """The question stays, and the second press harms nothing."""
    ann = peer.person(1)
    await half_way(ann, tokens["ann"])
    for _ in range(2):
        await presses(engine, ann, QUIET)
        message = await ann.sees("Non riceverà altri promemoria sull'indagine «Indagine».")
        assert "Le piace il tè?" in message.text
        assert await quiet(engine) == {"ann"}
    await peer.until(lambda: not peer.waiting, "both presses answered")
    assert serving
    assert not peer.errors


async def test_a_reminder_from_before_the_submission_says_that_it_is_finished(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """Whatever is pressed on it."""
    ann = peer.person(1)
    await half_way(ann, tokens["ann"])
    ann.presses("No")
    await ann.sees(_say("Your answers"))
    ann.presses(SUBMIT)
    await ann.sees(_say("Receipt: {code}", code=""))
    await presses(engine, ann, GO_ON)
    await ann.sees("Ha già concluso")
    assert serving


async def test_after_a_stop_a_reminder_does_not_resume(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """It shows how one can."""
    ann = peer.person(1)
    await half_way(ann, tokens["ann"])
    ann.says("/stop")
    await ann.sees("Ha interrotto")
    await presses(engine, ann, GO_ON)
    assert (await ann.sees("Ha interrotto")).buttons == [GO_ON]
    ann.presses(GO_ON)
    await ann.sees("Le piace il tè?")
    assert serving


async def test_the_welcome_is_shown_to_who_has_not_decided(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """With both of its answers."""
    ann = peer.person(1)
    ann.starts(tokens["ann"])
    await ann.sees("Indagine")
    await presses(engine, ann, SEE)
    assert (await ann.sees("Indagine")).buttons[:2] == [TAKE_PART, _say("No, thank you")]
    assert serving


@pytest.mark.parametrize("label", [GO_ON, QUIET])
async def test_in_a_closed_survey_only_quiet_is_heard(engine: AsyncEngine, tokens: dict[str, str], label: str):
    """It may be opened again, and then holds; going on gets the word that it is closed."""
    dialogue, ann = Dialogue(engine, FormShelf(), lambda: NOON), Sender("telegram", "1")
    welcome = await dialogue.hear(ann, Commanded(Command.START), claim="1", token=tokens["ann"])
    await dialogue.hear(ann, Pressed(welcome.prompt.actions[0].code), claim="2")
    reminder = await reminder_for(engine, 1)
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    code = next(button.code for button in reminder.actions if button.label == label)
    reply = await dialogue.hear(ann, Pressed(code), claim="3")
    closed = advice(Advice.SURVEY_CLOSED, "it").blocks
    assert reply.prompt.blocks[-1:] == closed
    assert len(reply.prompt.blocks) == 1 + (label == QUIET)
    assert await quiet(engine) == ({"ann"} if label == QUIET else set())


async def test_what_quiet_says_is_owed_until_it_is_said(engine: AsyncEngine, tokens: dict[str, str]):
    """Nothing of the session changes by it, and still a lost answer is noticed."""
    dialogue, ann = Dialogue(engine, FormShelf(), lambda: NOON), Sender("telegram", "1")
    welcome = await dialogue.hear(ann, Commanded(Command.START), claim="1", token=tokens["ann"])
    shown = welcome.shown_as("1")
    assert shown is not None
    await dialogue.shown(ann, shown)
    assert await dialogue.owed("telegram") == []
    [quiet_button] = [button for button in (await reminder_for(engine, 1)).actions if button.label == QUIET]
    await dialogue.hear(ann, Pressed(quiet_button.code), claim="2", message="5")
    assert await dialogue.owed("telegram") == [ann]


# ---------------------------------------------------------------- in a chat that has gone on to another survey


@pytest.fixture
async def other_tokens(engine: AsyncEngine, tokens: dict[str, str]) -> dict[str, str]:
    """The tokens of the same people in a second survey."""
    assert tokens
    return await install(engine, workbook(TEA), PEOPLE, name="seconda")


async def left_behind(engine: AsyncEngine, first: str, second: str) -> tuple[Dialogue, Sender, Prompt]:
    """Ann has begun the first survey and gone on to the second; the reminder of the first is in her chat."""
    dialogue, ann = Dialogue(engine, FormShelf(), lambda: NOON), Sender("telegram", "1")
    welcome = await dialogue.hear(ann, Commanded(Command.START), claim="1", token=first)
    await dialogue.hear(ann, Pressed(welcome.prompt.actions[0].code), claim="2")
    reminder = await reminder_for(engine, 1)
    await dialogue.hear(ann, Commanded(Command.START), claim="3", token=second)
    return dialogue, ann, reminder


def code_of(reminder: Prompt, label: str) -> str:
    """The code behind a button."""
    return next(button.code for button in reminder.actions if button.label == label)


async def quiet_in(engine: AsyncEngine) -> set[int]:
    """In which surveys somebody wants no more reminders."""
    async with snapshot(engine) as connection:
        return set(await connection.scalars(select(participants.c.survey_id).where(participants.c.is_quiet)))


async def test_going_on_turns_the_chat_to_the_survey_of_the_reminder(
    engine: AsyncEngine, tokens: dict[str, str], other_tokens: dict[str, str]
):
    """Its question is asked, and what is written then answers it."""
    dialogue, ann, reminder = await left_behind(engine, tokens["ann"], other_tokens["ann"])
    reply = await dialogue.hear(ann, Pressed(code_of(reminder, GO_ON)), claim="4", message="5")
    assert "Come si chiama?" in str(reply.prompt.blocks)
    assert await dialogue.owed("telegram") == [ann]
    reply = await dialogue.hear(ann, Commanded(Command.STATUS), claim="5")
    assert _say("You have not begun yet.") not in str(reply.prompt.blocks)


async def test_no_more_reminders_of_a_survey_left_behind_is_kept_and_the_chat_stays(
    engine: AsyncEngine, tokens: dict[str, str], other_tokens: dict[str, str]
):
    """For that survey only; the words name it, and what is asked here is asked below them."""
    dialogue, ann, reminder = await left_behind(engine, tokens["ann"], other_tokens["ann"])
    before = await dialogue.look(ann)
    assert before is not None
    for claim in ("4", "4", "5"):
        reply = await dialogue.hear(ann, Pressed(code_of(reminder, QUIET)), claim=claim, message="5")
        assert (reply.session, reply.prompt.actions) == (before.session, before.prompt.actions)
    said, *asked = reply.prompt.blocks
    assert said.style is Style.NOTICE
    assert said.text.startswith("Non riceverà altri promemoria sull'indagine «Indagine».")
    assert tuple(asked) == before.prompt.blocks
    assert len(await quiet_in(engine)) == len(await quiet(engine)) == 1
    assert await dialogue.owed("telegram") == [ann]


async def test_only_the_survey_left_behind_is_quiet(
    engine: AsyncEngine, tokens: dict[str, str], other_tokens: dict[str, str]
):
    """The one at hand still reminds."""
    dialogue, ann, reminder = await left_behind(engine, tokens["ann"], other_tokens["ann"])
    await dialogue.hear(ann, Pressed(code_of(reminder, QUIET)), claim="4")
    first = await quiet_in(engine)
    await dialogue.hear(ann, Pressed(code_of(await reminder_for(engine, 1), QUIET)), claim="5")
    assert len(first) == 1
    assert len(await quiet_in(engine)) == 2


@pytest.mark.parametrize("label", [GO_ON, QUIET])
async def test_a_survey_left_behind_that_has_closed_does_not_take_the_chat(
    engine: AsyncEngine, tokens: dict[str, str], other_tokens: dict[str, str], label: str
):
    """What is said names it; what is asked here is asked again."""
    dialogue, ann, reminder = await left_behind(engine, tokens["ann"], other_tokens["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    before = await dialogue.look(ann)
    reply = await dialogue.hear(ann, Pressed(code_of(reminder, label)), claim="4")
    assert before is not None
    assert (reply.session, reply.prompt.actions) == (before.session, before.prompt.actions)
    assert advice(Advice.SURVEY_CLOSED, "it").blocks[0].text in str(reply.prompt.blocks)
    assert await quiet(engine) == ({"ann"} if label == QUIET else set())


@pytest.mark.parametrize("label", [GO_ON, QUIET])
async def test_a_reminder_of_somebody_else_acts_on_nothing(
    engine: AsyncEngine, tokens: dict[str, str], other_tokens: dict[str, str], label: str
):
    """Also one that was forwarded: the code is of no session of this chat."""
    dialogue, ann, reminder = await left_behind(engine, tokens["ann"], other_tokens["ann"])
    bob = Sender("telegram", "2")
    assert ann != bob
    await dialogue.hear(bob, Commanded(Command.START), claim="6", token=tokens["bob"])
    before = await dialogue.look(bob)
    reply = await dialogue.hear(bob, Pressed(code_of(reminder, label)), claim="7")
    assert before is not None
    assert reply.session == before.session
    assert _say("This button is from another questionnaire. Here is where you are.") in str(reply.prompt.blocks)
    assert await quiet(engine) == set()


async def test_in_telegram_the_reminder_of_a_survey_left_behind_works(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str], other_tokens: dict[str, str]
):
    """Over the wire: quiet first, then on with it."""
    ann = peer.person(1)
    await half_way(ann, tokens["ann"])
    reminder = await reminder_for(engine, ann.id)
    ann.starts(other_tokens["ann"])
    await ann.sees("Indagine")
    ann.taps(code_of(reminder, QUIET), 5)
    await ann.sees("Non riceverà altri promemoria sull'indagine «Indagine».")
    assert ann.last.buttons[:2] == [TAKE_PART, _say("No, thank you")]
    ann.taps(code_of(reminder, GO_ON), 5)
    await ann.sees("Le piace il tè?")
    await peer.until(lambda: not peer.waiting, "both presses answered")
    assert serving
    assert not peer.errors

"""People answer the survey about tea over real HTTP."""

from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.advice import Advice, advice
from conversations.phrases import phrases_for
from storage.engine import snapshot, transaction
from storage.reading import count_progress
from storage.surveys import close_survey, get_survey
from tests.bot.installation import NOON
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Fault, Person, TelegramPeer
from tests.responses import responses_of

_say = phrases_for("it").say
TAKE_PART, DONE, REVIEW, SUBMIT = map(_say, ("Take part", "Done", "Your answers", "Submit my answers"))
RECEIPT = _say("Receipt: {code}", code="")


def told(about: Advice) -> str:
    return advice(about, "it").blocks[0].text


async def responses(engine: AsyncEngine) -> list[dict[str, str]]:
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, "indagine")
        return [
            {path.rsplit("/", 1)[-1]: value for path, value in row.answers}
            for row in await responses_of(connection, survey)
        ]


async def begun(person: Person, token: str) -> None:
    """Through the welcome to the first question."""
    person.starts(token)
    await person.sees("Indagine")
    person.presses(TAKE_PART)
    await person.sees("Come si chiama?")


async def test_somebody_answers_from_the_link_to_the_receipt(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """Every kind of prompt, in the chat and in the database; Telegram has nothing to complain about."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    ann.presses("Sì")
    kinds = await ann.sees("Quali tè beve?")
    ann.presses("Verde")
    await ann.sees_change(kinds, 0)
    ann.presses("Bianco")
    await ann.sees_change(kinds, 1)
    assert kinds.buttons[:3] == ["✓ Verde", "Nero", "✓ Bianco"]
    ann.presses(DONE)
    await ann.sees("Quante tazze?")
    ann.says("3")
    await ann.sees(REVIEW)
    ann.presses(SUBMIT)
    await ann.sees(RECEIPT)
    await serving.stop()
    assert await responses(engine) == [{"name": "Anna", "likes": "yes", "kinds": "green white", "cups": "3"}]
    assert not peer.errors
    assert not peer.waiting


async def test_an_answered_question_keeps_its_answer_and_loses_its_buttons(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """The chat reads like a form that was filled in."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    likes = await ann.sees("Le piace il tè?")
    ann.presses("No")
    await ann.sees(REVIEW)
    await ann.sees_change(likes, 0)
    assert (likes.text, likes.buttons) == ("Le piace il tè?\n\nNo", [])
    assert serving


async def test_a_wrong_answer_gets_the_authors_words_and_the_question_again(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """Nothing is stored, nothing is lost."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    for text, question in (("Anna", "tè?"), ("sì", "Quali"), ("verde, nero", "tazze?"), ("12", "Sono troppe tazze.")):
        ann.says(text)
        message = await ann.sees(question)
    assert "Quante tazze?" in message.text
    assert serving


async def test_two_taps_on_a_button_are_one_answer(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """The second is answered too, so that nothing spins, and moves nothing."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    likes = await ann.sees("Le piace il tè?")
    ann.presses("Sì", likes)
    ann.presses("Sì", likes)
    await ann.sees("Quali tè beve?")
    await peer.until(lambda: not peer.waiting, "both presses answered")
    await serving.stop()
    assert not peer.errors
    assert "Quali tè beve?" in ann.last.text


async def test_a_repeated_update_is_heard_once(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Telegram may deliver again what was confirmed already: the person notices nothing."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    pressed = ann.presses("Sì")
    await ann.sees("Quali tè beve?")
    count = len(ann.chat.messages)
    peer.repeat(pressed)
    ann.says("verde")
    await ann.sees("Quante tazze?")
    assert len(ann.chat.messages) == count + 1
    assert not peer.errors
    assert serving


async def test_a_corrected_message_corrects_its_answer(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """People correct their typing where it stands."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    typed = ann.says("Ana")
    await ann.sees("Le piace il tè?")
    ann.edits(typed, "Anna")
    await peer.until(lambda: typed in ann.chat.reactions, "a sign on the message")
    ann.presses("No")
    await ann.sees(REVIEW)
    ann.presses(SUBMIT)
    await ann.sees(RECEIPT)
    await serving.stop()
    assert (await responses(engine))[0]["name"] == "Anna"


async def test_what_cannot_be_read_gets_a_sentence(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """A sticker is no answer; the question stands."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.sends(sticker={"file_id": "x"})
    assert "Come si chiama?" in (await ann.sees(_say("a sticker"))).text
    assert serving


async def test_an_album_gets_one_sentence(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Its pictures come one by one; the person sent one thing."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    count = len(ann.chat.messages)
    for _ in range(4):
        ann.sends(photo=[], media_group_id="55")
    await ann.sees("Come si chiama?")
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert len(ann.chat.messages) == count + 2
    assert serving


async def test_a_link_that_is_not_ours_gets_advice(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Unknown, of somebody else, or none at all: one helpful sentence each."""
    ann, bob, eve = (peer.person(number) for number in (1, 2, 3))
    await begun(ann, tokens["ann"])
    bob.starts(tokens["ann"])
    await bob.sees(told(Advice.FOREIGN_TOKEN))
    bob.starts("nonsense")
    await bob.sees(told(Advice.UNKNOWN_TOKEN))
    eve.says("Buongiorno")
    await eve.sees(told(Advice.NO_INVITATION))
    assert serving


async def test_somebody_who_comes_back_goes_on(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """The link leads to where one was, after a restart as well."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    await serving.stop()
    await serving.start()
    ann.starts(tokens["ann"])
    await ann.sees("Le piace il tè?")


async def test_the_register_says_the_language(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Before the language of the app."""
    eve = peer.person(3, language="it")
    eve.starts(tokens["eve"])
    await eve.sees("invites you")
    assert serving


async def test_a_survey_that_is_closed_says_so(
    engine: AsyncEngine, peer: TelegramPeer, serving: Serving, tokens: dict[str, str]
):
    """Nothing more is taken, in the middle of the questionnaire either."""
    ann, bob = peer.person(1), peer.person(2)
    await begun(ann, tokens["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    ann.says("Anna")
    await ann.sees(told(Advice.SURVEY_CLOSED))
    bob.starts(tokens["bob"])
    await bob.sees(told(Advice.SURVEY_CLOSED))
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, "indagine")
        assert (await count_progress(connection, survey.id)).responses == 0
    assert serving


async def test_a_group_is_told_once_to_come_alone(peer: TelegramPeer, serving: Serving):
    """And only if it speaks to the bot."""
    ann = peer.person(1)
    group = {"id": -100500, "type": "supergroup", "title": "Ufficio"}
    office = peer.person(-100500)
    assert office.chat.messages == []
    for text in ("ciao", "/start@colloquio_bot", "/help@colloquio_bot"):
        ann.sends(text=text, chat=group)
    ann.says("/help")
    await ann.sees(told(Advice.NO_INVITATION))
    await peer.until(lambda: office.chat.messages, "the sentence for the group")
    assert len(office.chat.messages) == 1
    assert serving


# ---------------------------------------------------------------- Telegram in trouble


async def test_who_blocks_the_bot_stops_nobody(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """What cannot be said to one is no reason to keep the other waiting, nor to try again for ever."""
    ann, bob = peer.person(1), peer.person(2)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    ann.chat.is_blocked = True
    await begun(bob, tokens["bob"])
    await serving.stop()
    await serving.start()
    bob.says("Bob")
    await bob.sees("Le piace il tè?")
    assert len([error for error in peer.errors if error.startswith("sendmessage")]) == 1


async def test_a_pause_that_telegram_asks_for_is_kept(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Too many requests: later, and in order."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    peer.fail("sendMessage", *[Fault.told_to_wait()] * 3)
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert len([m for m in ann.chat.messages if "Le piace" in m.text]) == 1
    assert serving


async def test_a_prompt_that_may_be_lost_is_asked_again(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str], quick_sweeps: None
):
    """The connection breaks before the question is sent; the answer was stored, so the question is owed."""
    assert quick_sweeps is None
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    peer.fail("sendMessage", Fault(cuts=True))
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    assert serving


async def test_a_tick_is_seen_where_it_was_made(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """The question had arrived, though the connection broke before we were told so."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    peer.fail("sendMessage", Fault(cuts=True, is_after=True))
    ann.says("sì")
    kinds = await ann.sees("Quali tè beve?")
    ann.presses("Nero", kinds)
    await ann.sees_change(kinds, 0)
    assert "✓ Nero" in kinds.buttons
    assert serving


async def test_a_copy_that_is_out_of_date_catches_up(
    peer: TelegramPeer, serving: Serving, tokens: dict[str, str], quick_sweeps: None
):
    """Asked twice for safety, ticked in the one: the other shows it as soon as it is touched."""
    assert quick_sweeps is None
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    peer.fail("sendMessage", Fault(cuts=True, is_after=True))
    ann.says("sì")
    kinds = await ann.sees("Quali tè beve?")
    copy = await ann.sees("Quali tè beve?")
    for message in (kinds, copy):
        ann.presses("Nero", message)
        await ann.sees_change(message, 0)
        assert "✓ Nero" in message.buttons
    assert not peer.errors
    assert serving


async def test_a_message_that_is_gone_is_sent_anew(peer: TelegramPeer, serving: Serving, tokens: dict[str, str]):
    """Somebody has cleared the chat and presses on another device."""
    ann = peer.person(1)
    await begun(ann, tokens["ann"])
    ann.says("Anna")
    await ann.sees("Le piace il tè?")
    ann.says("sì")
    kinds = await ann.sees("Quali tè beve?")
    code = kinds.code("Nero")
    kinds.is_deleted = True
    ann.taps(code or "", kinds.id)
    again = await ann.sees("Quali tè beve?")
    assert "✓ Nero" in again.buttons
    assert not peer.errors
    assert serving

"""Answers that come too early, twice, overtaken, or to an older message: none becomes another question's answer."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from storage.register import Person as Registered
from tests.bot.clumsy import Clumsy
from tests.bot.installation import install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Fault
from tests.bot.test_walk import DONE, RECEIPT, REVIEW, SUBMIT, responses
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORK = """
| survey   |
|          | type           | name   | label              | appearance |
|          | text           | name   | Come si chiama?    |            |
|          | text           | role   | Che ruolo ha?      |            |
|          | geopoint       | office | Dov'è l'ufficio?   |            |
|          | geopoint       | home   | Dov'è la casa?     |            |
|          | text           | story  | Che cosa è stato?  | multiline  |
|          | text           | secret | La parola?         | masked     |
|          | text           | last   | Altro?             |            |
| settings |
|          | form_title | form_id | version | default_language |
|          | Lavoro     | work    | 1       | Italiano (it)    |
"""
_say = phrases_for("it").say
KEYS_AWAY = _say("The button for sharing a place has been put away.")
SKIP, CHANGE = _say("Skip"), _say("Change that answer")
EARLIER = _say("What you sent belongs to an earlier question, so it was not taken as an answer to this one.")


@pytest.fixture
async def tokens(engine: AsyncEngine) -> dict[str, str]:
    return await install(engine, workbook(WORK), [Registered("ann")])


@pytest.fixture
def ann(clumsy_ann: Clumsy) -> Clumsy:
    return clumsy_ann


async def at(ann: Clumsy, question: str) -> None:
    """Leave out what comes before it."""
    while question not in ann.last.text:
        before = ann.last
        ann.says("Salta") if ann.chat.keys else ann.presses(SKIP, before)
        await ann.peer.until(lambda: ann.last is not before and ann.last.text != KEYS_AWAY, question)  # noqa: B023


async def handed_in(ann: Clumsy, engine: AsyncEngine) -> dict[str, str]:
    """Leave out what is left, submit; what is stored then."""
    await at(ann, REVIEW)
    ann.presses(SUBMIT)
    await ann.sees(RECEIPT)
    return {name: value for name, value in (await responses(engine))[0].items() if value}


async def test_what_is_typed_ahead_answers_nothing(ann: Clumsy, engine: AsyncEngine):
    """Two messages in a row: the second was written before anybody could read the next question."""
    ann.says("Anna")
    ann.says("Rossi")
    role = await ann.sees(EARLIER)
    assert "Che ruolo ha?" in role.text
    ann.presses(CHANGE, role)
    await ann.sees("Come si chiama?")
    ann.says("Anna Rossi")
    await ann.sees("Che ruolo ha?")
    ann.says("Tecnica")
    await ann.sees("Dov'è l'ufficio?")
    assert await handed_in(ann, engine) == {"name": "Anna Rossi", "role": "Tecnica"}


async def test_a_text_that_the_client_has_cut_answers_one_question(ann: Clumsy, engine: AsyncEngine):
    """What is longer than a message comes as several."""
    first, *_ = "x" * 4096, ann.pastes("x" * 9000)
    await ann.sees(EARLIER)
    assert await handed_in(ann, engine) == {"name": first}


async def test_a_text_that_a_press_has_overtaken_answers_nothing(ann: Clumsy, engine: AsyncEngine):
    """Telegram gives no order between the two."""
    with ann.peer.holding():
        ann.says("Anna")
        ann.presses(SKIP)
        ann.peer.overtakes()
    role = await ann.sees(EARLIER)
    assert role.code(CHANGE)
    assert await handed_in(ann, engine) == {}


async def test_a_key_at_the_foot_that_is_tapped_twice_is_one_answer(ann: Clumsy, engine: AsyncEngine):
    """It sends words, or a place, each time; the second is neither the next place nor the words of an answer."""
    await at(ann, "ufficio")
    for _ in range(2):
        ann.sends(location={"latitude": 45.0, "longitude": 9.0})
    await ann.sees(EARLIER)
    for _ in range(2):
        ann.says("Salta")
    await ann.sees(EARLIER)
    assert "Che cosa è stato?" in ann.last.text
    assert list(await handed_in(ann, engine)) == ["office"]


async def test_a_reply_to_an_older_message_is_no_answer_to_the_new_one(ann: Clumsy, engine: AsyncEngine):
    """Whether that is the question or one's own answer; a reply to the question that is asked is an answer."""
    question, name = ann.last, ann.says("Anna")
    role = await ann.sees("Che ruolo ha?")
    for older in (question, name):
        ann.replies("Annamaria", older)
        assert (await ann.sees(EARLIER)).code(CHANGE)
    ann.replies("Tecnica", role)
    await ann.sees("ufficio")
    assert await handed_in(ann, engine) == {"name": "Anna", "role": "Tecnica"}


async def test_a_reply_to_an_older_message_is_known_after_a_restart(ann: Clumsy, serving: Serving, engine: AsyncEngine):
    """By what is stored; which question that was is not known any more."""
    question = ann.last
    ann.says("Anna")
    role = await ann.sees("Che ruolo ha?")
    await serving.stop()
    await serving.start()
    ann.replies("Annamaria", question)
    assert not (await ann.sees(EARLIER)).code(CHANGE)
    await serving.stop()
    await serving.start()
    ann.replies("Tecnica", ann.last)
    await ann.sees("ufficio")
    assert role
    assert await handed_in(ann, engine) == {"name": "Anna", "role": "Tecnica"}


async def test_of_what_has_waited_for_the_bot_only_the_first_is_an_answer(
    ann: Clumsy, serving: Serving, engine: AsyncEngine
):
    """Somebody wonders why nothing comes."""
    await ann.peer.until(lambda: not ann.peer.unconfirmed, "the updates are confirmed")
    await serving.stop()
    for text in ("Anna", "Ehi", "C'è qualcuno?"):
        ann.says(text)
    await serving.start()
    await ann.sees(EARLIER)
    assert await handed_in(ann, engine) == {"name": "Anna"}


async def test_what_may_have_been_seen_can_be_answered(ann: Clumsy, engine: AsyncEngine, quick_sweeps: None):
    """The connection broke after the question had arrived: it is asked twice, and the first may be answered."""
    assert quick_sweeps is None
    ann.peer.fail("sendMessage", Fault(cuts=True, is_after=True))
    ann.says("Anna")
    await ann.sees("Che ruolo ha?")
    ann.says("Tecnica")
    await ann.sees("ufficio")
    assert await handed_in(ann, engine) == {"name": "Anna", "role": "Tecnica"}


async def test_pieces_of_a_long_text_are_all_taken(ann: Clumsy, engine: AsyncEngine):
    """They are meant for the same question, however fast they come; after the end of it they are for none."""
    await at(ann, "Che cosa è stato?")
    for text in ("Uno.", "Due.", "Tre."):
        ann.says(text)
    done = await ann.sees("3 righe")
    ann.presses(DONE, done)
    await ann.peer.until(lambda: "La parola?" in ann.last.text, "the next question")
    assert (await handed_in(ann, engine))["story"] == "Uno.\nDue.\nTre."


async def test_a_secret_that_is_sent_twice_is_taken_out_twice(ann: Clumsy, engine: AsyncEngine):
    """The second is no answer, and no less secret."""
    await at(ann, "La parola?")
    numbers = [ann.says("sesamo") for _ in range(2)]
    await ann.sees(EARLIER)
    await ann.peer.until(lambda: sorted(ann.chat.erased) == numbers, "both are gone")
    assert await handed_in(ann, engine) == {"secret": "sesamo"}

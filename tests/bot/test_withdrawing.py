"""Who withdraws: what is erased of the database and the files, what stays, and how it goes on."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from conversations.advice import Advice, advice
from conversations.phrases import phrases_for
from conversations.protocol import Command, Commanded, Manner, Status, Typed
from storage.codings import Coding, save_codings
from storage.dispositions import Disposition, count_dispositions
from storage.engine import snapshot, transaction
from storage.register import Person as Registered
from storage.result_tables import codings
from storage.surveys import close_survey, get_survey
from storage.tables import answers, participants, response_links, responses, sessions
from tests.bot.installation import NOON, install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_surveys import Person, coffee, words_of
from tests.sheets import workbook

__all__ = ["coffee"]

_say = phrases_for("it").say
TAKE_PART, SUBMIT, ERASE, KEEP, MIND = map(
    _say, ("Take part", "Submit my answers", "Erase my answers", "Keep my answers", "I have changed my mind")
)
CLOSED = advice(Advice.SURVEY_CLOSED, "it").blocks[0].text
WITHDRAW = Commanded(Command.WITHDRAW)
PHOTO = """
| survey   |
|          | type  | name | label::Italiano (it) |
|          | image | view | Che cosa vede?       |
|          | text  | why  | Perché?              |
| settings |
|          | form_title | form_id | version | default_language |
|          | Foto       | photo   | 1       | Italiano (it)    |
"""
GIF = b"GIF89a" + bytes(40)


async def half_way(engine: AsyncEngine, token: str, number: str = "1") -> Person:
    person = Person(engine, number=number)
    await person.presses(await person.starts(token), TAKE_PART)
    await person.hears(Typed(f"name of {number}"))
    return person


async def finished(engine: AsyncEngine, token: str, number: str = "1") -> Person:
    person = await half_way(engine, token, number)
    await person.presses(await person.hears(Typed("no")), SUBMIT)
    return person


async def everything(engine: AsyncEngine) -> str:
    """All that the tables of answers hold."""
    async with snapshot(engine) as connection:
        found = [
            (await connection.execute(select(table))).all()
            for table in (answers, sessions, responses, response_links, codings)
        ]
    return str(found)


@pytest.mark.parametrize("comes_to", [half_way, finished])
async def test_all_of_one_person_goes_and_nothing_of_another(engine: AsyncEngine, tokens: dict[str, str], comes_to):
    """Draft, history, response, the link to it and what coders made of it."""
    ann = await comes_to(engine, tokens["ann"])
    await finished(engine, tokens["bob"], "2")
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "indagine")
        given = [Coding(known, "name", "x", ("a",)) for known in await connection.scalars(select(responses.c.id))]
        await save_codings(connection, survey.id, "name", "x", given)
    assert "name of 1" in await everything(engine)
    told = await ann.presses(await ann.hears(WITHDRAW), ERASE)
    assert words_of(told).startswith("Le sue risposte sono state cancellate.")
    assert "name of 1" not in await everything(engine)
    assert "name of 2" in await everything(engine)
    async with snapshot(engine) as connection:
        counts = [
            (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in (responses, response_links, codings)
        ]
        quiet = set(await connection.scalars(select(participants.c.person_id).where(participants.c.is_quiet)))
        judged = await count_dispositions(connection, survey.id, has_more=True)
    assert counts == [1, 1, 1]
    assert quiet == {"ann"}
    assert judged[""] == {Disposition.REFUSAL: 1, Disposition.COMPLETE: 1, Disposition.NON_CONTACT: 1}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_after_the_hourly_housekeeping_no_file_of_the_database_has_them(
    engine: AsyncEngine, tokens: dict[str, str]
):
    """Not the log either, in which they stay at first."""
    ann = await finished(engine, tokens["ann"])
    await ann.presses(await ann.hears(WITHDRAW), ERASE)
    await Dialogue(engine, FormShelf(), lambda: NOON).forget_claims()
    folder = Path(str(engine.url.database)).parent
    files = [path for path in folder.iterdir() if path.is_file()]
    assert files
    assert not [path.name for path in files if b"name of 1" in path.read_bytes()]


async def test_a_second_tap_takes_nothing_away(engine: AsyncEngine, tokens: dict[str, str]):
    """It is said in passing only."""
    ann = await half_way(engine, tokens["ann"])
    asked = await ann.hears(WITHDRAW)
    await ann.presses(asked, ERASE)
    await ann.presses(asked, ERASE)
    assert (ann.reply.toast, ann.reply.manner) == ("È già stato fatto.", Manner.QUIET)


async def test_who_comes_back_begins_anew_and_hands_in_once(engine: AsyncEngine, tokens: dict[str, str]):
    """By the button or by the link; old buttons fit nothing any more."""
    ann = await finished(engine, tokens["ann"])
    asked = await ann.hears(WITHDRAW)
    gone = await ann.presses(asked, ERASE)
    welcome = await ann.presses(gone, MIND)
    await ann.presses(welcome, TAKE_PART)
    await ann.presses(asked, ERASE)
    assert ann.reply.toast == "È già stato fatto."
    await ann.hears(Typed("Anna"))
    await ann.presses(await ann.hears(Typed("no")), SUBMIT)
    async with snapshot(engine) as connection:
        handed_in = (await connection.execute(select(responses.c.answers))).scalars().all()
    assert handed_in == [[["/data/name", "Anna"], ["/data/likes", "no"]]]


async def closed_for(engine: AsyncEngine, token: str, comes_to) -> Person:
    """Who has come so far in a survey that has closed since."""
    person = await comes_to(engine, token)
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    return person


@pytest.mark.parametrize("comes_to", [half_way, finished])
async def test_also_after_the_close(engine: AsyncEngine, tokens: dict[str, str], comes_to):
    """For as long as it is known whose the answers are; nobody is offered to begin anew there."""
    ann = await closed_for(engine, tokens["ann"], comes_to)
    told = await ann.presses(await ann.hears(WITHDRAW), ERASE)
    assert "Le sue risposte sono state cancellate." in words_of(told)
    assert CLOSED in words_of(told)
    assert not told.actions
    assert "name of 1" not in await everything(engine)


@pytest.mark.parametrize("words", [ERASE, ERASE.lower()])
@pytest.mark.parametrize("comes_to", [half_way, finished])
async def test_after_the_close_it_can_be_written_as_well(engine: AsyncEngine, tokens: dict[str, str], comes_to, words):
    """And a mere yes erases nothing there either."""
    ann = await closed_for(engine, tokens["ann"], comes_to)
    await ann.hears(WITHDRAW)
    assert "Non è stato cancellato nulla." in words_of(await ann.hears(Typed("sì")))
    assert "name of 1" in await everything(engine)
    assert "Le sue risposte sono state cancellate." in words_of(await ann.hears(Typed(words)))
    assert "name of 1" not in await everything(engine)


async def test_who_keeps_the_answers_after_the_close_is_asked_nothing(engine: AsyncEngine, tokens: dict[str, str]):
    """Not the question that stood when the survey closed."""
    ann = await closed_for(engine, tokens["ann"], half_way)
    told = await ann.presses(await ann.hears(WITHDRAW), KEEP)
    assert (ann.reply.toast, words_of(told)) == ("Le sue risposte restano come sono.", CLOSED)
    assert "name of 1" in await everything(engine)
    assert CLOSED in words_of(await ann.hears(Typed("no")))


async def test_a_stop_is_confirmed_after_the_close_too(engine: AsyncEngine, tokens: dict[str, str]):
    """However often."""
    ann = await closed_for(engine, tokens["ann"], half_way)
    for _ in range(2):
        told = await ann.hears(Commanded(Command.STOP))
        assert "non riceverà altri messaggi" in words_of(told)
        assert CLOSED in words_of(told)
        assert not told.actions


async def test_only_in_the_survey_that_one_is_in(engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]):
    """The answers to another one stay."""
    ann = await half_way(engine, tokens["ann"])
    await ann.presses(await ann.starts(coffee["ann"]), TAKE_PART)
    await ann.hears(Typed("in the second"))
    await ann.presses(await ann.hears(WITHDRAW), ERASE)
    left = await everything(engine)
    assert "in the second" not in left
    assert "name of 1" in left


async def test_a_stranger_is_told_that_nothing_is_stored(engine: AsyncEngine, tokens: dict[str, str]):
    """There is nothing to erase."""
    assert tokens
    assert words_of(await Person(engine).hears(WITHDRAW))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_in_telegram_the_files_go_too(engine: AsyncEngine, peer: TelegramPeer, tmp_path: Path):
    """Those of this person; over the wire."""
    tokens = await install(engine, workbook(PHOTO), [Registered("ann")])
    async with Serving(engine, peer, folder=tmp_path):
        ann = peer.person(1)
        ann.starts(tokens["ann"])
        await ann.sees("Indagine")
        ann.presses(TAKE_PART)
        await ann.sees("Che cosa vede?")
        peer.files["f1"] = GIF
        ann.sends(document={"file_id": "f1", "file_unique_id": "u1", "file_size": len(GIF)})
        await ann.sees("Perché?")
        assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
        ann.says("/withdraw")
        await ann.sees("Vuole ritirarsi")
        ann.presses(KEEP)
        await peer.until(lambda: "Perché?" in ann.last.text, "the question in the place of what was asked")
        assert [message.text for message in ann.chat.standing if "Vuole ritirarsi" in message.text] == []
        ann.says("/withdraw")
        await ann.sees("Vuole ritirarsi")
        ann.presses(ERASE)
        await peer.until(lambda: "Le sue risposte sono state cancellate." in ann.last.text, "the confirmation")
        await peer.until(
            lambda: not [path for path in (tmp_path / "media").rglob("*") if path.is_file()], "the file deleted"
        )
    assert not peer.errors
    async with snapshot(engine) as connection:
        assert list(await connection.scalars(select(sessions.c.status))) == [Status.DECLINED]

"""Who asks what is stored gets a file: all of this person in this survey, readable, and nothing of another."""

import json
import re
from html import unescape

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from conversations.phrases import phrases_for
from conversations.protocol import Command, Commanded, Kind, Typed
from storage.chats import Sender
from storage.codings import Coding, save_codings
from storage.engine import snapshot, transaction
from storage.register import Person as Registered
from storage.surveys import close_survey, get_survey
from storage.tables import responses
from tests.bot.installation import NOON, install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import TelegramPeer
from tests.bot.test_surveys import Person
from tests.bot.test_withdrawing import ERASE, TAKE_PART, WITHDRAW, coffee, finished, half_way
from tests.sheets import workbook

__all__ = ["coffee"]

MYDATA = Commanded(Command.MYDATA)
ROWS = """
| survey   |
|          | type         | name   | label::Italiano (it) | appearance |
|          | begin_repeat | visit  | Visita               |            |
|          | text         | where  | Dove?                |            |
|          | end_repeat   |        |                      |            |
|          | text         | secret | Un segreto?          | masked     |
| settings |
|          | form_title | form_id | version | default_language |
|          | Visite     | visits  | 1       | Italiano (it)    |
"""


async def file_of(engine: AsyncEngine, number: str = "1") -> dict[str, list[dict[str, object]]]:
    """Its sections by name: a list of what is stored, each value by name."""
    return sections_in(await page_of(engine, number))


async def page_of(engine: AsyncEngine, number: str = "1") -> str:
    """The page as a person opens it."""
    content = await Dialogue(engine, FormShelf(), lambda: NOON).mydata.of(Sender("telegram", number))
    assert content is not None
    return content.decode()


def sections_in(page: str) -> dict[str, list[dict[str, object]]]:
    """What a program reads of a page, by an HTML parser and nothing else."""
    found = re.search(r'<pre id="json"[^>]*>(.*?)</pre>', page, re.DOTALL)
    assert found
    return {
        section["name"]: [{part["name"]: part["value"] for part in entry} for entry in section["entries"]]
        for section in json.loads(unescape(found[1]))["sections"]
    }


async def test_p34_half_way_every_answer_stands_there_with_its_question(engine: AsyncEngine, tokens: dict[str, str]):
    """Also what was changed since; the chat and the list of people too."""
    ann = await half_way(engine, tokens["ann"])
    await half_way(engine, tokens["bob"], "2")
    await ann.hears(Typed("no"))
    held = await file_of(engine)
    assert held["person"][0]["person_id"] == "ann"
    assert held["session"][0]["status"] == "reviewing"
    assert (held["chat"][0]["channel"], held["chat"][0]["address"]) == ("telegram", "1")
    assert [(one["question"], one["answer"], one["value"]) for one in held["answers"]] == [
        ("Come si chiama?", "name of 1", "name of 1"),
        ("Le piace il tè?", "No", "no"),
    ]
    assert held["response"] == held["codes"] == []


async def test_p34_after_the_submission_the_response_and_its_codes(engine: AsyncEngine, tokens: dict[str, str]):
    """Of one person; of the other nothing, whoever asks."""
    await finished(engine, tokens["ann"])
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "indagine")
        known = [str(one) for one in await connection.scalars(responses.select().with_only_columns(responses.c.id))]
        await save_codings(connection, survey.id, "name", "x", [Coding(known[0], "name", "", ("a",))])
    await finished(engine, tokens["bob"], "2")
    ann, bob = await file_of(engine), await file_of(engine, "2")
    assert [one["answer"] for one in ann["answers"]] == ["name of 1", "No"]
    assert ann["codes"] == [{"variable": "name", "row": "", "codes": ["a"]}]
    assert [one["answer"] for one in bob["answers"]] == ["name of 2", "No"]
    assert len(ann["response"]) == 1
    assert bob["codes"] == []
    assert "name of 2" not in str(ann)


async def test_only_of_the_survey_that_one_is_in(engine: AsyncEngine, tokens: dict[str, str], coffee: dict[str, str]):
    """The other one has a file of its own."""
    ann = await half_way(engine, tokens["ann"])
    await ann.presses(await ann.starts(coffee["ann"]), TAKE_PART)
    await ann.hears(Typed("in the second"))
    held = str(await file_of(engine))
    assert "in the second" in held
    assert "name of 1" not in held


async def test_after_a_withdrawal_no_answer_is_there(engine: AsyncEngine, tokens: dict[str, str]):
    """Only that this person was asked and wants no more messages."""
    ann = await finished(engine, tokens["ann"])
    await ann.presses(await ann.hears(WITHDRAW), ERASE)
    held = await file_of(engine)
    assert held["answers"] == held["response"] == []
    assert (held["person"][0]["is_quiet"], held["session"][0]["status"]) == (True, "declined")


async def test_rows_and_secrets(engine: AsyncEngine):
    """Rows of what was handed in keep their questions; a secret is named and not shown."""
    tokens = await install(engine, workbook(ROWS), [Registered("ann")])
    ann = Person(engine)
    prompt = await ann.presses(await ann.starts(tokens["ann"]), TAKE_PART)
    say = phrases_for("it").say
    for word in ("Milano", "Monza"):
        if prompt.kind is Kind.REPEAT:
            await ann.presses(prompt, say("Yes, add"))
        prompt = await ann.hears(Typed(word))
    await ann.presses(prompt, say("No, go on"))
    await ann.hears(Typed("geheim"))
    for is_submitted in (False, True):
        if is_submitted:
            await ann.presses(ann.reply.prompt, say("Submit my answers"))
        told = {one["name"]: (one["question"], one["answer"]) for one in (await file_of(engine))["answers"]}
        assert told["/data/visit[2]/where"] == ("Dove?", "Monza")
        assert told["/data/secret"] == ("Un segreto?", say("stored, but not shown here"))
        assert "geheim" not in await page_of(engine)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_in_telegram_it_comes_as_a_file_also_after_the_close(
    engine: AsyncEngine, peer: TelegramPeer, tokens: dict[str, str]
):
    """Once for each time that it is asked for."""
    await half_way(engine, tokens["ann"])
    async with transaction(engine) as connection:
        await close_survey(connection, "indagine", now=NOON)
    async with Serving(engine, peer):
        ann = peer.person(1)
        ann.says("/mydata")
        await ann.sees("Ecco un file con tutto ciò che è conservato su di lei")
        await peer.until(lambda: any(call.method == "senddocument" for call in peer.calls), "the file")
    assert not peer.errors


async def test_a_second_delivery_brings_no_second_file(engine: AsyncEngine, tokens: dict[str, str]):
    """The same claim is the same wish."""
    await half_way(engine, tokens["ann"])
    dialogue, sender = Dialogue(engine, FormShelf(), lambda: NOON), Sender("telegram", "1")
    replies = [await dialogue.hear(sender, MYDATA, claim="once") for _ in range(2)]
    assert [reply.gives_data for reply in replies] == [True, False]


async def test_a_stranger_gets_none(engine: AsyncEngine, tokens: dict[str, str]):
    """There is nothing to give."""
    assert tokens
    reply = await Person(engine).hears(MYDATA)
    assert reply.blocks
    async with snapshot(engine):
        assert await Dialogue(engine, FormShelf(), lambda: NOON).mydata.of(Sender("telegram", "1")) is None

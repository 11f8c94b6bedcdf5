"""The file as it is opened and as it comes: a page that needs nothing, for one person, once for each wish."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.phrases import phrases_for
from conversations.protocol import Edited, Kind, Pressed, Typed
from storage.chats import Sender
from storage.coordinators import name_coordinator, use_link
from storage.due import Posting, Reason
from storage.engine import transaction
from storage.register import Person as Registered
from storage.register import participants
from storage.surveys import get_survey
from storage.tables import outbox
from tests.bot.installation import NOON, install
from tests.bot.serving import Serving
from tests.bot.telegram_peer import Fault, TelegramPeer, Upload
from tests.bot.test_mydata import page_of, sections_in
from tests.bot.test_surveys import Person
from tests.sheets import workbook

TOOLS = """
| survey   |
|          | type              | name  | label::Italiano (it) | label::English (en) |
|          | text              | name  | Chi è *lei* <b>?     | *Who* are you <b>?  |
|          | select_multiple s | tools | Che cosa usa?        | What do you use?    |
| choices  |
|          | list_name | name | label::Italiano (it) | label::English (en) |
|          | s         | mail | Posta & <i>          | Mail & <i>          |
|          | s         | none | Nulla                | Nothing             |
| settings |
|          | form_title | form_id | version | default_language |
|          | Strumenti  | tools   | 1       | Italiano (it)    |
"""
HOSTILE = "<script>alert('x')</script> & <img src=x>"
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "p"),
    *("dl", "div", "dt", "dd", "details", "summary", "pre"),
}


class Opened(HTMLParser):
    """What a browser makes of a page: its tags with what they name, and the words that are seen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.named: set[str] = set()
        self.language = ""
        self._words: list[str] = []
        self.feed(page)
        self.words = " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.named |= {name for name, _ in attrs}
        self.language = dict(attrs).get("lang") or self.language

    def handle_data(self, data: str) -> None:
        self._words.append(data)


async def at_the_tools(engine: AsyncEngine, language: str) -> Person:
    """Somebody who has given a name that is hostile."""
    tokens = await install(engine, workbook(TOOLS), [Registered("ann", "Anna <Bianchi>", language=language)])
    ann = Person(engine)
    await ann.presses(await ann.starts(tokens["ann"]), phrases_for(language).say("Take part"))
    await ann.hears(Typed(HOSTILE, message="10"))
    return ann


@pytest.mark.parametrize(("language", "question"), [("it", "Chi è lei <b>?"), ("en", "Who are you <b>?")])
async def test_the_page_shows_words_as_they_are_and_needs_nothing(engine: AsyncEngine, language: str, question: str):
    """Whatever a question, an answer or a name looks like: no script runs, nothing is loaded, nothing leads away."""
    await at_the_tools(engine, language)
    page = await page_of(engine)
    opened = Opened(page)
    assert opened.tags <= ALLOWED
    assert not opened.named & {"src", "href", "action", "onclick", "onerror"}
    assert not re.search(r"https?://|@import|url\(", page)
    assert (HOSTILE in opened.words, question in opened.words, "Anna <Bianchi>" in opened.words) == (True, True, True)
    assert opened.language == language
    assert phrases_for(language).say("Your answers") in opened.words


async def test_what_is_ticked_and_not_confirmed_is_told_as_that(engine: AsyncEngine):
    """Once it is confirmed it is an answer; what was said before stands there as changed."""
    ann = await at_the_tools(engine, "it")
    assert ann.reply.prompt.kind is Kind.MANY
    await ann.hears(Pressed(ann.reply.prompt.choices[0].code))
    held = sections_in(await page_of(engine))
    assert [(one["question"], one["answer"], one["value"]) for one in held["unconfirmed"]] == [
        ("Che cosa usa?", "Posta & <i>", "mail")
    ]
    await ann.presses(ann.reply.prompt, phrases_for("it").say("Done"))
    await ann.hears(Edited("Anna", message="10"))
    held = sections_in(await page_of(engine))
    assert held["unconfirmed"] == []
    assert [(one["answer"], one["is_changed"]) for one in held["answers"]] == [
        (HOSTILE, True),
        ("Posta & <i>", False),
        ("Anna", False),
    ]


async def test_language_messages_that_were_not_sent_and_offices_are_told(engine: AsyncEngine):
    """In words that are of the language in which this person answers."""
    await at_the_tools(engine, "en")
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "indagine")
        _, link = await name_coordinator(connection, "Anna of the office", [survey], now=NOON)
        await use_link(connection, link, Sender("telegram", "1"), now=NOON)
        await name_coordinator(connection, "Somebody else", [survey], now=NOON)
        [ann] = await participants(connection, survey.id)
        unsent = {"state": Posting.CANCELLED, "due_at": NOON, "attempts": 0, "reason": Reason.QUIET, "said": ""}
        of = {"participant_id": ann.id, "occasion": "r1-20261122", "channel": "email"}
        await connection.execute(insert(outbox), unsent | of)
    page = await page_of(engine)
    held = sections_in(page)
    assert held["session"][0]["language"] == "English (en)"
    assert [(one["name"], one["title"]) for one in held["coordinates"]] == [("Anna of the office", "Indagine")]
    assert held["messages"][0]["reason"] == "wants no reminders"
    assert "Was not sent" in page
    assert "You want no reminders" in page
    assert "Somebody else" not in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_who_coordinates_and_is_asked_nothing_gets_that(engine: AsyncEngine, peer: TelegramPeer, tokens):
    """No answers are there; the name and the account of the office are. A stranger gets no file."""
    assert tokens
    async with transaction(engine) as connection:
        _, link = await name_coordinator(connection, "Anna <b>", [await get_survey(connection, "indagine")], now=NOON)
        await use_link(connection, link, Sender("telegram", "7"), now=NOON)
    async with Serving(engine, peer):
        for number in (8, 7):
            peer.person(number).says("/mydata")
            await peer.person(number).sees("qui non sono conservate sue risposte")
        await peer.until(lambda: given(peer, 7), "the file")
    [file] = given(peer, 7)
    held = sections_in(file.decode())
    assert [(one["title"], one["name"]) for one in held.pop("coordinates")] == [("Indagine", "Anna <b>")]
    assert held == {}
    assert "Anna <b>" in Opened(file.decode()).words
    assert given(peer, 8) == []


def given(peer: TelegramPeer, number: int) -> list[Upload]:
    """The files that have come in somebody's chat."""
    return [one.file for one in peer.person(number).chat.messages if isinstance(one.file, Upload)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_p34_in_telegram_each_gets_the_own_file_once(
    engine: AsyncEngine, peer: TelegramPeer, tokens: dict[str, str]
):
    """Two who ask at the same time, and one of them whose update comes twice."""
    async with Serving(engine, peer):
        people = {"ann": peer.person(1), "bob": peer.person(2)}
        for name, person in people.items():
            person.starts(tokens[name])
            await person.sees("Indagine")
            person.presses(phrases_for("it").say("Take part"))
            await person.sees("Come si chiama?")
            person.says(f"a name of {name}")
            await person.sees("tè")
        people["ann"].says("/mydata")
        update = peer.put("message", people["bob"].message(peer.new_message_id()) | {"text": "/mydata"})
        await peer.until(lambda: given(peer, 1) and given(peer, 2), "both files")
        peer.repeat(update)
        for person in people.values():
            person.says("/status")
            await person.sees("Domande a cui ha risposto: 1")
    for number, (own, other) in enumerate([("ann", "bob"), ("bob", "ann")], start=1):
        [file] = given(peer, number)
        assert file.name == "mydata.html"
        assert f"a name of {own}" in file.decode()
        assert f"a name of {other}" not in file.decode()
    assert not peer.errors


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("has_arrived", [False, True])
async def test_where_nobody_knows_whether_the_file_has_arrived_it_can_be_asked_for_again(
    engine: AsyncEngine, peer: TelegramPeer, tokens: dict[str, str], *, has_arrived: bool
):
    """The words are true in both cases; asked for again, it comes."""
    async with Serving(engine, peer):
        ann = peer.person(1)
        ann.starts(tokens["ann"])
        await ann.sees("Indagine")
        peer.fail("sendDocument", Fault(cuts=True, is_after=has_arrived))
        ann.says("/mydata")
        await ann.sees("Se il file non è arrivato")
        assert len(given(peer, 1)) == has_arrived
        ann.says("/mydata")
        await peer.until(lambda: len(given(peer, 1)) == 1 + has_arrived, "the file")

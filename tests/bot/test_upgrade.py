"""A newer version of the questionnaire while people are half-way: nothing is lost, nobody is written to."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

import storage.versions
from bot.dialogue import Dialogue, Reply
from bot.shelf import FormShelf
from conversations.forms import FormDefinition, load_form
from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Command, Commanded, Pressed, Session, Status, Style, Typed
from conversations.session.record import from_record
from storage.chats import Sender
from storage.engine import snapshot, transaction
from storage.errors import VersionChanged
from storage.forms import save_form
from storage.surveys import get_survey
from storage.tables import responses, sessions
from storage.versions import adopt_version, move_sessions, preview_move
from tests.bot.conftest import TEA
from tests.bot.installation import NOON
from tests.sheets import workbook

ANN, BOB, EVE = (Sender("telegram", str(number)) for number in (1, 2, 3))
TOLD = (
    "Il questionario è stato aggiornato: contiene 1 nuova domanda. Inoltre le chiediamo di dare di nuovo 1 risposta."
    " Le chiediamo di nuovo: «Quali tè beve?» (finora: Nero)."
)
START = Commanded(Command.START)
COLOUR = "|          | text                  | mug   | Di che colore?       | What colour?        |                 |            |                                   | yes      |\n"  # noqa: E501
NEWER = TEA.replace("| choices  |", COLOUR + "| choices  |").replace(
    "|          | kinds     | black | Nero                 | Black               |\n", ""
)


@pytest.fixture
def dialogue(engine: AsyncEngine) -> Dialogue:
    return Dialogue(engine, FormShelf(), lambda: NOON)


class Person:
    """Somebody in a chat, who is shown every reply."""

    def __init__(self, dialogue: Dialogue, sender: Sender, token: str) -> None:
        self.dialogue, self.sender, self.token = dialogue, sender, token
        self.heard = 0
        self.reply: Reply

    async def hears(self, heard, token: str | None = None) -> "Person":
        self.heard += 1
        self.reply = await self.dialogue.hear(self.sender, heard, claim=str(self.heard), token=token)
        shown = self.reply.shown_as(str(self.heard))
        if shown:
            await self.dialogue.shown(self.sender, shown)
        return self

    async def begins(self, *answers: str) -> "Person":
        """Accept, then answer so far."""
        await self.hears(START, self.token)
        await self.hears(Pressed(self.reply.prompt.actions[0].code))
        for answer in answers:
            await self.hears(Typed(answer))
        return self

    async def presses(self, label: str) -> "Person":
        buttons = (*self.reply.prompt.choices, *self.reply.prompt.actions)
        return await self.hears(Pressed(next(button.code for button in buttons if button.label == label)))

    @property
    def place(self) -> str:
        return self.reply.prompt.place

    @property
    def notices(self) -> list[str]:
        return [block.text for block in self.reply.prompt.blocks if block.style is Style.NOTICE]


async def adopted(engine: AsyncEngine, sheet: str) -> FormDefinition:
    """The survey has this version; sessions are not moved yet."""
    source = workbook(sheet)
    xform = read_xlsform(source).xform
    assert xform
    async with transaction(engine) as connection:
        survey = await get_survey(connection, "indagine")
        await adopt_version(connection, survey, await save_form(connection, xform, source))
    return load_form(xform)


async def upgraded(engine: AsyncEngine, sheet: str):
    """The survey, and all who are half-way, have this version."""
    form = await adopted(engine, sheet)
    return await move_sessions(engine, await surveyed(engine), form, now=NOON)


async def surveyed(engine: AsyncEngine):
    async with snapshot(engine) as connection:
        return await get_survey(connection, "indagine")


async def stored(engine: AsyncEngine) -> list[tuple[str, Session]]:
    """Version and session of everybody."""
    async with snapshot(engine) as connection:
        rows = await connection.execute(select(sessions.c.form_hash, sessions.c.record).order_by(sessions.c.id))
        return [(version, from_record(record)) for version, record in rows]


async def test_whoever_is_half_way_goes_on_and_is_told_once(engine, dialogue, tokens):
    """The button of the older prompt is not taken for an answer to another question; the rest is asked as ever."""
    ann = await Person(dialogue, ANN, tokens["ann"]).begins("Anna", "sì")
    await ann.presses("Nero")
    await ann.presses("Fatto")
    assert ann.place == "/data/cups"
    old = ann.reply
    report = await upgraded(engine, NEWER)
    assert (report.sessions, report.again) == (1, {"/data/kinds": 1})
    await ann.hears(Typed("3"))
    assert ann.notices == [TOLD]
    assert ann.place == "/data/mug"
    await ann.hears(Typed("Blu"))
    assert (ann.place, ann.notices) == ("/data/kinds", [])
    await ann.hears(Pressed(old.prompt.actions[0].code))
    assert ann.place == "/data/kinds"
    await ann.presses("Verde")
    await ann.presses("Fatto")
    await ann.presses("Invio le mie risposte")
    async with snapshot(engine) as connection:
        [(version, answers)] = (await connection.execute(select(responses.c.form_hash, responses.c.answers))).all()
    assert version == (await surveyed(engine)).form_hash
    assert dict(map(tuple, answers)) == {
        "/data/name": "Anna",
        "/data/likes": "yes",
        "/data/kinds": "green",
        "/data/cups": "3",
        "/data/mug": "Blu",
    }


async def test_a_button_of_the_older_version_asks_politely_again(engine, dialogue, tokens):
    """Nothing is kept of it, and the next press counts."""
    bob = await Person(dialogue, BOB, tokens["bob"]).begins("Roberto")
    await upgraded(engine, TEA.replace("Le piace il tè?", "Le piace il caffè?"))
    await bob.presses("Sì")
    assert bob.notices == ["Il questionario è stato aggiornato. Ecco come prosegue."]
    assert (bob.place, bob.reply.prompt.value) == ("/data/likes", "")
    await bob.presses("Sì")
    assert bob.place == "/data/kinds"


async def test_nobody_is_written_to(engine, dialogue, tokens):
    """An upgrade owes nothing to anybody; what was owed before still is."""
    ann = await Person(dialogue, ANN, tokens["ann"]).begins("Anna")
    await dialogue.hear(BOB, START, claim="b", token=tokens["bob"])
    assert await dialogue.owed("telegram") == [BOB]
    await upgraded(engine, NEWER)
    assert await dialogue.owed("telegram") == [BOB]
    assert (await ann.hears(Commanded(Command.HELP))).place == "/data/likes"


async def test_what_was_handed_in_stays_with_its_version(engine, dialogue, tokens):
    """Neither the response nor the session that led to it is touched."""
    eve = await Person(dialogue, EVE, tokens["eve"]).begins("Eve", "no")
    await eve.presses("Submit my answers")
    before = await stored(engine)
    assert before[0][1].status is Status.SUBMITTED
    report = await upgraded(engine, NEWER)
    assert report.sessions == 0
    assert await stored(engine) == before


async def test_a_preview_says_what_will_be_and_changes_nothing(engine, dialogue, tokens):
    """The same counts as the move itself."""
    await Person(dialogue, ANN, tokens["ann"]).begins("Anna", "sì")
    await Person(dialogue, EVE, tokens["eve"]).begins("Eve")
    before = await stored(engine)
    form = load_form(read_xlsform(workbook(NEWER)).xform or "")
    async with snapshot(engine) as connection:
        seen = await preview_move(connection, await get_survey(connection, "indagine"), form, now=NOON)
    assert await stored(engine) == before
    assert await upgraded(engine, NEWER) == seen


class Killed(Exception):
    """The process ends here."""


@pytest.mark.parametrize("survivors", [0, 1, 2])
async def test_a_kill_between_any_two_steps_is_mended_by_running_it_again(
    engine, dialogue, tokens, monkeypatch, survivors
):
    """Whoever was moved is not moved twice; whoever was not can go on with the older version meanwhile."""
    ann = await Person(dialogue, ANN, tokens["ann"]).begins("Anna", "sì")
    await Person(dialogue, BOB, tokens["bob"]).begins("Roberto")
    await Person(dialogue, EVE, tokens["eve"]).begins()
    form = await adopted(engine, NEWER)
    moved, move = [], storage.versions._move  # noqa: SLF001 - the step after which it is killed

    async def dies(*given):
        if len(moved) == survivors:
            raise Killed
        moved.append(await move(*given))

    monkeypatch.setattr(storage.versions, "_move", dies)
    with pytest.raises(Killed):
        await move_sessions(engine, await surveyed(engine), form, now=NOON)
    monkeypatch.undo()
    half = await stored(engine)
    assert sum(version == form.hash for version, _ in half) == survivors
    await ann.hears(Commanded(Command.STATUS))
    report = await move_sessions(engine, await surveyed(engine), form, now=NOON)
    assert report.sessions == 3 - survivors
    whole = await stored(engine)
    assert {version for version, _ in whole} == {form.hash}
    assert (await move_sessions(engine, await surveyed(engine), form, now=NOON)).sessions == 0
    assert await stored(engine) == whole


async def test_answers_that_arrive_during_the_move_are_not_lost(engine, dialogue, tokens):
    """Each is taken before the session moves, or asked again after it: said, never dropped."""
    ann = await Person(dialogue, ANN, tokens["ann"]).begins()
    form = await adopted(engine, TEA.replace("Quante tazze?", "Quante tazze al giorno?"))
    survey = await surveyed(engine)
    await asyncio.gather(ann.hears(Typed("Anna")), move_sessions(engine, survey, form, now=NOON))
    assert ann.place == "/data/likes"
    await ann.hears(Typed("no"))
    [(version, session)] = await stored(engine)
    assert (version, session.filled["values"]["/data/name"]) == (form.hash, "Anna")
    assert session.place == "~review"


async def test_two_who_upgrade_at_once_do_not_move_people_to_and_fro(engine, dialogue, tokens):
    """The second is told that the survey has changed meanwhile; what the first had begun ends."""
    await Person(dialogue, ANN, tokens["ann"]).begins("Anna")
    before = await surveyed(engine)
    first = await adopted(engine, NEWER)
    async with transaction(engine) as connection:
        with pytest.raises(VersionChanged):
            await adopt_version(connection, before, before.form_hash[::-1])
    second = await adopted(engine, TEA.replace("Quante tazze?", "Quante?"))
    assert (await move_sessions(engine, await surveyed(engine), first, now=NOON)).sessions == 0
    assert (await move_sessions(engine, await surveyed(engine), second, now=NOON)).sessions == 1

"""What the conversation does to a session is what status counts: people who really walk, some only part of the way."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.status_standing import standing_of
from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from conversations.protocol import Command, Commanded, Pressed, Typed
from storage.chats import Sender
from storage.dispositions import Disposition, count_dispositions
from storage.engine import snapshot
from storage.reading import count_places
from storage.register import Person
from storage.response_rates import together
from storage.surveys import list_surveys
from tests.admin_scripts.field_work import EXAMPLES
from tests.bot.installation import NOON, install
from tests.sheets import workbook

TEA = """
| survey   |
|          | type              | name  | label             | relevant       | required |
|          | text              | name  | What is your name? |               | yes      |
|          | select_one yes_no | likes | Do you like tea?  |                | yes      |
|          | integer           | cups  | How many cups?    | ${likes}='yes' | yes      |
|          | text              | more  | Anything else?    |                | yes      |
| choices  |
|          | list_name | name  | label |
|          | yes_no    | yes   | Yes   |
|          | yes_no    | no    | No    |
"""
BEGIN, DECLINE, SUBMIT = "Take part", "No, thank you", "Submit my answers"
STOP = Commanded(Command.STOP)
STEPS = {
    "never comes": (None, Disposition.NON_CONTACT, None),
    "looks": ([], Disposition.OPENED, None),
    "says no": ([DECLINE], Disposition.REFUSAL, None),
    "stops at once": ([STOP], Disposition.REFUSAL, None),
    "begins": ([BEGIN], Disposition.OPENED, "/data/name"),
    "answers one": ([BEGIN, "Ann"], Disposition.BREAK_OFF, "/data/likes"),
    "answers two": ([BEGIN, "Ann", "Yes"], Disposition.PARTIAL, "/data/cups"),
    "answers all": ([BEGIN, "Ann", "Yes", "3", "no"], Disposition.PARTIAL, "~review"),
    "stops half-way": ([BEGIN, "Ann", "Yes", STOP], Disposition.BREAK_OFF, "/data/likes"),
    "stops before the first": ([BEGIN, STOP], Disposition.BREAK_OFF, ""),
    "hands in": ([BEGIN, "Ann", "No", "no", SUBMIT], Disposition.COMPLETE, None),
}
"""What each presses or says after opening the link, if he does; what that is, and where he is then."""


async def walks(dialogue: Dialogue, sender: Sender, token: str, steps) -> None:
    """One after the other; what is the label of a button presses it."""
    reply = await dialogue.hear(sender, Commanded(Command.START), claim="open", token=token)
    for number, step in enumerate(steps):
        await dialogue.shown(sender, reply.shown_as(str(number)))
        buttons = {button.label: button.code for button in (*reply.prompt.choices, *reply.prompt.actions)}
        heard = step if step is STOP else Pressed(buttons[step]) if step in buttons else Typed(step)
        reply = await dialogue.hear(sender, heard, claim=str(number))


@pytest.mark.parametrize("name", STEPS)
async def test_each_way_to_walk_has_its_disposition_and_its_place(engine: AsyncEngine, name):
    """From never coming to handing in."""
    steps, disposition, place = STEPS[name]
    tokens = await install(engine, workbook(TEA), [Person("ann", language="en")])
    dialogue = Dialogue(engine, FormShelf(), lambda: NOON)
    if steps is not None:
        await walks(dialogue, Sender("telegram", "1"), tokens["ann"], steps)
    async with snapshot(engine) as connection:
        [survey] = await list_surveys(connection)
        assert await count_dispositions(connection, survey.id) == {"": {disposition: 1}}
        assert await count_places(connection, survey.id) == ({} if place is None else {place: 1})


# ---------------------------------------------------------------- a No inside the questionnaire

REAL = EXAMPLES / "zone_omogenee_po.xlsx"
ONE_QUESTION = """
| survey   |
|          | type              | name  | label            | required |
|          | note              | hello | Welcome.         |          |
|          | select_one yes_no | likes | Do you like tea? | yes      |
| choices  |
|          | list_name | name  | label |
|          | yes_no    | yes   | Yes   |
|          | yes_no    | no    | No    |
"""


async def standing_after(engine: AsyncEngine, form: bytes, steps):
    """What is counted once somebody has walked so through the form."""
    tokens = await install(engine, form, [Person("ann", language="en")])
    await walks(Dialogue(engine, FormShelf(), lambda: NOON), Sender("telegram", "1"), tokens["ann"], steps)
    async with snapshot(engine) as connection:
        return await standing_of(connection, "indagine")


async def test_a_no_to_the_first_question_is_a_refusal(engine: AsyncEngine):
    """It is handed in, so it is a response; but whoever was asked nothing else has said no, and no rate counts him."""
    standing = await standing_after(engine, REAL.read_bytes(), [BEGIN, "No"])
    assert standing.groups == {"": {Disposition.REFUSAL: 1}}
    assert {rate.part for rate in together(standing.groups).rates()} == {0}
    assert sum(standing.breakdown.days.values()) == 1
    assert standing.breakdown.channels == {}


async def test_a_no_in_a_questionnaire_of_one_question_is_an_answer(engine: AsyncEngine):
    """There was nothing else to be asked."""
    standing = await standing_after(engine, workbook(ONE_QUESTION), [BEGIN, "No", SUBMIT])
    assert standing.groups == {"": {Disposition.COMPLETE: 1}}
    assert standing.breakdown.channels == {"telegram": 1}

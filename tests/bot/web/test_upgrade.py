"""The web chat of somebody whose questionnaire is changed while the page is open."""

import pytest

from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from storage.engine import snapshot, transaction
from storage.forms import save_form
from storage.surveys import get_survey
from storage.versions import adopt_version, move_sessions
from tests.bot.web.conftest import NOON, QUESTIONS
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOLD = "The questionnaire has been updated. This is how it goes on."


async def upgrade(place):
    """The first question has other words."""
    source = workbook(QUESTIONS.replace("What is it called?", "What was it called?"))
    xform = read_xlsform(source).xform
    async with transaction(place.engine) as connection:
        survey = await get_survey(connection, "colours")
        await adopt_version(connection, survey, await save_form(connection, xform, source))
    async with snapshot(place.engine) as connection:
        survey = await get_survey(connection, "colours")
    await move_sessions(place.engine, survey, load_form(xform), now=NOON)


@pytest.fixture
async def walker(place, browser):
    """Somebody who is asked the first question."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    return browser


async def test_an_answer_to_the_page_as_it_was_is_asked_for_again(place, walker):
    """Once, with one sentence, and nothing is kept of it."""
    await upgrade(place)
    page = await walker.write("A thing")
    assert TOLD in page.text
    assert "What was it called?" in page.text
    assert await place.answers() == []
    assert TOLD not in (await walker.write("Another thing")).text
    assert await place.answers() == [("/data/name", "Another thing")]


async def test_an_answer_to_the_page_as_it_is_counts(place, walker):
    """Whoever has opened the page since has read the sentence there."""
    await upgrade(place)
    page = await walker.open("/chat")
    assert TOLD in page.text
    page = await walker.write("A thing")
    assert TOLD not in page.text
    assert await place.answers() == [("/data/name", "A thing")]

"""The summary half way, in the web chat."""

import pytest

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_all_answers_can_be_seen_and_changed_at_any_time(place, browser):
    """By a button of the menu; nothing can be submitted there, and the question comes back."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    await browser.write("Old name")
    await browser.press("Blue & green")
    page = await browser.press("My answers")
    assert "Your answers so far" in page.text
    assert "Submit my answers" not in page.text
    assert "Which others?" in (await browser.press("Back to the question")).text
    await browser.press("My answers")
    page = await browser.press("Old name")
    assert page.answering.value == "Old name"
    assert "Which others?" in (await browser.write("New name")).text
    assert await place.answers() == [("/data/name", "Old name"), ("/data/colour", "blue"), ("/data/name", "New name")]


async def test_it_can_be_asked_for_in_words(place, browser):
    """As in every chat."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    assert "You have not answered any question yet." in (await browser.write("/summary")).text

"""Two invited people in front of one browser: each link opens its own person's answers, and nobody else's."""

import pytest


@pytest.fixture
async def second(place, browser):
    """The second person, who opens a link where the first was answering."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    await browser.write("mine alone")
    return browser


async def test_a_second_link_opens_its_own_participation(place, second):
    """Nothing of the first person is shown any more, and what the second writes is the second's."""
    page = await second.open(f"/s/{place.tokens[1]}")
    assert "Another participation is open in this browser" in page.text
    page = await second.press("Answer here")
    assert "Take part" in page.answering.buttons
    assert "mine alone" not in page.html
    await second.press("Take part")
    assert "mine alone" not in (await second.write("theirs")).html
    assert [value for _, value in await place.answers()] == ["mine alone", "theirs"]
    assert (await place.rows())["sessions"] == 2


async def test_each_link_leads_back_to_its_own_participation(place, second):
    """As often as one likes, whichever was open before; the page of an invitation is pressed twice without harm."""
    page = await second.open(f"/s/{place.tokens[1]}")
    for _ in range(2):
        assert "Take part" in (await second.press("Answer here", page)).answering.buttons
    await second.open(f"/s/{place.tokens[0]}")
    assert "Another participation" in second.page.text
    assert "mine alone" in (await second.press("Open the conversation")).html
    assert "mine alone" not in (await second.press("Answer here", page)).html
    assert "Another participation" not in (await second.open(f"/s/{place.tokens[1]}")).text


async def test_a_receipt_stays_with_the_one_who_submitted(place, second):
    """The next person can answer."""
    while "Submit my answers" not in second.page.answering.buttons:
        buttons = second.page.answering.buttons
        await second.press(next(label for label in ("Skip", "OK", *buttons) if label in buttons))
    assert "press “Change” beside it" in second.page.text
    assert "Press a number" not in second.page.text, "here are no numbers to press"
    assert "submitted" in (await second.press("Submit my answers")).text
    page = await second.start(place.tokens[1])
    assert "Take part" in page.answering.buttons
    assert "submitted" not in page.text


async def test_what_is_sent_from_a_page_of_the_other_changes_nothing(place, second):
    """A tab that was left open is of the first person still, though the browser has gone on; the words aren't shown."""
    left_open = second.page
    await second.start(place.tokens[1])
    await second.press("Take part")
    await second.write("theirs")
    page = await second.write("a secret of the first", left_open)
    assert "That page was of another participation, so nothing was changed" in page.text
    assert "a secret of the first" not in page.html
    assert "mine alone" not in page.html
    assert [value for _, value in await place.answers()] == ["mine alone", "theirs"]
    await second.start(place.tokens[0])
    assert "mine alone" in second.page.html


async def test_the_link_still_belongs_to_the_first_device(place, second, new_browser):
    """Several invitations in one browser: none of them opens in another."""
    await second.start(place.tokens[1])
    for token in place.tokens:
        assert "already being used" in (await new_browser().open(f"/s/{token}")).text

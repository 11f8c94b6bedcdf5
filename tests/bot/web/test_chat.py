"""The conversation in the browser, without JavaScript: every kind of question, and everything that can go wrong."""

import asyncio

import pytest

from conversations.answers.cleaning import LONGEST
from storage.engine import snapshot
from storage.surveys import get_survey
from tests.responses import responses_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def walker(place, browser):
    """Somebody who has just taken part and is asked the first question."""
    await browser.start(place.tokens[0])
    await browser.press("Take part")
    return browser


async def skip_to(browser, question):
    """Name it, then skip until a question."""
    if "What is it called?" in browser.page.text:
        await browser.write("Something")
    while question not in browser.page.text:
        await browser.press("Skip")


async def test_the_whole_questionnaire_is_answered(place, walker):
    """Every kind has its input, the review shows what was said, the receipt ends it."""
    await walker.write("A <b>bold</b> name")
    await walker.press("Blue & green")
    await walker.tick("Red", "<b>Black</b>")
    await walker.write("12")
    await walker.write("2026-03-10")
    await walker.press("7")
    for colour in ("Red", "<b>Black</b>", "Blue & green"):
        await walker.press(colour)
    await walker.press("Done")
    review = await walker.write("First line\r\nsecond line")
    assert "A <b>bold</b> name" in review.text
    assert "10 March 2026" in review.text
    receipt = await walker.press("Submit my answers")
    assert "Receipt:" in receipt.text

    async with snapshot(place.engine) as connection:
        survey = await get_survey(connection, "colours")
        (response,) = await responses_of(connection, survey)
    assert response.answers == [
        ("/data/name", "A <b>bold</b> name"),
        ("/data/colour", "blue"),
        ("/data/others", "red black"),
        ("/data/number", "12"),
        ("/data/since", "2026-03-10"),
        ("/data/liked", "7"),
        ("/data/ordered", "red black blue"),
        ("/data/story", "First line\nsecond line"),
    ]


async def test_what_was_said_stays_in_sight_and_can_be_changed(place, walker):
    """The answered questions are the chat's past; each leads back to its question."""
    await walker.write("Old name")
    page = await walker.press("Blue & green")
    assert "Old name" in page.text
    page = await walker.press("Old name")
    assert page.answering.value == "Old name"
    await walker.write("New name")

    assert await place.answers() == [("/data/name", "Old name"), ("/data/colour", "blue"), ("/data/name", "New name")]


async def test_a_form_sent_twice_is_one_answer(place, walker):
    """A double click, or a reload of the answer: the same page saying the same thing is one act."""
    page = walker.page
    await asyncio.gather(*(walker.write("Only once", page) for _ in range(4)))

    assert await place.answers() == [("/data/name", "Only once")]


async def test_a_tab_that_is_out_of_date_changes_nothing(place, walker):
    """A page for an earlier place is answered with where the conversation is, and why nothing was changed."""
    old = walker.page
    await walker.write("The first tab")
    page = await walker.write("The second tab", old)

    assert "out of date" in page.text
    assert "Which colour?" in page.text
    assert await place.answers() == [("/data/name", "The first tab")]


async def test_a_refused_answer_stays_in_its_input(place, walker):
    """The author's message and the question again, with what was written, to be corrected."""
    await skip_to(walker, "How many?")
    before = await place.answers()
    page = await walker.write("1000")

    assert "This answer is not possible here" in page.text
    assert page.answering.value == "1000"
    assert 'aria-invalid="true"' in page.html
    assert await place.answers() == before


async def test_ticked_boxes_stay_ticked(walker):
    """Coming back to a list shows what is stored."""
    await skip_to(walker, "Which others?")
    await walker.tick("Red")
    page = await walker.press("Back")

    assert page.answering.ticked == ["red"]


@pytest.mark.parametrize(
    ("question", "attributes"),
    [
        ("What is it called?", {"type": "text"}),
        ("How many?", {"inputmode": "numeric"}),
        ("Since when?", {"type": "date"}),
        ("Tell us more", {"tag": "textarea"}),
    ],
)
async def test_each_kind_has_its_input(walker, question, attributes):
    """A date has a calendar, a number the keys for numbers, a long text room."""
    while question not in walker.page.text:
        await skip_to(walker, question)

    assert attributes.items() <= walker.page.inputs[0].items()


async def test_a_choice_can_be_written_too(place, walker):
    """The label, number or name of a choice is accepted wherever there is a button."""
    page = await walker.write("Something")
    form = page.forms[3]
    await walker.send(form.action, [*form.hidden, ("text", "blue & GREEN")])

    assert ("/data/colour", "blue") in await place.answers()


async def test_a_cleared_page_shows_only_what_is_asked(walker):
    """Whoever looks over the shoulder sees no earlier answer, then or later; all of them are in the summary."""
    await walker.write("Old name")
    page = await walker.press("Clear the chat")
    assert "your answers stay saved" in page.text
    for shown in (page, await walker.open("/chat")):
        assert "Old name" not in shown.text
    await walker.press("Blue & green")
    page = await walker.open("/chat")
    assert ("Blue & green" in page.text, "Old name" in page.text) == (True, False)


async def test_the_menu_says_the_commands(walker):
    """Help, status, privacy and the language at any time; the question stays."""
    assert "You have answered 0 of about 8" in (await walker.press("Where am I?")).text
    assert "Taking part is voluntary" in (await walker.press("Privacy")).text
    assert "press a button" in (await walker.press("Help")).text.casefold()
    page = await walker.press("Language")
    assert "Come si chiama?" in page.text
    assert 'lang="it"' in page.html


async def test_p34_my_data_is_a_download(walker, new_browser):
    """For the browser in which it was asked for, and for no other; nothing on the way keeps a copy."""
    await walker.write("Kept")
    page = await walker.press("My data")
    assert [link["href"] for link in page.links if "mydata" in link["href"]] == ["/chat/mydata"]
    page = await walker.open("/chat/mydata")
    assert "Kept" in page.html
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert page.headers["Content-Disposition"] == 'attachment; filename="mydata.html"'
    assert page.headers["Cache-Control"] == "no-store"
    assert (await new_browser().open("/chat/mydata")).status == 404


async def test_p34_two_browsers_get_each_their_own_data(place, walker, new_browser):
    """In either direction."""
    other = new_browser()
    await other.start(place.tokens[1])
    await other.press("Take part")
    for browser, word in ((walker, "Of the first"), (other, "Of the second")):
        await browser.write(word)
        await browser.press("My data")
    one, another = [(await browser.open("/chat/mydata")).html for browser in (walker, other)]
    assert ("Of the first" in one, "Of the second" in one) == (True, False)
    assert ("Of the first" in another, "Of the second" in another) == (False, True)


async def test_stopping_and_going_on(walker):
    """Stop says what happens to the answers; the way back is there."""
    await walker.write("Kept")
    page = await walker.press("Stop here")
    assert "You have stopped the survey “Colours & more”" in page.text
    page = await walker.press("Go on with the questionnaire")
    assert "Which colour?" in page.text


async def test_hostile_words_stay_words(place, walker):
    """What people and authors write is shown, never run."""
    hostile = '</textarea><script>alert(1)</script> "><img src=x onerror=alert(1)> [x](javascript:alert(1))'
    page = await walker.write(hostile)

    assert "<script>alert" not in page.html
    assert "<img" not in page.html
    assert "javascript:" not in {link["href"].partition("alert")[0] for link in page.links}
    assert "<script>alert(1)</script>" in page.text
    assert ("/data/name", hostile) in await place.answers()


async def test_the_authors_markdown_is_drawn_and_their_html_is_not(place, browser):
    """Bold and links of a note; tags in a hint are text."""
    page = await browser.start(place.tokens[0])
    assert "<strong>Why</strong>" in page.html
    assert any(link["href"] == "https://example.org/why" and "noopener" in link["rel"] for link in page.links)
    page = await browser.press("Take part")
    assert "<i>Not</i> your own name" in page.text


async def test_an_answer_that_is_too_long_is_not_lost(place, walker):
    """It is refused with a sentence and stands there to be shortened."""
    text = "a" * (LONGEST + 1)
    page = await walker.write(text)

    assert "at most 4096 characters" in page.text
    assert page.answering.value == text
    assert await place.answers() == []


async def test_a_body_that_is_too_large_is_not_read(walker):
    """No form of ours has so much."""
    page = await walker.write("a" * 300_000)

    assert page.status == 413
    assert "too long" in page.text


@pytest.mark.parametrize(
    "body", [b"\xff\xfe", b"command=rm", b"token=%ff", b"&" * 2000, b"text=%00", b"", b"name=a&" * 2000]
)
async def test_a_body_that_is_no_form_of_ours_changes_nothing(place, walker, body):
    """Bad bytes, unknown commands, too many fields."""
    before = await place.rows()
    async with walker.session.post(f"{place.address}/chat", data=body) as response:
        assert response.status in (400, 403)

    assert await place.rows() == before


async def test_control_characters_are_dropped(place, walker):
    """A NUL would be refused by PostgreSQL; a bell is nobody's answer."""
    await walker.write("a\x00b\x07c\ttab")

    assert await place.answers() == [("/data/name", "abc tab")]


async def test_a_forged_form_changes_nothing(place, walker):
    """A form without the browser's token is refused, with the way back."""
    hidden = [(name, value) for name, value in walker.page.answering.hidden if name != "token"]
    page = await walker.send("/chat", [*hidden, ("text", "forged")])

    assert page.status == 403
    assert "Nothing was changed" in page.text
    assert page.links[0]["href"] == "/chat#now"
    assert await place.answers() == []


async def test_a_forged_button_changes_nothing(place, walker):
    """A code that was never drawn is answered with where the conversation is."""
    for code in ("x", "aaaaaaaazz", "aaaaaaaac" + "b" * 32, "\u0000", "a" * 5000):
        page = await walker.send("/chat", [*walker.page.answering.hidden, ("code", code)])
        assert page.status == 200

    assert await place.answers() == []


async def test_without_an_invitation_there_is_only_a_sentence(browser):
    """Nobody's browser sees nobody's conversation."""
    page = await browser.open("/chat")

    assert page.status == 403
    assert "personal invitation" in page.text
    assert (await browser.send("/chat", [("text", "hello")])).status == 403


async def test_when_the_database_fails_what_was_written_is_kept(place, walker, engine):
    """A sentence, the text, and a button that sends the same act again: exactly once."""
    async with engine.connect() as connection:
        await connection.exec_driver_sql("ALTER TABLE claims RENAME TO gone")
        await connection.commit()
    page = await walker.write("Written with care")
    assert page.status == 503
    assert "still here" in page.text
    assert "Written with care" in page.text
    async with engine.connect() as connection:
        await connection.exec_driver_sql("ALTER TABLE gone RENAME TO claims")
        await connection.commit()
    form = page.forms[0]
    page = await walker.send(form.action, [*form.hidden, ("text", "Written with care")])

    assert "Which colour?" in page.text
    assert await place.answers() == [("/data/name", "Written with care")]


async def test_two_people_in_two_browsers_do_not_meet(place, new_browser):
    """Each browser sees its own answers."""
    one, two = new_browser(), new_browser()
    for browser, token, name in ((one, place.tokens[0], "Name of one"), (two, place.tokens[1], "Name of two")):
        await browser.start(token)
        await browser.press("Take part")
        await browser.write(name)

    assert "Name of two" not in (await one.open("/chat")).text
    assert "Name of one" not in (await two.open("/chat")).text

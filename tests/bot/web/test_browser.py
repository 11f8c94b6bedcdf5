"""The real example in a real Chromium, from the personal link to the receipt, with and without JavaScript."""

from pathlib import Path

import pytest

from bot.dialogue import Dialogue
from bot.shelf import FormShelf
from bot.web.server import serve_web
from bot.web.site import WebPlace
from bot.wishes import Wishes
from storage.engine import snapshot
from storage.surveys import get_survey
from tests.bot.web.chromium import Person, in_chromium, needs_chromium
from tests.bot.web.conftest import NOON, SECRET, invite, serving
from tests.bot.web.messages import write
from tests.responses import responses_of

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
EXAMPLE = Path(__file__).parents[3] / "examples" / "zone_omogenee_po.xlsx"
SMALL_TARGETS = (
    "[...document.querySelectorAll('button, summary, label, textarea, input:not([type=checkbox], [type=hidden])')]"
    ".filter(e => e.checkVisibility() && Math.min(e.offsetWidth, e.offsetHeight) < 44).map(e => e.outerHTML)"
)
STEPS = 80  # more than the questionnaire has questions


@pytest.fixture
async def example(engine):
    """The address of the example's personal link, and the responses that have come in."""
    needs_chromium()
    (token,) = await invite(engine, EXAMPLE.read_bytes(), "it")
    server = await serve_web(Dialogue(engine, FormShelf(), lambda: NOON), WebPlace("127.0.0.1", 0, ""))

    async def responses():
        async with snapshot(engine) as connection:
            return await responses_of(connection, await get_survey(connection, "colours"))

    yield f"http://127.0.0.1:{server.port}/s/{token}", responses
    await server.stop()


def answer(person: Person) -> None:
    """Answer whatever is in sight, as somebody who agrees with everything."""
    match person.kind:
        case "welcome":
            person.press("Partecipo")
        case "one" | "scale":
            person.act(person.find(".choices button").click)
        case "many":
            for box in person.all("fieldset .choice")[:2]:
                box.click()
            person.act(person.find(".answer .leading").click)
        case "integer":
            person.write("2")
        case "text" if "pagina web" in person.question:
            person.press("Salta")
        case "text" | "multiline":
            person.write("Una «prova» con <b>segni</b> & accenti: perché no?")
        case kind:
            pytest.fail(f"no answer for a prompt of kind {kind}")


def walk_to_review(person: Person, address: str) -> list[str]:
    """Answer everything; the questions that were asked."""
    person.open(address)
    person.press("Rispondo qui")
    asked = []
    for _ in range(STEPS):
        if person.kind == "review":
            return asked
        asked.append(person.question)
        assert_fits(person)
        answer(person)
    pytest.fail(f"no review after {STEPS} steps")


def assert_fits(person: Person) -> None:
    """Nothing is wider than the window, and nothing to press is lower or narrower than 44 pixels."""
    assert person.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert person.driver.execute_script(f"return {SMALL_TARGETS}") == []


def complaints(person: Person) -> list[str]:
    """What the browser's console says: refused by the policy, not found, failed."""
    return [entry["message"] for entry in person.driver.get_log("browser")]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
async def test_the_example_from_the_link_to_the_receipt(example, scripts):
    """In a window of 320 pixels: every question is answered, one answer changed in the review, all submitted."""
    address, responses = example

    def walk(person: Person) -> None:
        asked = walk_to_review(person, address)
        assert len(set(asked)) > 20
        person.act(person.find(".given-answers button").click)
        assert person.question == "Ha letto l'informativa e desidera partecipare?"
        person.press("Sì")
        assert person.kind == "review"
        person.press("Invio le mie risposte")
        assert person.kind == "receipt"
        assert complaints(person) == []

    await in_chromium(walk, width=320, scripts=scripts)
    (response,) = await responses()
    assert dict(response.answers)["/data/sez_finale/commenti"] == "Una «prova» con <b>segni</b> & accenti: perché no?"


async def test_with_javascript_the_page_stays_and_the_focus_goes_to_the_question(example):
    """The conversation is swapped in place; whoever uses the keyboard is at the new question."""
    address, _ = example

    def walk(person: Person) -> None:
        person.open(address)
        person.press("Rispondo qui")
        person.driver.execute_script("window.stayed = true")
        person.press("Partecipo")
        person.press("Sì")
        assert person.driver.execute_script("return window.stayed")
        assert person.driver.switch_to.active_element.get_attribute("id") == "now"
        assert "Ha letto l'informativa" in person.find("#talk").text

    await in_chromium(walk)


async def test_a_lost_connection_loses_nothing(example):
    """Without the network a sentence says so, and what was written stays; afterwards it is sent."""
    address, _ = example

    def walk(person: Person) -> None:
        walk_to_text(person, address)
        question = person.question
        person.driver.set_network_conditions(offline=True, latency=0, throughput=1)
        person.find(".answer [name=text]").send_keys("12")
        person.find(".answer .leading").click()
        person.wait(lambda: person.find("#problem").text)
        assert "connessione" in person.find("#problem").text
        assert person.find(".answer [name=text]").get_attribute("value") == "12"
        person.driver.delete_network_conditions()
        person.act(person.find(".answer .leading").click)
        assert person.question != question
        assert "12" in person.find("#talk").text

    await in_chromium(walk)


def walk_to_text(person: Person, address: str) -> None:
    """Go on until something is to be written."""
    person.open(address)
    person.press("Rispondo qui")
    while person.kind != "integer":
        answer(person)
    person.driver.execute_script("scrollTo(0, 0)")


async def test_another_language_changes_the_whole_page(place):
    """Also the words around the conversation, which are not drawn anew with each answer."""

    def walk(person: Person) -> None:
        person.open(f"{place.address}/s/{place.tokens[0]}")
        person.find(".doors button").click()
        person.wait(lambda: person.kind == "welcome")
        assert person.find("footer").text == "Every answer is saved at once."
        person.press("Italiano")
        assert person.find("footer").text == "Ogni risposta viene salvata subito."
        assert person.find("[role=log]").get_attribute("aria-label") == "Risposte date finora"
        assert "connessione" in person.find("#chat").get_attribute("data-offline")

    await in_chromium(walk)


@pytest.mark.parametrize("width", [1100, 320], ids=["at a desk", "on a phone"])
async def test_the_two_ways_to_answer_are_equal_and_only_a_desk_shows_the_code(place, width):
    """Both without JavaScript; a phone needs no code for itself."""

    def walk(person: Person) -> None:
        person.open(f"{place.address}/s/{place.tokens[0]}")
        assert_fits(person)
        telegram, here = person.all(".doors .leading")
        assert (telegram.text, here.text) == ("Open in Telegram", "Answer here")
        assert telegram.size == here.size
        assert person.find(".qr svg").is_displayed() is (width > 320)
        assert complaints(person) == []
        person.find(".doors button").click()
        person.wait(lambda: person.kind == "welcome")

    await in_chromium(walk, width=width, scripts=False)


async def test_a_message_that_waits_is_read_as_a_mail_program_shows_it(place, tmp_path):
    """Its picture is there, its script has not run, and its link leads on."""
    site = WebPlace("127.0.0.1", 0, "", outbox=tmp_path)
    async with serving(place.dialogue, site, Wishes(place.engine, SECRET, lambda: NOON)) as browser:
        write(tmp_path, "w1", link=f"{browser.address}/s/{place.tokens[0]}")

        def walk(person: Person) -> None:
            person.open(f"{browser.address}/outbox")
            person.find(".mails a").click()
            person.wait(lambda: person.find("iframe"))
            assert_fits(person)
            person.driver.switch_to.frame(0)
            assert person.find("img").size["width"] > 50
            person.find("a").click()
            person.driver.switch_to.window(person.driver.window_handles[-1])
            person.wait(lambda: person.find(".doors"))

        await in_chromium(walk, width=320)

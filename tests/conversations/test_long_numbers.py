"""Numbers of any length: whatever is asked, thousands of digits are an answer or a slip, and never a fault."""

from dataclasses import replace

import pytest

from conversations.answers.numbers import show_number
from conversations.codes import Verb, make_code
from conversations.protocol import Chosen, Edited, Pressed, Status, Typed
from conversations.stops import REVIEW
from conversations.turn import take_turn
from conversations.walk import Walk
from tests.conversations.test_asking import EVERYTHING
from tests.conversations.test_going_back import TEA
from tests.conversations.test_places_and_files import EXCURSION
from tests.conversations.test_rows import COUNTED, OPEN
from tests.scenario import NOON, TERMS, Scenario

DIGITS = ("9" * 4301, "0" * 5000 + "1", "٣" * 4400, "1." * 2100, "-" + "8" * 4090, "7" * 4096, "1e" + "9" * 4000)


def long_things(session):
    """Everything that may hold a number, with long ones, and the codes of pages and languages."""
    for digits in DIGITS:
        yield from (Typed(digits, "m"), Edited("m", digits), Chosen((digits,), session.place))
        yield Typed(f"{digits}, {digits}")
    for verb in Verb:
        for digits in ("9" * 32, "9" * 33, "-1", "٣"):
            yield Pressed(make_code(session.seed, session.place, verb, digits))


def sessions_of(form):
    """At the welcome, at each question and between rows, at the summary."""
    welcome = Scenario(form, language="en")
    yield welcome.session
    begun = welcome.takes_part().session
    for stop in Walk(form, TERMS, begun, NOON).route.stops:
        yield replace(begun, place=stop.place)
    yield replace(begun, place=REVIEW, status=Status.REVIEWING)


@pytest.mark.no_cover
@pytest.mark.parametrize("form", [EVERYTHING, TEA, OPEN, COUNTED, EXCURSION])
def test_no_prompt_stumbles_over_a_long_number(form):
    """Whatever is asked; and what comes of it can be gone on from."""
    for session in sessions_of(form):
        for heard in long_things(session):
            turn = take_turn(form, TERMS, session, heard, now=NOON)
            assert take_turn(form, TERMS, turn.session, Typed("1"), now=NOON).prompt.blocks


def test_a_long_calculated_number_is_shown_as_it_is():
    """With its thousands apart only where anybody could read them."""
    assert show_number("1234567", "it", grouped=True) == "1.234.567"
    assert show_number("9" * 5000, "it", grouped=True) == "9" * 5000

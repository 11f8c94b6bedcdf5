"""A coordinator's own words: places are filled once, everything else stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.letters import PLACES, Occasion, OwnWords, unknown_places
from tests.conversations.test_letters import TERMS, letter, walker


def test_own_words_stand_between_our_greeting_and_our_closing_lines():
    """A blank line parts paragraphs, however it was typed."""
    own = OwnWords("Tea, {name}?", "First {title},\nsecond line.\r\n\r\n \r\nThen {sender}: {contact}.\n")
    said = letter(Occasion.INVITATION, own=own)
    assert said.subject == "Tea, Anna Rossi?"
    assert said.paragraphs == (
        "Dear Anna Rossi,",
        "First Tea at work,\nsecond line.",
        "Then The canteen: tea@example.org.",
    )
    assert said.closing == letter(Occasion.INVITATION).closing


def test_own_words_know_how_far_somebody_is():
    """In figures, so that they fit any sentence."""
    own = OwnWords("{done}/{total}", "{minutes} min, until {deadline}")
    said = letter(Occasion.HALF_WAY, walker(), own=own)
    assert (said.subject, *said.paragraphs[1:]) == ("1/5", "1 min, until Friday 18 December 2026 at 23:59")


@pytest.mark.parametrize("own", [None, OwnWords("", ""), OwnWords(" ", "\n \n"), OwnWords("{ }", "")])
def test_where_there_are_no_own_words_ours_are_said(own):
    """A subject alone leaves our paragraphs, and the other way round."""
    ours, said = letter(Occasion.OPENED, walker("notified")), letter(Occasion.OPENED, walker("notified"), own=own)
    assert said.paragraphs == ours.paragraphs
    assert said.subject == ("{ }" if own and own.subject == "{ }" else ours.subject)


def test_a_place_that_stands_empty_leaves_ours():
    """A subject that is only a deadline, in a survey without one, would be no subject."""
    assert (
        letter(Occasion.INVITATION, name="", own=OwnWords("{name}", "{name}")).subject == "Tea at work: your invitation"
    )


def test_a_chat_shows_own_words_too():
    """The same letter on every channel."""
    prompt = letter(Occasion.HALF_WAY, walker(), own=OwnWords("", "Come back.")).prompt
    assert [block.text for block in prompt.blocks] == ["Dear Anna Rossi,", "Come back."]


def test_what_fills_a_place_is_not_filled_again():
    """A name is a name, whatever braces it holds."""
    own = OwnWords("", "{name} {{title}}")
    assert letter(Occasion.INVITATION, name="{title} %s", own=own).paragraphs[1] == "{title} %s {Tea at work}"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Dear {name}, {title} {sender} {deadline} {minutes} {done} {total} {contact}", []),
        ("{nome} and {Name} and {nome} again", ["nome", "Name"]),
        ("{ deadline } is read with spaces, { scadenza } is reported", ["scadenza"]),
        ("{}, { }, {1}, {a b}, {a.b}, {name!r}, {0[x]}, {, }, }{", []),
        ("{è_nuovo}", ["è_nuovo"]),
    ],
)
def test_places_that_nothing_is_known_for_are_reported(text, unknown):
    """Each once, in their order; braces around anything but a word are no places."""
    assert unknown_places(text) == unknown


@given(st.text("{}ab name1! \n", max_size=60))
def test_what_is_no_place_stays_as_it_was_written(text):
    """A closed replacement: nothing in the text is run, nothing raises."""
    kept = letter(Occasion.INVITATION, name="name", own=OwnWords("", f"x{text}x")).paragraphs[1:]
    squeezed = "".join("".join(kept).split())
    assert squeezed == "".join(f"x{text}x".split()).replace("{name}", "name")


def test_the_places_are_those_that_are_told():
    """What a coordinator may write."""
    assert {"name", "title", "sender", "deadline", "minutes", "done", "total", "contact"} == PLACES
    assert TERMS.contact in letter(Occasion.INVITATION, own=OwnWords("", "{contact}")).paragraphs

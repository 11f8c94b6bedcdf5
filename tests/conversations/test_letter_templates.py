"""Our words as a coordinator begins with them: with places in braces, and only such as are filled."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.letters import PLACES, Occasion, our_template, unknown_places
from conversations.phrases import LANGUAGES
from conversations.protocol import Mode, Terms

TERMS = Terms("The climate", "The office", Mode.CONFIDENTIAL, "us@example.org", datetime(2026, 12, 18, 18, tzinfo=UTC))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", Occasion)
def test_every_occasion_has_words_to_begin_with(occasion, language):
    """What belongs to one survey or person stands in braces, never as it is."""
    words = our_template(occasion, TERMS, language)
    whole = f"{words.subject}\n{words.body}"
    assert "{title}" in words.subject
    assert len(words.body.split("\n\n")) > 1
    assert not unknown_places(whole)
    assert not any(said in whole for said in ("The climate", "The office", "2026", "7"))


@pytest.mark.parametrize("occasion", Occasion)
def test_what_a_survey_does_not_say_has_no_place(occasion):
    """It would be filled with nothing."""
    bare = our_template(occasion, replace(TERMS, sender="", contact="", closes_at=None), "en")
    assert not any(f"{{{place}}}" in bare.subject + bare.body for place in ("sender", "contact", "deadline"))


def test_half_way_says_how_far():
    """In the form for several questions and minutes, as most people will read it."""
    words = our_template(Occasion.HALF_WAY, TERMS, "it")
    assert "Ha risposto a {done} domande su {total}" in words.body
    assert "{minutes} minuti" in words.body
    assert {"done", "total", "minutes"} <= PLACES

"""The bot's own sentences: said in the right language (tests/test_catalogues.py: none of them is missing)."""

import pytest

from conversations.phrases import LANGUAGES, phrases_for


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("it", "it"),
        ("it-IT", "it"),
        ("it_CH", "it"),
        ("IT", "it"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_tag_speaks_its_language_and_an_unknown_one_english(tag, language):
    """Only the primary language decides; whoever's language we do not speak reads English."""
    assert phrases_for(tag).language == language
    assert language in LANGUAGES


def test_the_phrases_of_a_language_are_read_once():
    """The catalogue is a file: it is not opened again for each sentence."""
    assert phrases_for("it") is phrases_for("it-IT")


def test_values_fill_the_places_of_their_names():
    """Values are text, whatever they contain."""
    assert phrases_for("en").say("Hello {name}", name="{x} %s") == "Hello {x} %s"


@pytest.mark.parametrize(("n", "said"), [(0, "0 pears"), (1, "1 pear"), (2, "2 pears"), (100, "100 pears")])
def test_a_count_takes_the_form_of_its_number(n, said):
    """One thing is singular, none and many are plural; {n} is the number."""
    assert phrases_for("en").count("{n} pear", "{n} pears", n) == said

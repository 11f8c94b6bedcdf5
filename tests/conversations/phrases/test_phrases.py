"""The bot's own sentences: said in the right language, and none of them missing in a catalogue."""

import re

import pytest

from conversations.phrases import CATALOGUES, LANGUAGES, phrases_for
from tests.conversations.phrases.catalogue import extracted, shipped, translated

PLACE = re.compile(r"{\w*}")

every_catalogue = pytest.mark.parametrize("language", CATALOGUES)


def sentences(catalog):
    """Sentence -> translation, both as tuples of forms, without the header."""
    return {forms(message.id): forms(message.string) for message in catalog if message.id}


def forms(text):
    """Give a sentence, or the forms of one that counts, as a tuple."""
    return tuple(text) if isinstance(text, tuple | list) else (text,)


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


@every_catalogue
def test_every_sentence_is_translated_and_none_is_left_over(language):
    """A sentence of the code without its translation, or the other way round, is a mistake (README.md here: renew)."""
    catalog = translated(language)
    assert sentences(catalog).keys() == sentences(extracted()).keys()
    assert not [sentence for sentence, said in sentences(catalog).items() if not all(said)]
    assert not catalog.obsolete


@every_catalogue
def test_no_translation_is_a_guess(language):
    """Fuzzy entries are guesses of a tool."""
    assert not [message.id for message in translated(language) if message.id and message.fuzzy]


@every_catalogue
def test_a_translation_has_the_places_of_its_sentence(language):
    """A place too many would raise, a place too few would swallow a value."""
    for sentence, said in sentences(translated(language)).items():
        wanted = {frozenset(PLACE.findall(form)) for form in sentence}
        assert {frozenset(PLACE.findall(form)) for form in said} == wanted, sentence


@every_catalogue
def test_what_is_shipped_is_what_is_maintained(language):
    """The .mo file is the .po file, compiled."""
    assert sentences(shipped(language)) == sentences(translated(language))

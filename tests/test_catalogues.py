"""The catalogues of every room that speaks: no sentence missing, none left over, none that cannot be filled."""

import re

import pytest

from tests.catalogues import DOMAINS, extracted, shipped, translated

PLACE = re.compile(r"{\w*}")

every_catalogue = pytest.mark.parametrize(
    ("domain", "language"), [(domain, language) for domain in DOMAINS for language in domain.languages]
)


def sentences(catalog):
    """Sentence -> translation, both as tuples of forms, without the header."""
    return {forms(message.id): forms(message.string) for message in catalog if message.id}


def forms(text):
    """Give a sentence, or the forms of one that counts, as a tuple."""
    return tuple(text) if isinstance(text, tuple | list) else (text,)


@every_catalogue
def test_every_sentence_is_translated_and_none_is_left_over(domain, language):
    """A sentence without its translation, or the other way round, is a mistake: `python -m tests.catalogues`."""
    catalog = translated(domain, language)
    assert sentences(catalog).keys() == sentences(extracted(domain)).keys()
    assert not [sentence for sentence, said in sentences(catalog).items() if not all(said)]
    assert not catalog.obsolete


@every_catalogue
def test_no_translation_is_a_guess(domain, language):
    """Fuzzy entries are guesses of a tool."""
    assert not [message.id for message in translated(domain, language) if message.id and message.fuzzy]


@every_catalogue
def test_a_translation_has_the_places_of_its_sentence(domain, language):
    """A place too many would raise, a place too few would swallow a value."""
    for sentence, said in sentences(translated(domain, language)).items():
        wanted = {frozenset(PLACE.findall(form)) for form in sentence}
        assert {frozenset(PLACE.findall(form)) for form in said} == wanted, sentence


@every_catalogue
def test_what_is_shipped_is_what_is_maintained(domain, language):
    """The .mo file is the .po file, compiled."""
    assert sentences(shipped(domain, language)) == sentences(translated(domain, language))

"""Labels, names, numbers and parts of labels: on every list of the example surveys, in both languages."""

import pytest

from conversations.answers import Slip, read_answer
from tests.conversations.answers.questions import LISTS, ask, example_lists

every_list = pytest.mark.parametrize(
    ("language", "question"),
    [(language, name) for language in ("it", "en") for name in sorted(example_lists(language))],
)


@every_list
def test_every_label_is_its_choice(language, question):
    """However it is written: case, spaces and punctuation around it."""
    asked = ask("select_one", question, language)
    for choice in asked.choices:
        for said in (choice.label, choice.label.upper(), f"  «{choice.label}». "):
            assert read_answer(asked, said) == choice.name


@every_list
def test_every_name_is_its_choice(language, question):
    """A name in full goes before a part of a label: «altro» and «Nessun altro ostacolo»."""
    asked = ask("select_one", question, language)
    for choice in asked.choices:
        assert read_answer(asked, choice.name) == choice.name


@every_list
def test_every_place_is_its_choice(language, question):
    """Counted in the order shown, from one; codes 1 to 5 and 9 agree with their places, and 6 is the sixth."""
    asked = ask("select_one", question, language)
    for place, choice in enumerate(asked.choices, start=1):
        assert read_answer(asked, str(place)) == choice.name


@every_list
def test_any_two_labels_are_two_choices(language, question):
    """Also labels with commas and with the word for "and" in them, in the order of the list."""
    asked = ask("select_multiple", question, language)
    for first, second in zip(asked.choices, asked.choices[1:], strict=False):
        for joint in (", ", "; ", "\n", " e ", " and "):
            assert read_answer(asked, second.label + joint + first.label) == f"{first.name} {second.name}"


def test_a_number_that_is_a_name_and_another_place_is_asked_about():
    """Codes 3, 2, 1: who types 1 may mean the first choice shown or the code, and cannot see the codes."""
    said = read_answer(ask("select_one", "reversed"), "1")
    assert said == Slip("A «1» corrispondono più risposte: Alto; Basso. Scriva per intero quella che intende.")


def test_a_number_in_the_labels_is_not_a_place():
    """On a scale from 0 to 10 the text 1 is the number, and 11 is nothing."""
    asked = ask("select_one", "scale")
    assert [read_answer(asked, str(n)) for n in range(11)] == [name for name, _ in LISTS["scale"]]
    assert isinstance(read_answer(asked, "11"), Slip)


def test_at_most_five_candidates_are_listed():
    """The sentence stays short, whatever the list."""
    said = read_answer(ask("select_one", "many"), "comune")
    assert isinstance(said, Slip)
    assert "Comune 05; …" in said.words
    assert "Comune 06" not in said.words


def test_a_short_list_is_told_in_full():
    """Up to five choices stand in the sentence."""
    said = read_answer(ask("select_one", "three"), "boh")
    assert said == Slip("«boh» non è tra le risposte possibili. Può scegliere tra: Norme; Personale; Risorse.")


def test_a_long_text_is_quoted_by_its_beginning():
    """What was written is repeated on one line, sixty characters of it."""
    said = read_answer(ask("select_one", "many", "en"), "no\n" + "x" * 100)
    assert isinstance(said, Slip)
    assert said.words.startswith("“no " + "x" * 56 + "…” is not among the choices.")

"""Who was asked, in words."""

from functools import cache
from pathlib import Path

import pytest

from admin_scripts.microdata.dictionary import Sources, dictionary_of
from admin_scripts.microdata.variables import Dictionary
from admin_scripts.relevance_words import words_of
from conversations.forms import load_form
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook

EXAMPLES = Path(__file__).parents[2] / "examples"
TEA = """
| survey   |
|          | type                   | name  | label::Italiano (it) | label::English (en) | calculation |
|          | select_one drinks      | drink | Beve?       | A drink?  | |
|          | select_multiple drinks | more  | E poi?      | Then?     | |
|          | integer                | cups  | Quante?     | How many? | |
|          | text                   | why   | **Perché?** | Why?      | |
|          | calculate | likes | | | if(${drink} = 'tea' or ${drink} = 'milk', 1, 0) |
|          | calculate | class | | | if(${cups} >= 9, 'many', if(${cups} >= 3, 'some', 'few')) |
|          | calculate              | sum   |             |           | ${cups} + 1 |
| choices  |
|          | list_name | name | label::Italiano (it) | label::English (en) |
|          | drinks    | tea  | Tè                   | Tea                 |
|          | drinks    | milk | Latte                | Milk                |
| settings |
|          | default_language |
|          | Italiano (it)    |
"""


@cache
def tea() -> Dictionary:
    """A small questionnaire's."""
    return dictionary_in(workbook(TEA))


def dictionary_in(content: bytes) -> Dictionary:
    form = load_form(read_xlsform(content).xform)
    return dictionary_of(Sources((form,), {form.hash: content}))[0]


@pytest.mark.parametrize(
    ("expression", "italian", "english"),
    [
        ("", "A tutti", "To everybody"),
        ("${drink} = 'tea'", "A chi ha risposto «Tè» a «Beve?»", "To those who answered “Tea” to “A drink?”"),
        (
            "${drink} != 'tea'",
            "A chi non ha risposto «Tè» a «Beve?»",
            "To those who did not answer “Tea” to “A drink?”",
        ),
        ("'tea' = ${drink}", "A chi ha risposto «Tè» a «Beve?»", "To those who answered “Tea” to “A drink?”"),
        (
            "${drink} = 'tea' or ${drink} = 'milk'",
            "A chi ha risposto «Tè» o «Latte» a «Beve?»",
            "To those who answered “Tea” or “Milk” to “A drink?”",
        ),
        (
            "selected(${more}, 'tea') or ${drink} = 'tea'",
            "A chi ha risposto «Tè» a «E poi?» o a «Beve?»",
            "To those who answered “Tea” to “Then?” or to “A drink?”",
        ),
        (
            "not(selected(${more}, 'tea') or selected(${more}, 'milk'))",
            "A chi non ha risposto «Tè» né «Latte» a «E poi?»",
            "To those who did not answer “Tea” or “Milk” to “Then?”",
        ),
        (
            "count-selected(${more}) >= 2",
            "A chi ha dato almeno 2 risposte a «E poi?»",
            "To those who gave at least 2 answers to “Then?”",
        ),
        (
            "count-selected(${more}) > 0 and not(selected(${more}, 'tea'))",
            "A chi ha risposto a «E poi?», ma non «Tè»",
            "To those who answered “Then?”, but not “Tea”",
        ),
        ("${cups} < 3", "A chi ha risposto meno di 3 a «Quante?»", "To those who answered less than 3 to “How many?”"),
        ("3 <= ${cups}", "A chi ha risposto almeno 3 a «Quante?»", "To those who answered at least 3 to “How many?”"),
        (
            "${cups} >= 3 and ${cups} <= 5",
            "A chi ha risposto da 3 a 5 a «Quante?»",
            "To those who answered 3 to 5 to “How many?”",
        ),
        ("${why} != ''", "A chi ha risposto a «Perché?»", "To those who answered “Why?”"),
        ("${why} = ''", "A chi non ha risposto a «Perché?»", "To those who did not answer “Why?”"),
        (
            "(${cups} > 3 and ${drink} = 'tea') or ${why} = ''",
            "A chi ha risposto più di 3 a «Quante?» e ha risposto «Tè» a «Beve?», oppure non ha risposto a «Perché?»",
            "",
        ),
        (
            "${likes} = 1",
            "A chi ha risposto «Tè» o «Latte» a «Beve?»",
            "To those who answered “Tea” or “Milk” to “A drink?”",
        ),
        (
            "${likes} = 0",
            "A chi non ha risposto «Tè» né «Latte» a «Beve?»",
            "To those who did not answer “Tea” or “Milk” to “A drink?”",
        ),
        (
            "${class} = 'some'",
            "A chi ha risposto meno di 9 a «Quante?» e ha risposto almeno 3 a «Quante?»",
            "To those who answered less than 9 to “How many?” and answered at least 3 to “How many?”",
        ),
        (
            "${sum} > 2 + ${cups}",
            "A chi soddisfa la condizione sum > (2 + «Quante?»)",
            "To those who meet the condition sum > (2 + “How many?”)",
        ),
        ("not(regex(${why}, '^a'))", "A chi non soddisfa la condizione regex(«Perché?», '^a')", ""),
        ("${drink} = ", "A chi soddisfa la condizione «Beve?» =", "To those who meet the condition “A drink?” ="),
    ],
)
def test_a_condition_is_said_in_words(expression: str, italian: str, english: str):
    """With the labels of questions and choices; what is not understood stays readable."""
    assert words_of(expression, tea(), "it") == italian
    assert words_of(expression, tea(), "en") == english or not english


@pytest.mark.parametrize("example", ["zone_omogenee_po.xlsx", "zone_omogenee_sindaci.xlsx"])
def test_every_condition_of_the_examples_is_said_without_expressions(example: str):
    """Nobody who reads a codebook has to know XPath."""
    dictionary = dictionary_in((EXAMPLES / example).read_bytes())
    said = {
        words_of(variable.relevant, dictionary, language)
        for variables in dictionary.tables.values()
        for variable in variables
        for language in ("it", "en")
    }

    assert not [words for words in said if "condi" in words or "$" in words or "'si'" in words]
    assert all(words.startswith(("A chi ", "A tutti", "To those who ", "To everybody")) for words in said)


def test_what_everybody_who_was_asked_has_said_is_not_repeated():
    """Who monitors services has already said that they take part and support the municipalities."""
    dictionary = dictionary_in((EXAMPLES / "zone_omogenee_po.xlsx").read_bytes())
    (report,) = [variable for variable in dictionary.tables[""] if variable.name == "report_frequenza"]

    assert words_of(report.relevant, dictionary, "it") == (
        "A chi ha risposto «Report periodico» a «Come viene monitorata l'erogazione di questi servizi?»"
    )

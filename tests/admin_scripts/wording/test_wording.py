"""What results say: figures as each language writes them, terms, and English where a language is not spoken."""

import ast
from datetime import date

import pytest

from admin_scripts.publication import Group, Hidden, Panel
from admin_scripts.wording import wording_for
from admin_scripts.wording.terms import base_words, group_words, hidden_words, reason, text_in
from tests.catalogues import RESULTS, ROOT

IT, EN = wording_for("it"), wording_for("en")
MARCH = date(2026, 3, 2), date(2026, 3, 15)
SAID = "{percent} answered “{answer}” ({base})"


def test_a_language_without_catalogue_reads_english():
    """The tag decides by its primary language; the questionnaire's texts are those of the tag itself."""
    assert wording_for("de").say("median") == "median"
    assert wording_for("it-CH").say("median") == "mediana"
    assert text_in({"en": "Yes", "de": "Ja"}, wording_for("de")) == "Ja"


@pytest.mark.parametrize(
    ("italian", "english", "shown"),
    [
        ("1.234", "1,234", lambda words: words.whole(1234)),
        ("3", "3", lambda words: words.whole(2.5)),
        ("−0,5", "−0.5", lambda words: words.decimal(-0.5, 1)),
        ("0", "0", lambda words: words.decimal(-0.04, 0)),
        ("2,5", "2.5", lambda words: words.figure(2.5)),
        ("52%", "52%", lambda words: words.percent(52.17, 69)),
        ("52,2%", "52.2%", lambda words: words.percent(52.17, 100)),
        ("44–60%", "44–60%", lambda words: words.interval(44.03, 60.45, 69)),
        ("±8,3", "±8.3", lambda words: words.margin(8.26)),
        ("+12", "+12", lambda words: words.signed(12.4)),
        ("−3", "−3", lambda words: words.signed(-3)),
        ("0", "0", lambda words: words.signed(0.2)),
        ("p = 0,031", "p = 0.031", lambda words: words.p_value(0.0312)),
        ("p < 0,001", "p < 0.001", lambda words: words.p_value(0.0002)),
        ("10 marzo 2026", "10 March 2026", lambda words: words.day(date(2026, 3, 10))),
        ("1º marzo 2026", "1 March 2026", lambda words: words.day(date(2026, 3, 1))),
        ("2–15 marzo 2026", "2–15 March 2026", lambda words: "–".join(words.span(*MARCH))),
    ],
)
def test_figures_are_written_as_the_language_does(italian, english, shown):
    """Decimals only from a base of 100 on, halves upwards, a real minus."""
    assert shown(IT) == italian
    assert shown(EN) == english


def test_a_text_of_the_questionnaire_falls_back_to_one_that_there_is():
    """The tag, its primary language, a near one, any; nothing only if there is nothing."""
    assert text_in({"en": "Yes", "it": "Sì"}, IT) == "Sì"
    assert text_in({"it-CH": "Sì"}, IT) == "Sì"
    assert text_in({"": "Sì"}, EN) == "Sì"
    assert text_in({}, EN) == ""


def test_terms_are_said_in_the_language():
    """What has no word is said as it is."""
    panel = Panel(Group((), {}), asked=36, answered=30, population=70, margin=13.6)
    assert base_words(IT, panel) == "n = 30 su 36 interpellati; margine di errore ±13,6 punti"
    assert group_words(IT, panel) == "Totale"
    assert reason(EN, "missing:prefer_not") == "preferred not to answer"
    assert reason(EN, "missing:other") == "other"
    assert hidden_words(IT, Hidden.FEW, 5) == "meno di 5"


@pytest.mark.parametrize(
    ("percent", "said"),
    [("7%", "il 7%"), ("8%", "l’8%"), ("80,5%", "l’80,5%"), ("11%", "l’11%"), ("1%", "l’1%"), ("110%", "il 110%")],
)
def test_italian_articles_are_joined_to_figures_that_begin_with_a_vowel(percent, said):
    """Eight, eleven, one percent; the author's own words are left as they are."""
    assert IT.say(SAID, percent=percent, answer="il 8", base="n").startswith(f"{said} ha risposto «il 8»")
    assert EN.say(SAID, percent=percent, answer="", base="n").startswith(percent)


def test_days_have_the_article_that_is_said():
    """From the eighth to the eleventh."""
    first, last = IT.span(date(2026, 3, 8), date(2026, 3, 11))
    assert IT.say("from {first} to {last}", first=first, last=last) == "dall’8 all’11 marzo 2026"
    assert IT.span(date(2026, 3, 30), date(2026, 4, 1)) == ("30 marzo", "1º aprile 2026")
    assert IT.span(date(2025, 12, 30), date(2026, 1, 2)) == ("30 dicembre 2025", "2 gennaio 2026")


def test_no_sentence_is_hidden_from_the_catalogue():
    """What is said inside an f-string is not found by the extractor, and would stay English."""
    rooms = [path for room in RESULTS.rooms for path in (ROOT / room).rglob("*.py")]
    inside = [
        f"{path.name}: {ast.unparse(call)}"
        for path in rooms
        for made in ast.walk(ast.parse(path.read_text()))
        if isinstance(made, ast.JoinedStr)
        for call in ast.walk(made)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "count")
    ]
    assert inside == []

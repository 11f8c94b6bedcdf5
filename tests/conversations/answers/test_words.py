"""What people are told and shown: slips and values, in Italian and in English."""
# ruff: noqa: E501 - tables of sentences

import pytest

from conversations.answers import READERS, Slip, read_answer, show_answer
from conversations.answers.cleaning import LONGEST
from tests.conversations.answers.questions import ask

SLIPS = [
    ("text", "numbers", "a", "Scriva soltanto cifre, per esempio 0123.", "Please write digits only, for example 0123."),
    ("integer", "", "dodici", "Scriva un numero intero in cifre, per esempio 12.", "Please write a whole number in digits, for example 12."),
    ("integer", "", "9" * 10, "Il numero è troppo lungo: al massimo 9 cifre, per favore.", "That number is too long: at most 9 digits, please."),
    ("decimal", "", "due", "Scriva un numero in cifre, per esempio 2,5.", "Please write a number in digits, for example 2.5."),
    ("decimal", "", "9" * 16, "Il numero è troppo lungo: al massimo 15 cifre, per favore.", "That number is too long: at most 15 digits, please."),
    ("range", "0 to 10", "11", "Scriva un numero intero da 0 a 10.", "Please write a whole number from 0 to 10."),
    ("range", "0 to 1 by 0.25", "2", "Scriva un numero da 0 a 1, a intervalli di 0,25.", "Please write a number from 0 to 1, in steps of 0.25."),
    ("date", "", "boh", "Scriva una data, per esempio 31/12/2026 oppure 31 dicembre 2026.", "Please write a date, for example 31/12/2026 or 31 December 2026."),
    ("date", "", "31/2/2026", "Questo giorno non esiste nel calendario. Scriva una data, per esempio 31/12/2026 oppure 31 dicembre 2026.", "That day is not in the calendar. Please write a date, for example 31/12/2026 or 31 December 2026."),
    ("date", "month-year", "boh", "Scriva un mese e un anno, per esempio dicembre 2026.", "Please write a month and a year, for example December 2026."),
    ("date", "year", "boh", "Scriva un anno, per esempio 2026.", "Please write a year, for example 2026."),
    ("time", "", "boh", "Scriva un'ora, per esempio 9:30.", "Please write a time, for example 9:30."),
    ("dateTime", "", "oggi", "Scriva una data e un'ora, per esempio 31/12/2026 9:30.", "Please write a date and a time, for example 31/12/2026 9:30."),
    ("acknowledge", "", "no", "Dopo aver letto, scriva OK.", "Please write OK when you have read this."),
    ("select_multiple", "three", ",", "Scriva una o più risposte, separate da virgole.", "Please write one choice or more, with commas between them."),
    ("rank", "three", "1 2", "Metta in ordine tutte le voci. Mancano ancora: Risorse.", "Please put all the choices in order; still missing: Risorse."),
    ("rank", "three", "1 1 2 3", "Ogni voce va indicata una volta sola. Indicate più volte: Norme.", "Each choice has one place only; named more than once: Norme."),
]  # fmt: skip

SHOWN = [
    ("text", "", "  a\n b ", "  a\n b ", "  a\n b "),
    ("integer", "", "1234567", "1234567", "1234567"),
    ("integer", "thousands-sep", "1234567", "1.234.567", "1,234,567"),
    ("integer", "thousands-sep", "-1234", "-1.234", "-1,234"),
    ("decimal", "", "1200.5", "1200,5", "1200.5"),
    ("decimal", "thousands-sep", "1200.5", "1.200,5", "1,200.5"),
    ("decimal", "", "NaN", "NaN", "NaN"),
    ("range", "", "0.25", "0,25", "0.25"),
    ("date", "", "2026-03-10", "10 marzo 2026", "10 March 2026"),
    ("date", "month-year", "2026-03-01", "marzo 2026", "March 2026"),
    ("date", "year", "2026-01-01", "2026", "2026"),
    ("date", "", "2026-03-10T09:30:00.000+01:00", "10 marzo 2026", "10 March 2026"),
    ("date", "", "presto", "presto", "presto"),
    ("time", "", "09:30:00.000+01:00", "9:30", "9:30"),
    ("time", "", "21:05:09.000", "21:05:09", "21:05:09"),
    ("time", "", "presto", "presto", "presto"),
    ("dateTime", "", "2026-03-10T09:30:00.000+01:00", "10 marzo 2026, 9:30", "10 March 2026, 9:30"),
    ("dateTime", "", "presto", "presto", "presto"),
    ("acknowledge", "", "OK", "OK", "OK"),
    ("select_one", "si_no", "si", "Sì", "Yes"),
    ("select_one", "si_no", "gone", "gone", "gone"),
    ("select_multiple", "servizi", "pareri altro", "Pareri e assistenza tecnica, Altro", "Opinions and technical assistance, Other"),
    ("select_multiple", "servizi", "dati altro gone", "Dati, cartografia e sistemi informativi; Altro; gone", "Data, maps and information systems; Other; gone"),
    ("rank", "three", "risorse norme", "1. Risorse, 2. Norme", "1. Risorse, 2. Norme"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "question", "said", "italian", "english"), SLIPS)
def test_a_slip_says_what_is_right(kind, question, said, italian, english):
    """In the respondent's language, with an example or the bounds."""
    assert read_answer(ask(kind, question, "it"), said) == Slip(italian)
    assert read_answer(ask(kind, question, "en"), said) == Slip(english)


@pytest.mark.parametrize(("kind", "question", "value", "italian", "english"), SHOWN)
def test_a_value_is_shown_as_people_read_it(kind, question, value, italian, english):
    """In the respondent's language; what cannot be shown better is shown as it is stored."""
    assert show_answer(ask(kind, question, "it"), value) == italian
    assert show_answer(ask(kind, question, "en"), value) == english


@pytest.mark.parametrize("kind", list(READERS))
def test_nothing_is_no_answer(kind):
    """Spaces and invisible characters are refused, and an absent value shows nothing."""
    for said in ("", " \n\t", "\u200b\u2060", "\x00\x07", "\u3164\u2800"):
        assert read_answer(ask(kind, "three"), said) == Slip("Scriva la sua risposta, per favore.")
    assert show_answer(ask(kind, "three"), "") == ""


def test_a_text_may_be_4096_characters_long():
    """As long as a message; spaces around do not count."""
    asked = ask("text")
    assert read_answer(asked, "  " + "x" * LONGEST + "\n") == "x" * LONGEST
    too_long = Slip("Il testo è troppo lungo: al massimo 4096 caratteri, per favore.")
    assert read_answer(asked, "x" * LONGEST + "y") == too_long


def test_control_characters_are_dropped_and_lines_kept():
    """What XML cannot hold never reaches a response; every line end is a newline, a tab a space."""
    assert read_answer(ask("text"), "a\x00b\r\nc\rd\te\ud800\uffff\x85f") == "ab\nc\nd ef"

"""P51: open answers that may name somebody are kept back, however it is written; others are read."""

import csv
from pathlib import Path

import pytest

from admin_scripts.disclosure.gate import Wanted, publish
from admin_scripts.disclosure.naming import names_in
from admin_scripts.disclosure.quotes import may_name
from tests.admin_scripts.disclosure.datasets import dataset_of

STAFF = Path(__file__).parents[3] / "examples" / "staff.csv"
PEOPLE = (
    *("Anna Rossi", "Luisa Costa", "Piero D'Amico", "Angela Dell'Acqua", "Niccolò Müller", "Łukasz Nowak"),
    *("Gianni Villa", "Marta Chiesa", "Bruno Sindaco", "Andrea De Luca", "Franco Della Valle", "Ugo Conti"),
    "Massimo Milano",
    *("Chiara Monti", "Angelo Basso", "Zoë O'Brien", "NICOLO' PRATI", "Sara Modello", "PO001", "PO-17", "12", "20451"),
)  # fmt: skip
WORDINGS = ("La Città metropolitana di Milano la aiuta?", "Il Sindaco metropolitano?", "Scriva ad Anna Rossi")
NAMES = names_in(PEOPLE, WORDINGS)

NAMING = {
    "elisions": ("parlo dell'Anna", "l’Anna lo sa", "d'Amico", "dAmico", "D Amico", "il D`Amico", "O'Brien",
                 "obrien"),
    "accents": ("Niccolo\u0300 sa", "NICCOLÒ", "niccolo lo sa", "Niccolo' lo sa", "muller",
                "mueller", "Müller", "zoe", "lukasz", "nicolò"),
    "characters that are not seen": ("ad a\u200bnna", "R\u00adossi", "An\u2060na", "A\ufe0fnna", "Ｒossi",
                                     "An\u034fna"),
    "capitals or none": ("chiedere a rossi", "BRUNO lo fa", "anna", "luca"),
    "names that are words": ("Luisa Costa", "costa luisa", "il sig. Costa", "L. villa", "a Chiesa piace",
                                             "quelli della Valle", "Massimo Milano", "chiedi a Conti"),
    "titles": ("dott.ssa Verdini", "il prof. Ignoto", "Sig.ra Pina", "l'ing. Tizio"),
    "e-mail": ("nome (at) ente", "nome [at] ente.it", "nome at ente dot it", "nome chiocciola ente punto it", "x＠y.it",
               "mailto:x", "nome@ente"),
    "accounts and pages": ("t.me/pippo", "@pippo", "telegram: pippo", "pippo.it", "wa.me/39", "https://a.b", "www.a"),
    "codes": ("IT60X0542811101000000123456", "IT60 X054 2811 1010 0000 0123 456", "RSSMRA 80A01 F205X",
              "RSSMRA80A01F2LRX", "AB123CD"),
    "ids of the register": ("PO001", "po 001", "po-001", "(PO_17)", "il 20451", "matricola 12", "badge n. 3"),
    "numbers": ("(02) 7740 1234", "３３５１２３４５６７", "333.123.4567", "2019-2020-1234", "nato il 12/03/1980"),
}  # fmt: skip
READ = (
    "Servono più incontri", "Nel 2020 erano 36 su 69", "quanto costa il servizio", "Costa troppo", "la villa comunale",
    "la chiesa del paese", "Il sindaco non risponde", "Con il Sindaco Metropolitano", "I conti pubblici", "Sarà utile",
    "ne sarà contento", "sara' utile", "al massimo due", "Massimo due incontri", "la Città metropolitana di Milano",
    "indicazioni chiare e chiara", "anni 2019-2020", "2019/20", "fondi PNRR 2021-2026", "250.000 euro",
    "1.000.000 di euro", "un basso livello", "della valle del Lambro", "da 1 a 10", "12 incontri", "un amico",
    "l'acqua pubblica", "vera collaborazione", "legge 56/2014",
    "Reg. 2016/679", "D.Lgs. 267/2000", "un po' di più", "lun-ven 9-12",
    "comuni sotto i 5.000 abitanti", "il dott. comunale", "al12 come fare sono poco", "È ora.Il resto dopo",
)  # fmt: skip


@pytest.mark.parametrize("kind", NAMING)
def test_p51_whoever_is_named_is_found(kind):
    """In each of these spellings."""
    assert [text for text in NAMING[kind] if not may_name(text, NAMES)] == []


def test_p51_other_texts_are_read():
    """Words that are names, too; amounts, years and laws, which are nobody's number; words of the questionnaire."""
    assert [text for text in READ if may_name(text, NAMES)] == []


def test_p51_the_register_of_the_example_keeps_none_of_them_back():
    """Among its names are Sara, Vera, Viola and Massimo."""
    with STAFF.open() as file:
        people = [cell for row in csv.DictReader(file) for cell in (row["staff_id"], row["full_name"])]
    names = names_in(people)
    assert [text for text in READ if may_name(text, names)] == []
    assert all(may_name(f"forse {person}", names) for person in people)


def test_p51_a_long_text_takes_no_longer_than_it_is_long():
    """Whatever somebody has typed: nothing is tried again for each letter."""
    for piece in ("a ", "a1", "a-", "à", "a'", "sig. ", "x at ", "ab12", "12 ", "@ ", "matricola "):
        assert isinstance(may_name(piece * (30_000 // len(piece)), NAMES), bool)


def test_p51_the_questionnaires_own_words_are_known_to_the_gate():
    """Where it asks for the Area, whoever is called so keeps no text back that has the word."""
    rows = [{"why": f"The Area does it {n}"} for n in range(12)] + [{"why": "Ask Anna Area"}]
    (found, _) = publish(dataset_of(rows), Wanted(names=frozenset({"Anna Area"}))).quotes
    assert (len(found.texts), found.withheld) == (12, 1)

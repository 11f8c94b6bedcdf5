"""The phrases that conditions are put in, Italian and English. Both follow "to those who"."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language. `signs` by comparison; {values} and {questions} are joined and quoted, {number} is written out."""

    everybody: str
    nobody: str
    those_who: str
    quotes: tuple[str, str]
    said: str
    not_said: str
    answered: str
    not_answered: str
    answered_but: str
    number: str
    numbers: str
    between: str
    meets: str
    fails: str
    to: str
    words_and: str
    words_or: str
    words_nor: str
    longer_and: str
    longer_or: str
    signs: Mapping[str, str]
    choice: str
    choices: str


ITALIAN = Phrases(
    everybody="A tutti",
    nobody="A nessuno",
    those_who="A chi",
    quotes=("«", "»"),
    said="ha risposto {values} {questions}",
    not_said="non ha risposto {values} {questions}",
    answered="ha risposto a {question}",
    not_answered="non ha risposto a {question}",
    answered_but="ha risposto a {question}, ma non {values}",
    number="ha risposto {number} {questions}",
    numbers="ha dato {number} {choices} {questions}",
    between="ha risposto da {number} a {up_to} {questions}",
    meets="soddisfa la condizione {condition}",
    fails="non soddisfa la condizione {condition}",
    to="a",
    words_and="e",
    words_or="o",
    words_nor="né",
    longer_and=", e inoltre ",
    longer_or=", oppure ",
    signs={
        "=": "{n}",
        "!=": "un numero diverso da {n}",
        "<": "meno di {n}",
        "<=": "al massimo {n}",
        ">": "più di {n}",
        ">=": "almeno {n}",
    },
    choice="risposta",
    choices="risposte",
)
ENGLISH = Phrases(
    everybody="To everybody",
    nobody="To nobody",
    those_who="To those who",
    quotes=("“", "”"),
    said="answered {values} {questions}",
    not_said="did not answer {values} {questions}",
    answered="answered {question}",
    not_answered="did not answer {question}",
    answered_but="answered {question}, but not {values}",
    number="answered {number} {questions}",
    numbers="gave {number} {choices} {questions}",
    between="answered {number} to {up_to} {questions}",
    meets="meet the condition {condition}",
    fails="do not meet the condition {condition}",
    to="to",
    words_and="and",
    words_or="or",
    words_nor="or",
    longer_and=", and also ",
    longer_or=", or ",
    signs={
        "=": "{n}",
        "!=": "a number other than {n}",
        "<": "less than {n}",
        "<=": "at most {n}",
        ">": "more than {n}",
        ">=": "at least {n}",
    },
    choice="answer",
    choices="answers",
)


def phrases_in(language: str) -> Phrases:
    """Italian for its tags and its name, else English."""
    return ITALIAN if language.lower().startswith("it") else ENGLISH

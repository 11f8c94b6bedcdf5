"""Open answers that may be read: of enough people, in an order of their own, without those that may name somebody."""

import re
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

import numpy as np

from admin_scripts.disclosure.rules import Rules
from admin_scripts.microdata.dataset import Column, Dataset, Rows
from admin_scripts.microdata.variables import Disclosure
from admin_scripts.publication import Hidden, Quotes
from conversations.forms import ControlKind

SHORTEST_NAME = 3
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
TELLING = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"  # e-mail
    r"|\b(?:https?://|www\.)\S+"  # address of a page
    r"|\b[a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z]\b"  # tax code
    r"|(?:\+|\b)\d(?:[\s./-]?\d){5,}",  # telephone, or a number of somebody
    re.IGNORECASE,
)


def quotes_of(dataset: Dataset, rules: Rules, names: Collection[str]) -> Iterator[Quotes]:
    """One for each open question, in the order of the questionnaire. `names`: of the people of the register."""
    words = words_in(names)
    for table, variables in dataset.dictionary.tables.items():
        rows = dataset.tables[table]
        for variable in variables:
            if variable.kind == ControlKind.TEXT and variable.disclosure is not Disclosure.ID:
                yield _quotes(rows, rows.columns[variable.name], rules, words)


def _quotes(rows: Rows, column: Column, rules: Rules, words: Collection[str]) -> Quotes:
    variable, answered = column.variable, column.missing == 0
    people = len(np.unique(rows.response[answered]))
    about = variable.name, variable.wording, variable.section
    if people < rules.k_text:
        return Quotes(*about, people if people >= rules.k else 0, (), 0, Hidden.FEW)
    texts = [str(text).strip() for text in column.values[answered]]
    readable = sorted(text for text in texts if not may_name(text, words))
    return Quotes(*about, people, shuffled(readable, variable.name), len(texts) - len(readable))


def words_in(names: Collection[str]) -> frozenset[str]:
    """The words of names by which somebody could be meant."""
    return frozenset(word for name in names for word in _words(name) if len(word) >= SHORTEST_NAME)


def may_name(text: str, words: Collection[str]) -> bool:
    """Whether a text holds a word of a name, or an address, number or code of a person."""
    return TELLING.search(text) is not None or not set(_words(text)).isdisjoint(words)


def shuffled(texts: Sequence[str], variable: str) -> tuple[str, ...]:
    """In an order of this question alone, so that nobody can tell which texts of two questions belong together.

    It follows from the texts and not from the rows, so that no seed leads back to them.
    """
    return tuple(sorted(texts, key=lambda text: (sha256(f"{variable}:{text}".encode()).digest(), text)))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]

"""Open answers that may be read: of enough people, in an order of their own, without those that may name somebody."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np

from admin_scripts.disclosure.naming import Names, clean, names_in
from admin_scripts.disclosure.rules import Rules
from admin_scripts.disclosure.telling import tells_somebody
from admin_scripts.microdata.dataset import Column, Dataset, Rows
from admin_scripts.microdata.variables import Disclosure
from admin_scripts.publication import Hidden, Quotes
from conversations.forms import ControlKind


def quotes_of(dataset: Dataset, rules: Rules, names: Collection[str], hidden: Collection[str] = ()) -> Iterator[Quotes]:
    """One for each open question, in the order of the questionnaire. `names`: those of the register, and its ids.

    `hidden`: questions of which nothing is told, not even how many have answered.
    """
    known = names_in(names, _wordings(dataset))
    for table, variables in dataset.dictionary.tables.items():
        rows = dataset.tables[table]
        for variable in variables:
            if variable.kind == ControlKind.TEXT and variable.disclosure is not Disclosure.ID:
                quotes = _quotes(rows, rows.columns[variable.name], rules, known)
                yield _untold(quotes) if quotes.answered and variable.name in hidden else quotes


def _quotes(rows: Rows, column: Column, rules: Rules, names: Names) -> Quotes:
    variable, answered = column.variable, column.missing == 0
    people = len(np.unique(rows.response[answered]))
    about = variable.name, variable.wording, variable.section
    if people < rules.k_text:
        return Quotes(*about, people if people >= rules.k else 0, (), 0, Hidden.FEW)
    texts = [str(text).strip() for text in column.values[answered]]
    readable = sorted(text for text in texts if not may_name(text, names))
    return Quotes(*about, people, shuffled(readable, variable.name), len(texts) - len(readable))


def _untold(quotes: Quotes) -> Quotes:
    return replace(quotes, answered=0, texts=(), withheld=0, hidden=Hidden.COMPLEMENT)


def may_name(text: str, names: Names) -> bool:
    """Whether a text holds a word of a name, or an address, number or code of a person."""
    return tells_somebody(clean(text)) or names.are_in(text)


def _wordings(dataset: Dataset) -> Iterable[str]:
    """What the questionnaire itself says."""
    yield from (dataset.survey.title, dataset.survey.sender)
    for variables in dataset.dictionary.tables.values():
        for variable in variables:
            yield from variable.wording.values()
            for choice in variable.choices:
                yield from choice.labels.values()


def shuffled(texts: Sequence[str], variable: str) -> tuple[str, ...]:
    """In an order of this question alone, so that nobody can tell which texts of two questions belong together.

    It follows from the texts and not from the rows, so that no seed leads back to them.
    """
    return tuple(sorted(texts, key=lambda text: (sha256(f"{variable}:{text}".encode()).digest(), text)))

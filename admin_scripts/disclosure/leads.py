"""Which questions lead to which: what is hidden of the answers to one could be read off who was asked the next."""

from dataclasses import dataclass

import numpy as np

from admin_scripts.microdata.dataset import Column, Dataset
from admin_scripts.microdata.inherited import Names, closure, made_of
from admin_scripts.relevance_names import names_in
from admin_scripts.tabulation.kinds import rankings_among
from conversations.forms.as_authored import as_authored


@dataclass(frozen=True, slots=True)
class Leads:
    """By variable: all that a calculation is made of, and all that anything depends on, through others too.

    `filtered`: what decides which choices are offered, or how many rows there are.
    `opening`: a first question on which every other one depends and that all who are counted have answered alike:
    whether somebody takes part. Who says no is counted as a refusal, so this is no secret.
    """

    made_of: Names
    filtered: Names
    all: Names
    opening: frozenset[str]


def leading_to(dataset: Dataset) -> Leads:
    """How the questions of all versions depend on each other; a ranking stands for each of its questions."""
    sources, filtered = made_of(dataset.forms), _filtered(dataset)
    direct: dict[str, frozenset[str]] = {}
    for variables in dataset.dictionary.tables.values():
        for one in variables:
            others = sources.get(one.name, frozenset()) | filtered.get(one.name, frozenset())
            direct[one.name] = names_in(one.relevant) | others
        for name, ranking in rankings_among(variables).items():
            members = frozenset(one.name for one in ranking)
            direct[name] = frozenset().union(*(direct[one] for one in members)) - members
            direct |= {one: direct[one] | {name} for one in members}
    behind = closure(direct)
    return Leads(closure(sources), filtered, behind, _opening(dataset, behind))


def _filtered(dataset: Dataset) -> Names:
    """By variable, what its choices are filtered by, and what the rows of its repeat are counted by."""
    found: dict[str, frozenset[str]] = {}
    for form in dataset.forms:
        counts = {
            path: names_in(as_authored(node.repeat.count.text, form.nodes))
            for path, node in form.nodes.items()
            if node.repeat is not None and node.repeat.count is not None
        }
        for path, node in form.nodes.items():
            control = form.control_at.get(path)
            itemset = control.itemset if control is not None else None
            said = names_in(as_authored(itemset.nodes.text, form.nodes)) if itemset is not None else frozenset()
            rows = (names for around, names in counts.items() if path.startswith(f"{around}/"))
            found[node.name] = found.get(node.name, frozenset()).union(said, *rows) - {node.name}
    return found


def _opening(dataset: Dataset, leads: Names) -> frozenset[str]:
    names = {variable.name for variables in dataset.dictionary.tables.values() for variable in variables}
    after: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        for lead in leads[name] & names:
            after[lead].add(name)
    columns = dataset.tables[""].columns
    return frozenset(
        name
        for name, those in after.items()
        if not leads[name] and those and those | {name} >= names and _is_of_one_mind(columns.get(name))
    )


def _is_of_one_mind(column: Column | None) -> bool:
    values = np.asarray(column.values) if column is not None else np.empty(0)
    return column is not None and values.ndim == 1 and not column.missing.any() and len(np.unique(values)) == 1

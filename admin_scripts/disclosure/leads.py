"""Which questions lead to which: what is hidden of the answers to one could be read off who was asked the next."""

from dataclasses import dataclass

from admin_scripts.microdata.dataset import Dataset
from admin_scripts.microdata.inherited import Names, closure, made_of
from admin_scripts.relevance_names import names_in
from admin_scripts.tabulation.kinds import rankings_among


@dataclass(frozen=True, slots=True)
class Leads:
    """By variable: all that a calculation is made of, and all that anything depends on, through others too.

    `opening`: questions on which every other one depends, as whether somebody takes part. That is no secret: it is
    told by how many there are.
    """

    made_of: Names
    all: Names
    opening: frozenset[str]


def leading_to(dataset: Dataset) -> Leads:
    """How the questions of all versions depend on each other; a ranking stands for each of its questions."""
    sources = made_of(dataset.forms)
    direct: dict[str, frozenset[str]] = {}
    for variables in dataset.dictionary.tables.values():
        for one in variables:
            direct[one.name] = names_in(one.relevant) | sources.get(one.name, frozenset())
        for name, ranking in rankings_among(variables).items():
            members = frozenset(one.name for one in ranking)
            direct[name] = frozenset().union(*(direct[one] for one in members)) - members
            direct |= {one: direct[one] | {name} for one in members}
    behind = closure(direct)
    return Leads(closure(sources), behind, _opening(dataset, behind))


def _opening(dataset: Dataset, leads: Names) -> frozenset[str]:
    names = {variable.name for variables in dataset.dictionary.tables.values() for variable in variables}
    after: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        for lead in leads[name] & names:
            after[lead].add(name)
    return frozenset(name for name, those in after.items() if those and those | leads[name] | {name} >= names)

"""What calculations are made of, and what they may tell of a person: as much as the most telling of that."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from admin_scripts.microdata.variables import CALCULATION, Disclosure, Variable
from admin_scripts.relevance_names import names_in
from conversations.forms import FormDefinition
from conversations.forms.as_authored import as_authored

STRICTEST = (Disclosure.ID, Disclosure.FREETEXT, Disclosure.QUASI)
Names = Mapping[str, frozenset[str]]
Tables = Mapping[str, tuple[Variable, ...]]


def made_of(forms: Iterable[FormDefinition]) -> Names:
    """By calculation, the questions and calculations that it names, in any version."""
    found: dict[str, frozenset[str]] = {}
    for form in forms:
        for node in form.nodes.values():
            if node.bind.calculate is not None:
                said = names_in(as_authored(node.bind.calculate.text, form.nodes))
                found[node.name] = found.get(node.name, frozenset()) | said
    return found


def closure(names: Names) -> Names:
    """By name, all that is named through others, too."""
    return {name: _all_from(direct, names) for name, direct in names.items()}


def _all_from(direct: Iterable[str], names: Names) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(direct)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(names.get(name, ()))
    return frozenset(found)


def with_inherited(tables: Tables, sources: Names, said: Collection[str]) -> Tables:
    """The variables, calculations with the strictest word of what they are made of; `said`: the author said theirs."""
    words = {one.name: one.disclosure for variables in tables.values() for one in variables}
    behind = closure(sources)

    def inherited(one: Variable) -> Variable:
        if one.kind != CALCULATION or one.name in said:
            return one
        of_these = {words.get(name, Disclosure.NONE) for name in behind.get(one.name, ())} | {one.disclosure}
        return replace(one, disclosure=next((word for word in STRICTEST if word in of_these), Disclosure.NONE))

    return {table: tuple(map(inherited, variables)) for table, variables in tables.items()}

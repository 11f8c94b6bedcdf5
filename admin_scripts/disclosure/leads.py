"""Which questions lead to which: what is hidden of the answers to one could be read off who was asked the next."""

import re
from collections.abc import Iterable, Mapping

from admin_scripts.microdata.dataset import Dataset
from conversations.forms.as_authored import as_authored

NAME = re.compile(r"\$\{\s*([\w.-]+)\s*\}")


def leading_to(dataset: Dataset) -> Mapping[str, frozenset[str]]:
    """By question, every other on whose answers it depends whether it is asked, through calculations too."""
    direct: dict[str, set[str]] = {}
    for variables in dataset.dictionary.tables.values():
        for variable in variables:
            direct.setdefault(variable.name, set()).update(NAME.findall(variable.relevant))
    for form in dataset.forms:
        for node in form.nodes.values():
            if node.bind.calculate is not None:
                said = as_authored(node.bind.calculate.text, form.nodes)
                direct.setdefault(node.name, set()).update(NAME.findall(said))
    return {name: _all_from(names, direct) for name, names in direct.items()}


def _all_from(names: Iterable[str], direct: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(direct.get(name, ()))
    return frozenset(found)

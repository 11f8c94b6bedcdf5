"""What is stored and not told, not even to who gave it: masked answers, and whatever was worked out from them."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from conversations.forms import FormDefinition
from conversations.forms.dependencies import Property, is_below
from conversations.forms.last_saved import last_saved_of
from conversations.forms.xpath import CompiledExpression, references
from conversations.prompts.question import is_masked

_POSITION = re.compile(r"\[\d+\]")


def generic(ref: str) -> str:
    """The path of a ref: /data/rep[2]/question is one of the rows of /data/rep/question."""
    return _POSITION.sub("", ref)


def withheld_in(form: FormDefinition) -> frozenset[str]:
    """The generic paths of masked questions and of what follows from their answers, however far."""
    withheld = {path for path, control in form.control_at.items() if is_masked(control)}
    worked_out = list(_worked_out(form)) if withheld else []
    before = -1
    while len(withheld) > before:
        before = len(withheld)
        withheld |= {path for path, expression in worked_out if _reads(form, path, expression, withheld)}
    return frozenset(withheld)


def is_withheld(form: FormDefinition, withheld: Collection[str], ref: str) -> bool:
    """Whether a value at this ref is; also one of which only an older version knew whether it was masked."""
    path = generic(ref)
    return path in withheld or path not in form.nodes


def veiled(filled: Mapping[str, Any], withheld: Collection[str], veil: str) -> dict[str, object]:
    """A snapshot in which `veil` stands for each value that is withheld; nothing else is another than before."""
    values, known = filled.get("values", {}), filled.get("last_saved", ())
    return {
        **filled,
        "values": {ref: veil if generic(ref) in withheld else value for ref, value in values.items()},
        "last_saved": [[ref, veil if generic(ref) in withheld else value] for ref, value in known],
    }


def _worked_out(form: FormDefinition) -> Iterator[tuple[str, CompiledExpression]]:
    """Each path with an expression that gives it its value."""
    for rule in form.graph.rules:
        if rule.property is Property.CALCULATION:
            yield rule.path, rule.expression
    for action in form.actions:
        if action.value is not None:
            picked = references(action.selected.tree, action.source).paths if action.selected else ()
            for path in (action.target, *(one.path for one in picked)):
                yield path, action.value


def _reads(form: FormDefinition, path: str, expression: CompiledExpression, withheld: Collection[str]) -> bool:
    tops = [one.path.partition("/*")[0].rstrip("/") for one in references(expression.tree, path).paths]
    before = last_saved_of(form.last_saved.ids, [expression])
    return any(before.wants(one) or any(is_below(one, top) for top in tops) for one in withheld)

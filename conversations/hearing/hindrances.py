"""What keeps a response from going out, and the question at which it can be put right.

Whoever cannot answer something is never held up by it: what is not asked (notes, what may only be read, calculations)
need not be filled, and its constraint counts as far as the answer of some question leads to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from conversations.forms import FormDefinition
from conversations.forms.xpath import references
from conversations.stops import Stop
from conversations.walk import Walk

_POSITION = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What is not right (`ref`) and why, "required" or "constraint"; `stop` is where to go for it."""

    stop: Stop
    ref: str
    reason: str


def hindrance_of(walk: Walk) -> Hindrance | None:
    """The first that somebody can do something about: what is missing or wrong, else a stop that is still open."""
    for ref, reason in walk.filled.validate():
        stop = walk.route.at(ref) or (_feeder(walk, ref) if reason == "constraint" else None)
        if stop is not None:
            return Hindrance(stop, ref, reason)
    left_open = walk.next_open()
    return Hindrance(left_open, left_open.ref, "required") if left_open else None


def feeding(form: FormDefinition, path: str) -> Iterator[str]:
    """The paths that the constraint at `path` looks at, and those that they and its value follow from."""
    constraint = form.nodes[path].bind.constraint
    looked_at = [one.path for one in references(constraint.tree, path).paths] if constraint else []
    known = dict.fromkeys([*looked_at, path])
    waiting = list(known)
    for one in waiting:  # grows while it is gone through
        yield one
        new = [other for other in _filled_from(form, one) if other not in known]
        known.update(dict.fromkeys(new))
        waiting += new


def _filled_from(form: FormDefinition, path: str) -> Iterator[str]:
    """What the value at `path` follows from: its calculation, and the actions that set it."""
    node = form.nodes.get(path)
    if node is not None and node.bind.calculate:
        yield from (one.path for one in references(node.bind.calculate.tree, path).paths)
    for action in form.actions:
        if action.target == path:
            yield action.source
            yield from (one.path for one in references(action.value.tree, path).paths) if action.value else ()


def _feeder(walk: Walk, ref: str) -> Stop | None:
    """The question whose answer leads to what is at `ref`: the nearest in the graph, then in the rows."""
    for path in feeding(walk.form, _POSITION.sub("", ref)):
        stops = [stop for stop in walk.route.questions if stop.control.path == path]
        if stops:
            return max(stops, key=lambda stop: _steps_together(stop.ref, ref))
    return None


def _steps_together(one: str, other: str) -> int:
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one.split("/"), other.split("/"), strict=False))
    )

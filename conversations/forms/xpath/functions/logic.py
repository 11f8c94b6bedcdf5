"""Choices between values: if(), coalesce(), once(), depend(), checklists."""

from collections.abc import Callable, Sequence

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.functions.specification import ANY, Function
from conversations.forms.xpath.nodes import Node
from conversations.forms.xpath.values import Value, boolean_of, number_of, string_of

_Lazy = Callable[[Frame], Value]


def _if(frame: Frame, condition: _Lazy, then: _Lazy, otherwise: _Lazy) -> Value:
    return then(frame) if boolean_of(condition(frame)) else otherwise(frame)


def _coalesce(frame: Frame, *candidates: _Lazy) -> Value:
    for candidate in candidates:
        value = candidate(frame)
        if string_of(value) != "":
            return value
    return ""


def _once(frame: Frame, fresh: _Lazy) -> Value:
    """What the node holds already; only a blank node gets a new value."""
    kept = frame.node.string()
    return kept if kept != "" else fresh(frame)


def _depend(_frame: Frame, value: Value, *_read: Value) -> Value:
    """The first; the others are only read, so that a change of them works it out anew."""
    return value


def _checklist(frame: Frame, least: Value, most: Value, *items: Value) -> bool:
    return _within(frame, least, most, float(sum(_truths(items))))


def _weighted_checklist(frame: Frame, least: Value, most: Value, *items: Value) -> bool:
    """Pairs of a check and its weight; of nodes, each has its own weight, and one without a check fails."""
    total = 0.0
    for check, weight in zip(items[0::2], items[1::2], strict=True):
        checks, weights = _each(check), _each(weight)
        if len(checks) < len(weights):
            return False
        weighed = zip(checks, weights, strict=False)
        total += sum(number_of(heavy, frame.zone) for true, heavy in weighed if boolean_of(true))
    return _within(frame, least, most, total)


def _each(value: Value) -> list[Value]:
    if isinstance(value, list) and len(value) != 1:
        return [_alone(node) for node in value]
    return [value]


def _alone(node: Node) -> Value:
    return [node]


def _truths(items: Sequence[Value]) -> list[bool]:
    return [boolean_of(one) for item in items for one in _each(item)]


def _within(frame: Frame, least: Value, most: Value, count: float) -> bool:
    low, high = number_of(least, frame.zone), number_of(most, frame.zone)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


FUNCTIONS = {
    "checklist": Function(_checklist, 2, ANY),
    "coalesce": Function(_coalesce, 1, ANY, lazy=True),
    "depend": Function(_depend, 1, ANY),
    "if": Function(_if, 3, 3, lazy=True),
    "once": Function(_once, 1, 1, lazy=True),
    "weighted-checklist": Function(_weighted_checklist, 2, ANY, paired=True),
}

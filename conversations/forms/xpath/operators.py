"""The operators between values: equality, order and arithmetic."""

import operator
from collections.abc import Callable
from datetime import tzinfo
from math import copysign, fmod, inf, isinf, isnan, nan

from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.moments import Moment
from conversations.forms.xpath.nodes import Node
from conversations.forms.xpath.values import Value, boolean_of, comparable, number_of, string_of

Operator = Callable[[Value, Value, tzinfo], Value]
_Test = Callable[[float, float], bool]
_Sum = Callable[[float, float], float]


def is_equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`=`: of nodes, whether any of them is equal."""
    return _any_pair(left, right, zone, _same)


def is_unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """`!=`: of nodes, whether any of them differs; not the opposite of `=`."""
    return _any_pair(left, right, zone, _differs)


def _any_pair(left: Value, right: Value, zone: tzinfo, test: Callable[[Value, Value, tzinfo], bool]) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return test(boolean_of(left), boolean_of(right), zone)
    left, right = _alone(left), _alone(right)
    if not isinstance(left, list) and not isinstance(right, list):
        return test(left, right, zone)
    return any(test(mine, theirs, zone) for mine in _singles(left) for theirs in _singles(right))


def _alone(value: Value) -> Value:
    return value[0].string() if isinstance(value, list) and len(value) == 1 else value


def _singles(value: Value) -> list[Value]:
    return [_single(node) for node in value] if isinstance(value, list) else [value]


def _single(node: Node) -> Value:
    return node.string()


def _same(left: Value, right: Value, zone: tzinfo) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) and isinstance(right, bool):
        return left == right
    mine, theirs = _numbers(left, right, zone)
    return mine == theirs


def _differs(left: Value, right: Value, zone: tzinfo) -> bool:
    return not _same(left, right, zone)


def _numbers(left: Value, right: Value, zone: tzinfo) -> tuple[float, float]:
    if isinstance(left, Moment) or isinstance(right, Moment):
        return comparable(left, right, zone)
    return number_of(left, zone), number_of(right, zone)


def _ordering(test: _Test) -> Operator:
    def ordered(left: Value, right: Value, zone: tzinfo) -> bool:
        left, right = _alone(left), _alone(right)
        if not isinstance(left, list) and not isinstance(right, list):
            return test(*comparable(left, right, zone))
        return any(test(*comparable(mine, theirs, zone)) for mine in _singles(left) for theirs in _singles(right))

    return ordered


def _arithmetic(sum_of: _Sum) -> Operator:
    def computed(left: Value, right: Value, zone: tzinfo) -> float:
        return sum_of(*comparable(left, right, zone))

    return computed


def divide(left: float, right: float) -> float:
    """`div` as IEEE 754 says: by zero gives an infinity, 0 div 0 is NaN."""
    if right != 0:
        return left / right
    if left == 0 or isnan(left):
        return nan
    return copysign(inf, left) * copysign(1.0, right)


def remainder(left: float, right: float) -> float:
    """`mod`: the remainder with the sign of the dividend."""
    if right == 0 or isinf(left) or isnan(left) or isnan(right):
        return nan
    return fmod(left, right)


def union(left: Value, right: Value, _zone: tzinfo) -> Value:
    """`|`: the nodes of both in document order, each once."""
    if not isinstance(left, list) or not isinstance(right, list):
        raise XPathError(f"'|' joins nodes, and {string_of(left if isinstance(right, list) else right)!r} is none")
    return in_order([*left, *right])


def in_order(nodes: list[Node]) -> list[Node]:
    """The nodes in document order, each once."""
    unique = {(id(node.parent), node.name) if node.name[:1] in {"@", "#"} else id(node): node for node in nodes}
    return sorted(unique.values(), key=Node.order) if len(unique) > 1 else list(unique.values())


OPERATORS: dict[str, Operator] = {
    "=": is_equal,
    "!=": is_unequal,
    "<": _ordering(operator.lt),
    "<=": _ordering(operator.le),
    ">": _ordering(operator.gt),
    ">=": _ordering(operator.ge),
    "+": _arithmetic(operator.add),
    "-": _arithmetic(operator.sub),
    "*": _arithmetic(operator.mul),
    "div": _arithmetic(divide),
    "mod": _arithmetic(remainder),
    "|": union,
}

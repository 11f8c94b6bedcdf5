"""Finds the predicates `item[key = value]` that an index can answer."""

from dataclasses import dataclass

from conversations.forms.xpath.syntax import (
    Call,
    Chain,
    Expression,
    Filter,
    Negation,
    Number,
    Path,
    Step,
    Text,
    calls_in,
)

_ALWAYS_FREE = frozenset({"current", "instance"})
_FREE_WITHOUT_ARGUMENTS = frozenset({"false", "now", "pi", "today", "true"})
_PLACES = frozenset({"last", "position"})


@dataclass(frozen=True, slots=True)
class Lookup:
    """`[key = value]` with a value that is the same for every item, and the predicates that remain."""

    key: str
    value: Expression
    rest: tuple[Expression, ...]


def lookups_in(step: Step) -> tuple[Lookup, ...]:
    """The indexes that can answer the first predicate of `step`, or a part of it joined by `and`."""
    if step.axis != "child" or step.test.endswith(("*", ")")) or not step.predicates:
        return ()
    first, *further = step.predicates
    parts = _conjuncts(first)
    found = ((part, _key_and_value(part)) for part in parts)
    return tuple(Lookup(*pair, (*_others(part, parts), *further)) for part, pair in found if pair is not None)


def _others(part: Expression, parts: tuple[Expression, ...]) -> list[Expression]:
    """The conditions beside `part`, as conditions even where they are numbers."""
    return [Call("boolean", (other,), other.at) for other in parts if other is not part]


def _conjuncts(predicate: Expression) -> tuple[Expression, ...]:
    """The parts of `a and b`, unless one of them counts places, which the others would change."""
    if not isinstance(predicate, Chain) or predicate.operators[0] != "and":
        return (predicate,)
    if any(call.name in _PLACES for call in calls_in(predicate)):
        return (predicate,)
    return predicate.operands


def _key_and_value(tree: Expression) -> tuple[str, Expression] | None:
    if not isinstance(tree, Chain) or tree.operators != ("=",):
        return None
    left, right = tree.operands
    for key, value in ((_child_name(left), right), (_child_name(right), left)):
        if key and _is_free(value):
            return key, value
    return None


def _child_name(tree: Expression) -> str:
    if not isinstance(tree, Path) or tree.absolute or tree.start is not None or len(tree.steps) != 1:
        return ""
    step = tree.steps[0]
    is_plain = step.axis == "child" and not step.predicates and not step.test.endswith(("*", ")"))
    return step.test if is_plain else ""


def _is_free(tree: Expression) -> bool:
    """Whether the value is the same whatever node the predicate is tried on."""
    match tree:
        case Text() | Number():
            return True
        case Path():
            return tree.absolute or (tree.start is not None and _is_free(tree.start))
        case Filter():
            return _is_free(tree.subject)
        case Negation():
            return _is_free(tree.operand)
        case Chain():
            return all(_is_free(operand) for operand in tree.operands)
        case Call():
            return _is_free_call(tree)


def _is_free_call(call: Call) -> bool:
    if call.name in _ALWAYS_FREE:
        return True
    if not call.arguments:
        return call.name in _FREE_WITHOUT_ARGUMENTS
    return call.name != "once" and all(_is_free(argument) for argument in call.arguments)

"""Paths -> closures: steps, predicates, and the short cuts that make usual paths cheap."""

from collections.abc import Callable, Sequence

from conversations.forms.xpath.axes import walk_for
from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.lookups import Lookup, lookups_in
from conversations.forms.xpath.nodes import Node
from conversations.forms.xpath.operators import in_order
from conversations.forms.xpath.syntax import Call, Expression, Filter, Number, Path, Step
from conversations.forms.xpath.values import Value, boolean_of, string_of

Evaluator = Callable[[Frame], Value]
Compiler = Callable[[Expression], Evaluator]
_NodesOf = Callable[[Frame], list[Node]]
_StepWork = Callable[[list[Node], Frame], list[Node]]

_REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
_ORDERLY = frozenset({"child", "attribute", "self"})


def compile_path(path: Path, compiler: Compiler) -> Evaluator:
    """The closure of a path."""
    start = _start(path, compiler)
    secondary = isinstance(path.start, Call) and path.start.name == "instance"
    steps = [_step(step, compiler, secondary=secondary) for step in _joined(path.steps)]
    if len(steps) == 1:
        only = steps[0]
        return lambda frame: only(start(frame), frame)

    def evaluate(frame: Frame) -> Value:
        nodes = start(frame)
        for step in steps:
            nodes = step(nodes, frame)
        return nodes

    return evaluate


def compile_filter(tree: Filter, compiler: Compiler) -> Evaluator:
    """The closure of predicates on an expression that is no step."""
    subject = _nodes(compiler(tree.subject))
    predicates = [_predicate(predicate, compiler) for predicate in tree.predicates]

    def evaluate(frame: Frame) -> Value:
        nodes = subject(frame)
        for predicate in predicates:
            nodes = predicate(nodes, frame)
        return nodes

    return evaluate


def _start(path: Path, compiler: Compiler) -> _NodesOf:
    if path.absolute:
        return lambda frame: [frame.context.primary]
    if path.start is not None:
        return _nodes(compiler(path.start))
    return lambda frame: [frame.node]


def _nodes(evaluator: Evaluator) -> _NodesOf:
    def evaluate(frame: Frame) -> list[Node]:
        value = evaluator(frame)
        if not isinstance(value, list):
            raise XPathError(f"{string_of(value)!r} is no node and has nothing below it")
        return value

    return evaluate


def _joined(steps: Sequence[Step]) -> list[Step]:
    """`//name` as one step down instead of one to every node and one to its children."""
    joined: list[Step] = []
    for step in steps:
        deep = bool(joined) and joined[-1].axis == "descendant-or-self" and joined[-1].test == "node()"
        if deep and not joined[-1].predicates and step.axis == "child" and not step.predicates:
            joined[-1] = Step("descendant", step.test, (), step.at)
        else:
            joined.append(step)
    return joined


def _step(step: Step, compiler: Compiler, *, secondary: bool) -> _StepWork:
    plain = _plain_step(step, compiler)
    lookups = lookups_in(step) if secondary else ()
    return _indexed(step.test, lookups, plain, compiler) if lookups else plain


def _plain_step(step: Step, compiler: Compiler) -> _StepWork:
    walk = walk_for(step.axis, step.test)
    predicates = [_predicate(predicate, compiler) for predicate in step.predicates]
    is_orderly = step.axis in _ORDERLY
    is_reverse = step.axis in _REVERSE

    def work(nodes: list[Node], frame: Frame) -> list[Node]:
        if len(nodes) == 1 and is_orderly:
            return _kept(walk(nodes[0]), predicates, frame)
        found: list[Node] = []
        for node in nodes:
            met = walk(node)
            frame.context.effort.spend(len(met) + 1)
            found += _kept(met, predicates, frame)
        if len(nodes) == 1:
            return found[::-1] if is_reverse else found
        return found if is_orderly else in_order(found)

    return work


def _kept(nodes: list[Node], predicates: Sequence[_StepWork], frame: Frame) -> list[Node]:
    for predicate in predicates:
        nodes = predicate(nodes, frame)
    return nodes


def _predicate(tree: Expression, compiler: Compiler) -> _StepWork:
    if isinstance(tree, Number):
        return _at_place(tree.value)
    evaluator = compiler(tree)

    def work(nodes: list[Node], frame: Frame) -> list[Node]:
        size = len(nodes)
        frame.context.effort.spend(size)
        return [
            node
            for place, node in enumerate(nodes, start=1)
            if _holds(evaluator(Frame(frame.context, node, place, size)), place)
        ]

    return work


def _at_place(number: float) -> _StepWork:
    return lambda nodes, _frame: [nodes[int(number) - 1]] if number in range(1, len(nodes) + 1) else []


def _holds(value: Value, place: int) -> bool:
    if isinstance(value, float):
        return value == place
    return boolean_of(value)


def _indexed(name: str, lookups: Sequence[Lookup], plain: _StepWork, compiler: Compiler) -> _StepWork:
    """`item[key = value]` in a list that never changes: through the index that leaves the fewest."""
    searches = [
        (lookup.key, compiler(lookup.value), [_predicate(rest, compiler) for rest in lookup.rest]) for lookup in lookups
    ]

    def work(nodes: list[Node], frame: Frame) -> list[Node]:
        texts = [_text(value(frame)) for _, value, _ in searches]
        if len(nodes) != 1 or None in texts:
            return plain(nodes, frame)
        found = [
            (nodes[0].lookup(name, key).get(text or "", []), rest)
            for text, (key, _, rest) in zip(texts, searches, strict=True)
        ]
        fewest, rest = min(found, key=lambda pair: len(pair[0]))
        return _kept(fewest, rest, frame)

    return work


def _text(value: Value) -> str | None:
    """What is looked up, None for a value that is not compared as a text."""
    if isinstance(value, list) and len(value) == 1:
        return value[0].string()
    return value if isinstance(value, str) else None

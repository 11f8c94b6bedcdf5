"""Answers worth trying, as the questionnaire's own expressions say them: what they compare questions with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conversations.forms import FormDefinition
from conversations.forms.xpath import CompiledExpression, references
from conversations.forms.xpath.syntax import Call, Chain, Expression, Negation, Number, Text, parts_of

COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">="})
_OF_TEXTS = frozenset({"starts-with", "ends-with", "contains"})
_MOMENTS = frozenset({"date", "date-time", "decimal-date-time", "time"})
_ROUNDS = 4
"""How far a value is carried back through calculations of calculations."""


@dataclass(slots=True)
class Hints:
    """About one question; dicts stand for sets that keep their order.

    Values it is compared with, lengths of its text, numbers of its choices, patterns, questions it is compared with.
    """

    values: dict[str, None] = field(default_factory=dict)
    lengths: dict[int, None] = field(default_factory=dict)
    counts: dict[int, None] = field(default_factory=dict)
    patterns: dict[str, None] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)

    def add(self, more: "Hints") -> None:
        """Take over all that another says."""
        for mine, theirs in (
            (self.values, more.values),
            (self.lengths, more.lengths),
            (self.counts, more.counts),
            (self.patterns, more.patterns),
            (self.others, more.others),
        ):
            mine.update(theirs)  # type: ignore[arg-type]  # each with its own kind


ByPath = Mapping[str, Hints]


def hints_of(form: FormDefinition) -> ByPath:
    """Path -> what all expressions of the questionnaire say about it."""
    return _gathered(form, expressions_of(form))


def hints_towards(form: FormDefinition, path: str) -> ByPath:
    """Path -> what would make the question at `path` relevant, and the questions its condition looks at."""
    wanted: dict[str, None] = {path: None}
    conditions: list[tuple[str, CompiledExpression]] = []
    for _ in range(_ROUNDS):
        found = [one for name in wanted for one in _conditions(form, name) if one not in conditions]
        conditions += found
        wanted = {read: None for context, expression in found for read in read_by(expression, context)}
    return _gathered(form, iter(conditions))


def read_by(expression: CompiledExpression, context: str) -> list[str]:
    """The paths whose values an expression reads."""
    return [one.path for one in references(expression.tree, context).paths if not one.structural]


def expressions_of(form: FormDefinition) -> Iterator[tuple[str, CompiledExpression]]:
    """Every expression that answers can meet, with the path it stands at."""
    for path, node in form.nodes.items():
        bind = node.bind
        count = node.repeat.count if node.repeat is not None else None
        for expression in (bind.relevant, bind.required, bind.readonly, bind.calculate, bind.constraint, count):
            if expression is not None:
                yield path, expression
    yield from ((path, one.itemset.nodes) for path, one in form.control_at.items() if one.itemset is not None)
    yield from ((action.target, action.value) for action in form.actions if action.value is not None)


def driving_rows(form: FormDefinition) -> frozenset[str]:
    """The questions that say how many rows a repeat has."""
    found: dict[str, None] = {}
    for path, node in form.nodes.items():
        if node.repeat is not None and node.repeat.count is not None:
            found.update(dict.fromkeys(read_by(node.repeat.count, path)))
    for _ in range(_ROUNDS):
        for path in list(found):
            calculate = form.nodes[path].bind.calculate if path in form.nodes else None
            found.update(dict.fromkeys(read_by(calculate, path) if calculate else ()))
    return frozenset(found)


def _conditions(form: FormDefinition, path: str) -> Iterator[tuple[str, CompiledExpression]]:
    """What decides whether a path counts: its calculation, its condition and those of the groups around it."""
    if path in form.nodes and form.nodes[path].bind.calculate:
        yield path, form.nodes[path].bind.calculate  # type: ignore[misc]  # just seen to be there
    while path:
        node = form.nodes.get(path)
        if node is not None and node.bind.relevant is not None:
            yield path, node.bind.relevant
        path = path.rpartition("/")[0]


def _gathered(form: FormDefinition, expressions: Iterator[tuple[str, CompiledExpression]]) -> ByPath:
    found: dict[str, Hints] = defaultdict(Hints)
    for context, expression in expressions:
        _collect(expression.tree, context, found)
    for _ in range(_ROUNDS):
        _carry_back(form, found)
    return found


def _carry_back(form: FormDefinition, found: dict[str, Hints]) -> None:
    """What a calculation is compared with matters to the questions that it is made from."""
    for path, hints in list(found.items()):
        calculate = form.nodes[path].bind.calculate if path in form.nodes else None
        for read in read_by(calculate, path) if calculate else ():
            if read != path:
                found[read].add(Hints(values=hints.values, others=hints.others))


def _collect(tree: Expression, context: str, found: dict[str, Hints]) -> None:
    if isinstance(tree, Chain) and COMPARING.issuperset(tree.operators):
        for left, right in zip(tree.operands, tree.operands[1:], strict=False):
            _compare(left, right, context, found)
            _compare(right, left, context, found)
    elif isinstance(tree, Call) and tree.arguments:
        _call(tree, context, found)
    for part in parts_of(tree):
        _collect(part, context, found)


def _compare(side: Expression, other: Expression, context: str, found: dict[str, Hints]) -> None:
    value = _literal(other)
    read = _paths(side, context)
    if value is None:
        beside = dict.fromkeys(_paths(other, context))
        for path in read:
            found[path].others.update({one: None for one in beside if one != path})
        return
    counted = {"string-length": "lengths", "count-selected": "counts"}.get(side.name if isinstance(side, Call) else "")
    for path in read:
        if counted and value.lstrip("-").isdecimal():
            getattr(found[path], counted)[int(value)] = None
        else:
            found[path].values[value] = None


def _call(call: Call, context: str, found: dict[str, Hints]) -> None:
    said = [argument.value for argument in call.arguments[1:] if isinstance(argument, Text)]
    for path in _paths(call.arguments[0], context):
        if call.name == "selected" or call.name in _OF_TEXTS:
            found[path].values.update(dict.fromkeys(said))
        elif call.name == "regex":
            found[path].patterns.update(dict.fromkeys(said))


def _paths(tree: Expression, context: str) -> list[str]:
    return [one.path for one in references(tree, context).paths if not one.structural]


def _literal(tree: Expression) -> str | None:
    match tree:
        case Text(value=value):
            return value
        case Number(value=value):
            return f"{value:.15g}"
        case Negation(operand=Number(value=value)):
            return f"{-value:.15g}"
        case Call(name=name, arguments=(Text(value=value), *_)) if name in _MOMENTS:
            return value
        case _:
            return None

"""What an expression reads, seen without evaluating it: the ground of the dependency graph."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import takewhile

from conversations.forms.xpath.functions import FUNCTIONS
from conversations.forms.xpath.syntax import Call, Chain, Expression, Filter, Path, Step, Text, calls_in, parts_of

_LANGUAGE = frozenset(name for name, function in FUNCTIONS.items() if function.language)
_STRUCTURAL = frozenset(name for name, function in FUNCTIONS.items() if function.structural)
_VOLATILE = frozenset(name for name, function in FUNCTIONS.items() if function.volatile)
_OF_THE_NODE = frozenset({"normalize-space", "number", "string", "string-length"})
_SIBLING_AXES = frozenset({"following-sibling", "preceding-sibling"})
_UP = frozenset({"ancestor", "ancestor-or-self"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A generic path that is read; it ends in "/*" for any child and in "//*" for anything below.

    `structural`: only which nodes there are is read, not their values.
    `other_rows`: rows of a repeat other than the reader's own may be read.
    """

    path: str
    structural: bool = False
    other_rows: bool = False


@dataclass(frozen=True, slots=True)
class References:
    """All that an expression reads. `instances` contains "*" when an id is computed."""

    paths: tuple[Reference, ...]
    instances: frozenset[str]
    functions: frozenset[str]
    volatile: bool
    language: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a walk has come to: names from the root, and how many of them surely are the reader's own nodes."""

    names: tuple[str, ...]
    own: int
    filtered: bool = False

    @property
    def path(self) -> str:
        if "*" not in self.names[:-1] and "" not in self.names:
            return "/" + "/".join(self.names)
        known = [*takewhile(lambda name: name not in {"", "*"}, self.names)]
        return "".join(f"/{name}" for name in known) + "//*"


def references(tree: Expression, context_path: str, repeats: Collection[str] = ()) -> References:
    """What `tree` reads when it is bound to the generic path `context_path`.

    With the generic paths of the `repeats`, `other_rows` is exact; without them it is set whenever
    a path goes up and comes down again through the reader's own branch, or starts at the root.
    """
    names = tuple(name for name in context_path.split("/") if name)
    walk = _Walk(_Place(names, len(names)), frozenset(repeats))
    walk.read(tree, walk.context, structural=False)
    functions = frozenset(call.name for call in calls_in(tree))
    return References(
        paths=tuple(walk.found),
        instances=frozenset(_instance_ids(tree)),
        functions=functions,
        volatile=not functions.isdisjoint(_VOLATILE) or _is_unseeded(tree),
        language=not functions.isdisjoint(_LANGUAGE),
    )


class _Walk:
    """Goes through an expression with the place that relative paths start from; None is a secondary instance."""

    def __init__(self, context: _Place, repeats: frozenset[str]) -> None:
        self.context = context
        self.found: dict[Reference, None] = {}
        self._repeats = repeats

    def read(self, tree: Expression, place: _Place | None, *, structural: bool) -> None:
        """Note what `tree` reads when evaluated at `place`."""
        match tree:
            case Path() | Filter():
                self._note(self._follow(tree, place), structural=structural)
            case Call():
                self._call(tree, place)
            case Chain() if set(tree.operators) == {"|"}:
                for operand in tree.operands:
                    self.read(operand, place, structural=structural)
            case _:
                for part in parts_of(tree):
                    self.read(part, place, structural=False)

    def _call(self, call: Call, place: _Place | None) -> None:
        if call.name in {"current", "instance"}:
            self._note(self._follow(call, place), structural=False)
            return
        if call.name in _OF_THE_NODE and not call.arguments:
            self._note(place, structural=False)
        if call.name == "indexed-repeat":
            self._indexed_repeat(call, place)
            return
        for argument in call.arguments:
            self.read(argument, place, structural=call.name in _STRUCTURAL)

    def _indexed_repeat(self, call: Call, place: _Place | None) -> None:
        for number, argument in enumerate(call.arguments):
            if number == 0:
                target = self._follow(argument, place)
                self._note(None if target is None else replace(target, filtered=True), structural=False)
            else:
                self.read(argument, place, structural=number % 2 == 1)

    def _follow(self, tree: Expression, place: _Place | None) -> _Place | None:
        """The place that a node-set expression ends at; what its predicates read is noted on the way."""
        match tree:
            case Path():
                return self._follow_path(tree, place)
            case Filter():
                end = self._follow(tree.subject, place)
                self._predicates(tree.predicates, end)
                return end
            case Call(name="current"):
                return self.context
            case Call(name="instance"):
                for argument in tree.arguments:
                    self.read(argument, place, structural=False)
                return None
            case Call(name="randomize") if tree.arguments:
                for seed in tree.arguments[1:]:
                    self.read(seed, place, structural=False)
                return self._follow(tree.arguments[0], place)
            case _:
                self.read(tree, place, structural=False)
                return None

    def _follow_path(self, path: Path, place: _Place | None) -> _Place | None:
        if path.absolute:
            place = _Place((), 0)
        elif path.start is not None:
            place = self._follow(path.start, place)
        for step in path.steps:
            place = None if place is None else _stepped(place, step)
            self._predicates(step.predicates, place)
            if place is not None and step.predicates:
                place = replace(place, filtered=True)
        return place

    def _predicates(self, predicates: tuple[Expression, ...], place: _Place | None) -> None:
        inside = None if place is None else replace(place, filtered=True)
        for predicate in predicates:
            self.read(predicate, inside, structural=False)

    def _note(self, place: _Place | None, *, structural: bool) -> None:
        if place is not None and place.names:
            other_rows = self._reads_other_rows(place)
            self.found[Reference(place.path, structural=structural, other_rows=other_rows)] = None

    def _reads_other_rows(self, place: _Place) -> bool:
        if not self._repeats:
            return place.filtered or place.own < _shared(place.names, self.context.names)
        below = range(1 if place.filtered else place.own + 1, len(place.names) + 1)
        paths = {"/" + "/".join(place.names[:length]) for length in below}
        return "*" in place.names or not self._repeats.isdisjoint(paths)


def _shared(names: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How many names both begin with."""
    length = 0
    for mine, theirs in zip(names, others, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _stepped(place: _Place, step: Step) -> _Place:
    if step.axis in {"self", "attribute"} or step.test == "text()":
        return place
    if step.axis == "child":
        return replace(place, names=(*place.names, _test(step)))
    if step.axis.startswith("descendant"):
        return replace(place, names=(*place.names, "", "*"))
    return _stepped_up(place, step)


def _stepped_up(place: _Place, step: Step) -> _Place:
    names = place.names
    above = max(len(names) - 1, 0)
    if step.axis == "parent":
        return _Place(names[:-1], min(place.own, above), place.filtered)
    if step.axis in _SIBLING_AXES:
        return _Place((*names[:-1], _test(step)), min(place.own, above), filtered=True)
    if step.axis in _UP and step.test in names:
        length = len(names) - names[::-1].index(step.test)
        return _Place(names[:length], min(place.own, length), place.filtered)
    return _Place(("", "*"), 0)


def _test(step: Step) -> str:
    return "*" if step.test == "node()" else step.test


def _instance_ids(tree: Expression) -> list[str]:
    return [
        call.arguments[0].value if isinstance(call.arguments[0], Text) else "*"
        for call in calls_in(tree)
        if call.name in {"instance", "pulldata"} and call.arguments
    ]


def _is_unseeded(tree: Expression) -> bool:
    return any(call.name == "randomize" and len(call.arguments) == 1 for call in calls_in(tree))

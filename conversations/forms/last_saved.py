"""What a questionnaire wants to know of the same person's previous response: only this is looked up and kept."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from conversations.forms.xpath import CompiledExpression
from conversations.forms.xpath.syntax import Call, Expression, Path, Step, Text, parts_of

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class LastSaved:
    """`ids` of the instances that mean the previous response, and the generic `paths` read of it.

    `EVERYTHING` is among the paths when an expression may look anywhere.
    """

    ids: tuple[str, ...] = ()
    paths: frozenset[str] = frozenset()

    def wants(self, path: str) -> bool:
        """Whether the answer at a generic path is read."""
        return EVERYTHING in self.paths or any(path == one or path.startswith(one + "/") for one in self.paths)


def last_saved_of(ids: Collection[str], expressions: Iterable[CompiledExpression]) -> LastSaved:
    """What the expressions read of the instances `ids`."""
    if not ids:
        return LastSaved()
    return LastSaved(tuple(ids), frozenset(path for one in expressions for path in _reads(one.tree, ids)))


def _reads(tree: Expression, ids: Collection[str]) -> Iterator[str]:
    match tree:
        case Path(start=Call(name="instance", arguments=(Text(value=name),))):
            if name in ids:
                yield _path(tree.steps)
            inside = [predicate for step in tree.steps for predicate in step.predicates]
        case Call(name="instance", arguments=(argument,)):
            if not isinstance(argument, Text) or argument.value in ids:
                yield EVERYTHING
            inside = [argument]
        case _:
            inside = list(parts_of(tree))
    for part in inside:
        yield from _reads(part, ids)


def _path(steps: tuple[Step, ...]) -> str:
    plain = all(step.axis == "child" and not step.predicates and not step.test.endswith(("*", ")")) for step in steps)
    return "/" + "/".join(step.test for step in steps) if plain else EVERYTHING

"""The shapes of an expression once it is read; `at` is the 0-based character where each begins."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A literal in quotes."""

    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Number:
    """A literal number."""

    value: float
    at: int


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus before an operand."""

    operand: "Expression"
    at: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands joined by operators of one precedence, taken from the left: `a - b + c`.

    There is one operand more than there are operators; long chains are flat, so that depth stays bounded.
    """

    operators: tuple[str, ...]
    operands: tuple["Expression", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function called by its name."""

    name: str
    arguments: tuple["Expression", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. `test` is a name, "*", "node()", "text()", "comment()" or "processing-instruction()"."""

    axis: str
    test: str
    predicates: tuple["Expression", ...]
    at: int


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from a start: another expression, the document (`absolute`), or the context node (neither)."""

    start: "Expression | None"
    steps: tuple[Step, ...]
    absolute: bool
    at: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Predicates on something that is no step: `(//a)[1]`."""

    subject: "Expression"
    predicates: tuple["Expression", ...]
    at: int


Expression = Text | Number | Negation | Chain | Call | Path | Filter


def parts_of(tree: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside `tree`, predicates included."""
    match tree:
        case Negation():
            return (tree.operand,)
        case Chain():
            return tree.operands
        case Call():
            return tree.arguments
        case Filter():
            return (tree.subject, *tree.predicates)
        case Path():
            inside = tuple(predicate for step in tree.steps for predicate in step.predicates)
            return inside if tree.start is None else (tree.start, *inside)
        case _:
            return ()


def calls_in(tree: Expression) -> Iterator[Call]:
    """Every function call in `tree`, itself first."""
    if isinstance(tree, Call):
        yield tree
    for part in parts_of(tree):
        yield from calls_in(part)

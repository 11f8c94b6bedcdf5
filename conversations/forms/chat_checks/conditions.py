"""Conditions taken apart: which question is compared with what."""

from collections.abc import Iterator
from typing import NamedTuple

from conversations.forms.chat_checks.book import Question, Written
from conversations.forms.written import LAST_SAVED
from conversations.forms.xpath.syntax import Call, Chain, Expression, Negation, Number, Path, Text, parts_of

_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
COMPARING = frozenset(_TURNED)


class Comparison(NamedTuple):
    """`${name} sign value`, or `selected(${name}, value)` with the sign "selected"."""

    name: str
    sign: str
    value: str | float
    at: int

    def __str__(self) -> str:
        value = f"'{self.value}'" if isinstance(self.value, str) else f"{self.value:g}"
        if self.sign == "selected":
            return f"selected(${{{self.name}}}, {value})"
        own = f"${{{self.name}}}"
        return f"{own} {self.sign} {value}"

    @property
    def needs_an_answer(self) -> bool:
        """Whether it can only hold when the question has been answered."""
        return self.sign != "!=" and self.value != ""


def named_by(tree: Expression, question: Question | None) -> str:
    """The name that `${name}` was, or the question's own for a dot; "" for everything else."""
    match tree:
        case Path(start=None, steps=(step,), absolute=True) if step.axis == "child" and not step.predicates:
            return "" if step.test.startswith(LAST_SAVED) else step.test
        case Path(start=None, steps=(step,), absolute=False) if step.axis == "self" and not step.predicates:
            return question.name if question else ""
    return ""


def comparison_of(tree: Expression, question: Question | None) -> Comparison | None:
    """The comparison of one question with one literal that `tree` is."""
    match tree:
        case Chain(operators=(sign,), operands=(left, right)) if sign in COMPARING:
            if name := named_by(left, question):
                return _compared(name, sign, right, left)
            if name := named_by(right, question):
                return _compared(name, _TURNED[sign], left, right)
        case Call(name="selected", arguments=(left, right)) if name := named_by(left, question):
            return _compared(name, "selected", right, left)
    return None


def _compared(name: str, sign: str, literal: Expression, reference: Expression) -> Comparison | None:
    match literal:
        case Text():
            return Comparison(name, sign, literal.value, reference.at)
        case Number():
            return Comparison(name, sign, literal.value, reference.at)
        case Negation(operand=Number(value=value)):
            return Comparison(name, sign, -value, reference.at)
    return None


def comparisons_in(written: Written) -> Iterator[Comparison]:
    """Every comparison of a question with a literal, wherever it stands."""
    own = None if written.column == "choice_filter" else written.question
    yield from _within(written.tree, own)


def _within(tree: Expression, question: Question | None) -> Iterator[Comparison]:
    if found := comparison_of(tree, question):
        yield found
    inside_path = isinstance(tree, Path)  # a dot in a predicate is not the question
    for part in parts_of(tree):
        yield from _within(part, None if inside_path else question)


def conjuncts(tree: Expression) -> Iterator[Expression]:
    """The conditions that must all hold."""
    if isinstance(tree, Chain) and set(tree.operators) == {"and"}:
        for operand in tree.operands:
            yield from conjuncts(operand)
    else:
        yield tree


def mentions(tree: Expression) -> Iterator[str]:
    """The names of all questions in it."""
    if name := named_by(tree, None):
        yield name
    for part in parts_of(tree):
        yield from mentions(part)

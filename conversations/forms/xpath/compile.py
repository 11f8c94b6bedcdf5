"""Tree -> Python closures: an expression is compiled once and evaluated many times."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from conversations.forms.xpath.context import Context, Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions import FUNCTIONS, Function, wrong_arity
from conversations.forms.xpath.nodes import Node
from conversations.forms.xpath.operators import OPERATORS
from conversations.forms.xpath.parser import parse
from conversations.forms.xpath.paths import compile_filter, compile_path
from conversations.forms.xpath.syntax import Call, Chain, Expression, Filter, Negation, Number, Path, Text
from conversations.forms.xpath.values import Value, boolean_of, number_of, string_of

Evaluator = Callable[[Frame], Value]
_CACHED = 4096


class CompiledExpression:
    """An expression ready for evaluation. Every method raises `XPathError` and nothing else."""

    __slots__ = ("_evaluator", "text", "tree")

    def __init__(self, text: str) -> None:
        self.__setstate__((text, parse(text)))

    def __getstate__(self) -> tuple[str, Expression]:
        return self.text, self.tree

    def __setstate__(self, state: tuple[str, Expression]) -> None:
        self.text, self.tree = state
        self._evaluator: Evaluator | None = None

    def __repr__(self) -> str:
        return f"CompiledExpression({self.text!r})"

    def evaluate(self, context: Context) -> Value:
        """The value as the expression makes it. Of many expressions few are ever evaluated: closures wait for that."""
        if self._evaluator is None:
            self._evaluator = compile_tree(self.tree)
        try:
            return self._evaluator(Frame(context, context.node))
        except XPathError as error:
            raise error.located(self.tree.at) from error.__cause__

    def string(self, context: Context) -> str:
        """The value as text: what a calculation stores."""
        return string_of(self.evaluate(context))

    def number(self, context: Context) -> float:
        """The value as a number, NaN when it is none."""
        return number_of(self.evaluate(context), Frame(context, context.node).zone)

    def boolean(self, context: Context) -> bool:
        """The value as a condition."""
        return boolean_of(self.evaluate(context))

    def nodes(self, context: Context) -> list[Node]:
        """The nodes that the expression selects."""
        value = self.evaluate(context)
        if not isinstance(value, list):
            raise XPathError(f"{self.text!r} selects no nodes").located(self.tree.at)
        return value


@lru_cache(maxsize=_CACHED)
def compile_expression(text: str) -> CompiledExpression:
    """`text` as something to evaluate. Raises `XPathSyntaxError`; a faulty call fails when it is reached."""
    return CompiledExpression(text)


def compile_tree(tree: Expression) -> Evaluator:
    """The closure that evaluates `tree`."""
    match tree:
        case Text() | Number():
            return _constant(tree.value)
        case Negation():
            return _negation(compile_tree(tree.operand))
        case Chain():
            return _chain(tree)
        case Call():
            return _call(tree)
        case Path():
            return compile_path(tree, compile_tree)
        case Filter():
            return compile_filter(tree, compile_tree)


def _constant(value: Value) -> Evaluator:
    return lambda _frame: value


def _negation(operand: Evaluator) -> Evaluator:
    return lambda frame: -number_of(operand(frame), frame.zone)


def _chain(chain: Chain) -> Evaluator:
    operands = [compile_tree(operand) for operand in chain.operands]
    if chain.operators[0] == "or":
        return lambda frame: any(boolean_of(operand(frame)) for operand in operands)
    if chain.operators[0] == "and":
        return lambda frame: all(boolean_of(operand(frame)) for operand in operands)
    if len(operands) == 2:  # noqa: PLR2004 - the usual chain, without a loop
        return _pair(chain.operators[0], *operands)
    return _row(chain.operators, operands)


def _pair(name: str, left: Evaluator, right: Evaluator) -> Evaluator:
    compute = OPERATORS[name]
    return lambda frame: compute(left(frame), right(frame), frame.zone)


def _row(names: Sequence[str], operands: Sequence[Evaluator]) -> Evaluator:
    further = [(OPERATORS[name], operand) for name, operand in zip(names, operands[1:], strict=True)]

    def evaluate(frame: Frame) -> Value:
        value = operands[0](frame)
        for compute, operand in further:
            value = compute(value, operand(frame), frame.zone)
        return value

    return evaluate


def _call(call: Call) -> Evaluator:
    function = FUNCTIONS.get(call.name)
    if function is None:
        return _failing(f"there is no function {call.name}()", call.at)
    complaint = wrong_arity(call.name, function, len(call.arguments))
    if complaint:
        return _failing(complaint, call.at)
    if function.path_argument is not None:
        call = _with_path(call, function.path_argument)
    return _applied(function, [compile_tree(argument) for argument in call.arguments], call.at)


def _failing(complaint: str, at: int) -> Evaluator:
    def fail(_frame: Frame) -> Value:
        raise XPathError(complaint).located(at)

    return fail


def _with_path(call: Call, number: int) -> Call:
    """The call with the path that is quoted in one of its arguments read as a path."""
    quoted = call.arguments[number]
    if not isinstance(quoted, Text) or not quoted.value.strip():
        return call
    arguments = (*call.arguments[:number], parse(quoted.value), *call.arguments[number + 1 :])
    return Call(call.name, arguments, call.at)


def _applied(function: Function, arguments: Sequence[Evaluator], at: int) -> Evaluator:
    work, lazy = function.work, function.lazy
    only = arguments[0] if len(arguments) == 1 else None

    def apply(frame: Frame) -> Value:
        try:
            if lazy:
                return work(frame, *arguments)
            if only is not None:
                return work(frame, only(frame))
            return work(frame, *[argument(frame) for argument in arguments])
        except XPathError as error:
            raise error.located(at) from error.__cause__

    return apply

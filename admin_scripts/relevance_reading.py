"""An expression of a questionnaire -> conditions on what was answered, as far as they are understood."""

import operator
from collections.abc import Callable, Mapping

from admin_scripts.microdata.variables import Dictionary, Variable
from admin_scripts.relevance_conditions import (
    ALWAYS,
    NEVER,
    OPPOSITE,
    Answered,
    Compared,
    Condition,
    Other,
    Said,
    Together,
    both,
    either,
    opposite,
)
from conversations.forms.written import readable
from conversations.forms.xpath import parse
from conversations.forms.xpath.syntax import Call, Chain, Expression, Negation, Number, Path, Text

DEEPEST = 8
"""Calculations of calculations that are followed."""

TURNED = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
COMPARE: Mapping[str, Callable[[float | str, float | str], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class Reader:
    """Reads expressions of one questionnaire. Raises XPathSyntaxError for what is no expression."""

    def __init__(self, dictionary: Dictionary) -> None:
        everything = [variable for variables in dictionary.tables.values() for variable in variables]
        self.variables = {variable.path.rpartition("/")[2]: variable for variable in reversed(everything)}
        self.variables |= {variable.name: variable for variable in everything}
        self._depth = 0

    def condition(self, expression: str) -> Condition:
        """The whole of it; ALWAYS if it is blank."""
        return self._of(parse(readable(expression))) if expression.strip() else ALWAYS

    def named(self, tree: Expression) -> Variable | None:
        """The question that a path points at."""
        if not isinstance(tree, Path) or tree.start is not None or not tree.steps:
            return None
        return self.variables.get(tree.steps[-1].test) if not any(step.predicates for step in tree.steps) else None

    def _of(self, tree: Expression) -> Condition:
        match tree:
            case Chain(operators=("and" | "or" as word, *_)):
                return Together(word == "and", tuple(map(self._of, tree.operands)))
            case Chain(operators=(sign,), operands=(left, right)) if sign in OPPOSITE:
                return self._compared(sign, left, right, tree)
            case Call():
                return self._called(tree)
            case Path() if found := self.named(tree):
                return Answered(found.name)
        return Other(tree)

    def _called(self, tree: Call) -> Condition:
        match tree:
            case Call(name="not", arguments=(inside,)):
                return opposite(self._of(inside))
            case Call(name="selected", arguments=(path, Text(value=value))) if found := self.named(path):
                return Said((found.name,), (value,))
            case Call(name="true" | "false", arguments=()):
                return ALWAYS if tree.name == "true" else NEVER
            case Call(name="if", arguments=(condition, yes, no)):
                first = self._of(condition)
                return either(both(first, self._of(yes)), both(opposite(first), self._of(no)))
        return Other(tree)

    def _compared(self, sign: str, left: Expression, right: Expression, tree: Expression) -> Condition:
        value, other = literal(right), literal(left)
        if value is None and other is not None:
            return self._compared(TURNED[sign], right, left, tree)
        if value is None:
            return Other(tree)
        if other is not None:
            return ALWAYS if agrees(sign, other, value) else NEVER
        match left:
            case Call(name="if", arguments=(condition, yes, no)):
                first = self._of(condition)
                yes_too = self._compared(sign, yes, right, tree)
                no_too = self._compared(sign, no, right, tree)
                return either(both(first, yes_too), both(opposite(first), no_too))
            case Call(name="count-selected" | "string-length", arguments=(path,)) if found := self.named(path):
                return _counted(found, sign, value, tree, is_length=left.name == "string-length")
        found = self.named(left)
        return self._asked(found, sign, value, tree) if found else Other(tree)

    def _asked(self, variable: Variable, sign: str, value: float | str, tree: Expression) -> Condition:
        """A question, or a calculation that is followed, beside a literal."""
        if variable.calculation:
            return self._followed(variable, sign, value, tree)
        if value == "" and sign in ("=", "!="):
            return Answered(variable.name, is_not=sign == "=")
        if variable.choices and sign not in ("=", "!="):
            names = [choice.name for choice in variable.choices if choice.missing is None]
            return Said((variable.name,), tuple(name for name in names if agrees(sign, _number(name), _number(value))))
        if sign in ("=", "!=") and (variable.choices or isinstance(value, str)):
            return Said((variable.name,), (_plain(value),), is_not=sign == "!=")
        number = _number(value)
        return Compared(variable.name, sign, number) if isinstance(number, float) else Other(tree)

    def _followed(self, variable: Variable, sign: str, value: float | str, tree: Expression) -> Condition:
        """What a calculation means where it chooses between literals; else it stays what it is called."""
        formula = parse(readable(variable.calculation))
        if self._depth >= DEEPEST or not _chooses(formula):
            return Other(tree)
        self._depth += 1
        right: Expression = Text(value, 0) if isinstance(value, str) else Number(value, 0)
        found = self._compared(sign, formula, right, tree)
        self._depth -= 1
        return found


def _chooses(tree: Expression) -> bool:
    """Whether it is an if() whose ends are literals."""
    if isinstance(tree, Call) and tree.name == "if" and tree.arguments[2:]:
        return all(_chooses(one) or literal(one) is not None for one in tree.arguments[1:])
    return False


def _counted(variable: Variable, sign: str, value: float | str, tree: Expression, *, is_length: bool) -> Condition:
    if (sign, value) in ((">", 0), (">=", 1), ("!=", 0)):
        return Answered(variable.name)
    if (sign, value) in (("=", 0), ("<", 1), ("<=", 0)):
        return Answered(variable.name, is_not=True)
    number = _number(value)
    return Other(tree) if is_length or isinstance(number, str) else Compared(variable.name, sign, number, of_count=True)


def literal(tree: Expression) -> float | str | None:
    """The number or text that is written there."""
    match tree:
        case Number(value=number):
            return number
        case Negation(operand=Number(value=number)):
            return -number
        case Text(value=text):
            return text
    return None


def agrees(sign: str, left: float | str, right: float | str) -> bool:
    """Whether the comparison holds; numbers as numbers."""
    if isinstance(left, str) != isinstance(right, str):
        left, right = _number(left), _number(right)
    if isinstance(left, str) != isinstance(right, str):
        return sign == "!="
    return COMPARE[sign](left, right)


def _number(value: float | str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def _plain(value: float | str) -> str:
    return f"{value:.15g}" if isinstance(value, float) else value

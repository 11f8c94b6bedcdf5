"""Tokens -> the tree of an expression, after the grammar of XPath 1.0."""

from conversations.forms.xpath.errors import XPathSyntaxError
from conversations.forms.xpath.lexer import Token, TokenKind, tokens_of
from conversations.forms.xpath.syntax import Call, Chain, Expression, Filter, Negation, Number, Path, Step, Text

MAX_NESTING = 60

_TIGHTEST_FIRST: tuple[frozenset[str], ...] = (
    frozenset({"*", "div", "mod"}),
    frozenset({"+", "-"}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"=", "!="}),
    frozenset({"and"}),
    frozenset({"or"}),
)
AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


def parse(text: str) -> Expression:
    """The tree of `text`. Raises `XPathSyntaxError` with the place of what cannot be read."""
    return _Parser(tokens_of(text)).whole()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._nesting = 0

    def whole(self) -> Expression:
        if self._at_end():
            raise XPathSyntaxError("the expression is empty", self._now.at)
        tree = self._expression()
        if not self._at_end():
            raise self._surprise()
        return tree

    def _at_end(self) -> bool:
        return self._now.kind is TokenKind.END

    @property
    def _now(self) -> Token:
        return self._tokens[self._next]

    def _take(self) -> Token:
        token = self._now
        self._next += 1
        return token

    def _at_mark(self, *marks: str) -> bool:
        return self._now.kind is TokenKind.MARK and self._now.text in marks

    def _at_operator(self, operator: str) -> bool:
        return self._now.kind is TokenKind.OPERATOR and self._now.text == operator

    def _expect(self, mark: str) -> None:
        if not self._at_mark(mark):
            raise self._surprise(f"{mark!r} is missing here")
        self._take()

    def _surprise(self, message: str = "") -> XPathSyntaxError:
        token = self._now
        if message:
            return XPathSyntaxError(message, token.at)
        if token.kind is TokenKind.END:
            return XPathSyntaxError("the expression ends too early", token.at)
        return XPathSyntaxError(f"{token.text!r} was not expected here", token.at)

    def _expression(self) -> Expression:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise self._surprise(f"the expression is nested more than {MAX_NESTING} deep")
        operands = [self._unary()]
        operators: list[str] = []
        while self._now.kind is TokenKind.OPERATOR:
            operators.append(self._take().text)
            operands.append(self._unary())
        self._nesting -= 1
        return _chained(operators, operands)

    def _unary(self) -> Expression:
        at = self._now.at
        signs = 0
        while self._at_operator("-"):
            self._take()
            signs += 1
        operand = self._union()
        if not signs:
            return operand
        negated = Negation(operand, at)
        return negated if signs % 2 else Negation(negated, at)

    def _union(self) -> Expression:
        operands = [self._path()]
        while self._at_operator("|"):
            self._take()
            operands.append(self._path())
        if len(operands) == 1:
            return operands[0]
        return Chain(("|",) * (len(operands) - 1), tuple(operands), operands[0].at)

    def _path(self) -> Expression:
        at = self._now.at
        start = self._primary()
        if start is None:
            return self._location(at)
        predicates = self._predicates()
        subject = Filter(start, predicates, at) if predicates else start
        steps = self._further_steps()
        return Path(subject, steps, absolute=False, at=at) if steps else subject

    def _primary(self) -> Expression | None:
        token = self._now
        if token.kind is TokenKind.TEXT:
            return Text(self._take().text, token.at)
        if token.kind is TokenKind.NUMBER:
            return Number(float(self._take().text), token.at)
        if token.kind is TokenKind.FUNCTION:
            return self._call()
        if self._at_mark("("):
            self._take()
            inside = self._expression()
            self._expect(")")
            return inside
        return None

    def _call(self) -> Call:
        token = self._take()
        self._expect("(")
        arguments: list[Expression] = []
        while not self._at_mark(")"):
            if arguments:
                self._expect(",")
            arguments.append(self._expression())
        self._expect(")")
        return Call(token.text, tuple(arguments), token.at)

    def _location(self, at: int) -> Path:
        if self._at_mark("//"):
            return Path(None, self._further_steps(), absolute=True, at=at)
        if not self._at_mark("/"):
            return Path(None, (self._step(), *self._further_steps()), absolute=False, at=at)
        self._take()
        steps = (self._step(), *self._further_steps()) if self._at_step() else ()
        return Path(None, steps, absolute=True, at=at)

    def _at_step(self) -> bool:
        return self._now.kind in {TokenKind.NAME, TokenKind.AXIS} or self._at_mark(".", "..", "@", "*")

    def _further_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self._at_mark("/", "//"):
            slash = self._take()
            if slash.text == "//":
                steps.append(Step("descendant-or-self", "node()", (), slash.at))
            steps.append(self._step())
        return tuple(steps)

    def _step(self) -> Step:
        token = self._now
        if self._at_mark(".", ".."):
            axis = "self" if self._take().text == "." else "parent"
            return Step(axis, "node()", self._predicates(), token.at)
        axis = self._axis()
        test = self._test()
        return Step(axis, test, self._predicates(), token.at)

    def _axis(self) -> str:
        if self._at_mark("@"):
            self._take()
            return "attribute"
        if self._now.kind is not TokenKind.AXIS:
            return "child"
        if self._now.text not in AXES:
            raise self._surprise(f"there is no axis {self._now.text!r}")
        return self._take().text

    def _test(self) -> str:
        if self._at_mark("*"):
            return self._take().text
        if self._now.kind is not TokenKind.NAME:
            raise self._surprise()
        name = self._take().text
        if name in _NODE_TYPES and self._at_mark("("):
            return self._node_type(name)
        return name.rpartition(":")[2]

    def _node_type(self, name: str) -> str:
        self._take()
        if name == "processing-instruction" and self._now.kind is TokenKind.TEXT:
            self._take()
        self._expect(")")
        return f"{name}()"

    def _predicates(self) -> tuple[Expression, ...]:
        predicates: list[Expression] = []
        while self._at_mark("["):
            self._take()
            predicates.append(self._expression())
            self._expect("]")
        return tuple(predicates)


def _chained(operators: list[str], operands: list[Expression]) -> Expression:
    """One flat row of operators and operands, bound level by level without recursion."""
    for level in _TIGHTEST_FIRST:
        operators, operands = _bound(level, operators, operands)
    return operands[0]


def _bound(
    level: frozenset[str], operators: list[str], operands: list[Expression]
) -> tuple[list[str], list[Expression]]:
    if level.isdisjoint(operators):
        return operators, operands
    rest: list[str] = []
    runs: list[tuple[list[str], list[Expression]]] = [([], [operands[0]])]
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator in level:
            runs[-1][0].append(operator)
            runs[-1][1].append(operand)
        else:
            rest.append(operator)
            runs.append(([], [operand]))
    return rest, [_run(*run) for run in runs]


def _run(operators: list[str], operands: list[Expression]) -> Expression:
    return Chain(tuple(operators), tuple(operands), operands[0].at) if operators else operands[0]

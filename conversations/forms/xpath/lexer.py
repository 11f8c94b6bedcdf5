"""Text -> tokens, with the rules that tell `*`, `div` and `or` the operators from names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from conversations.forms.xpath.errors import XPathSyntaxError

MAX_LENGTH = 50_000


class TokenKind(Enum):
    """What a token is."""

    TEXT = auto()
    NUMBER = auto()
    NAME = auto()
    AXIS = auto()
    FUNCTION = auto()
    OPERATOR = auto()
    MARK = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the expression. A TEXT comes without its quotes, an AXIS without its colons."""

    kind: TokenKind
    text: str
    at: int


_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<text>"[^"]*"|'[^']*')
    | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<axis>{_NAME})\s*::
    | (?P<name>{_NAME}(?::(?:{_NAME}|\*))?)
    | (?P<operator><=|>=|!=|[=<>+\-|])
    | (?P<mark>//|\.\.|[/.@,()\[\]*])
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"\s*")
_CALL = re.compile(r"\s*\(")
_OPERATOR_NAMES = frozenset({"and", "or", "div", "mod"})
_OPENING = frozenset({"(", "[", ",", "@", "/", "//"})
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})


def tokens_of(text: str) -> list[Token]:
    """The tokens of `text`, closed by END. Raises `XPathSyntaxError`."""
    if len(text) > MAX_LENGTH:
        raise XPathSyntaxError(f"the expression is longer than {MAX_LENGTH} characters", MAX_LENGTH)
    return [*_tokens(text)]


def _tokens(text: str) -> Iterator[Token]:
    end = len(text.rstrip())
    at = 0
    before: Token | None = None
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            at = _end_of_space(text, at)
            raise XPathSyntaxError(_complaint(text[at]), at)
        before = _token(text, match, before)
        yield before
        at = match.end()
    yield Token(TokenKind.END, "", end)


def _token(text: str, match: re.Match[str], before: Token | None) -> Token:
    group = str(match.lastgroup)
    found, at = match.group(group), match.start(group)
    if _is_operator(group, found, before):
        return Token(TokenKind.OPERATOR, found, at)
    if group == "text":
        return Token(TokenKind.TEXT, found[1:-1], at)
    if group == "name" and found not in _NODE_TYPES and _CALL.match(text, match.end()):
        return Token(TokenKind.FUNCTION, found, at)
    return Token(TokenKind[group.upper()], found, at)


def _is_operator(group: str, found: str, before: Token | None) -> bool:
    """XPath 1.0, 3.7: after an operand `*` multiplies and `and`, `or`, `div`, `mod` are operators."""
    if group == "operator":
        return True
    if found != "*" and found not in _OPERATOR_NAMES:
        return False
    if group == "text" or before is None:
        return False
    return before.kind not in {TokenKind.OPERATOR, TokenKind.AXIS} and before.text not in _OPENING


def _end_of_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


def _complaint(character: str) -> str:
    if character in "\"'":
        return "a text is opened and never closed"
    if character == "$":
        return "variables are not known here"
    return f"{character!r} means nothing here"

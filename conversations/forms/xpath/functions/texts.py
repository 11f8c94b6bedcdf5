"""Texts: parts of them, searches, replacements, patterns."""

from functools import lru_cache
from math import inf, isinf, isnan, prod

import regex

from conversations.forms.xpath.context import EFFORT, Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions.rounding import rounded
from conversations.forms.xpath.functions.specification import ANY, Function
from conversations.forms.xpath.values import Value, number_of, string_of, strings_of

PATTERN_SECONDS = 0.1
LONGEST = 1_000_000
"""Characters of a text that is put together; texts that double from question to question would fill the memory."""

_LONGEST_PATTERN = 1000
_MOST_REPETITIONS = 20_000
_COUNT = regex.compile(r"\{\s*(\d+)")
_COUNT_OF_GROUP = regex.compile(r"\)\s*\{\s*(\d+)")
_TRIES = 10
_SPACE = " \t\r\n"


def _concat(_frame: Frame, *values: Value) -> str:
    return _glued("", values)


def _join(_frame: Frame, glue: Value, *values: Value) -> str:
    return _glued(string_of(glue), values)


def _glued(glue: str, values: tuple[Value, ...]) -> str:
    texts = [text for value in values for text in strings_of(value)]
    if sum(map(len, texts)) + len(glue) * len(texts) > LONGEST:
        raise XPathError(f"a text of more than {LONGEST} characters is not put together")
    return glue.join(texts)


def _contains(_frame: Frame, text: Value, part: Value) -> bool:
    return string_of(part) in string_of(text)


def _starts_with(_frame: Frame, text: Value, part: Value) -> bool:
    return string_of(text).startswith(string_of(part))


def _ends_with(_frame: Frame, text: Value, part: Value) -> bool:
    return string_of(text).endswith(string_of(part))


def _substring_before(_frame: Frame, text: Value, part: Value) -> str:
    before, found, _ = string_of(text).partition(string_of(part) or _NOWHERE)
    return before if found else ""


def _substring_after(_frame: Frame, text: Value, part: Value) -> str:
    if string_of(part) == "":
        return string_of(text)
    return string_of(text).partition(string_of(part))[2]


_NOWHERE = "\0"


def _substring(frame: Frame, text: Value, start: Value, length: Value | None = None) -> str:
    """XPath 1.0: characters counted from 1, places rounded, infinities allowed."""
    first = _place(number_of(start, frame.zone))
    end = inf if length is None else first + _place(number_of(length, frame.zone))
    return "".join(letter for place, letter in enumerate(string_of(text), start=1) if first <= place < end)


def _place(number: float) -> float:
    return number if isinf(number) or isnan(number) else rounded(number, 0)


def _substr(frame: Frame, text: Value, start: Value, end: Value | None = None) -> str:
    """Characters counted from 0, `end` excluded; negative places count from the end."""
    whole = string_of(text)
    first = _index(number_of(start, frame.zone), whole)
    last = len(whole) if end is None else _index(number_of(end, frame.zone), whole)
    return whole[first:last]


def _index(number: float, text: str) -> int:
    if isnan(number):
        return 0
    place = number if isinf(number) else int(number)
    return int(min(max(place + len(text) if place < 0 else place, 0), len(text)))


def _string_length(frame: Frame, text: Value | None = None) -> float:
    return float(len(string_of([frame.node] if text is None else text)))


def _normalize_space(frame: Frame, text: Value | None = None) -> str:
    whole = string_of([frame.node] if text is None else text)
    return " ".join(part for part in regex.split(f"[{_SPACE}]+", whole) if part)


def _translate(_frame: Frame, text: Value, old: Value, new: Value) -> str:
    replacements = string_of(new)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(string_of(old)):
        table.setdefault(ord(letter), replacements[place] if place < len(replacements) else None)
    return string_of(text).translate(table)


def _regex(frame: Frame, text: Value, pattern: Value) -> bool:
    """Whether the whole text fits the pattern. One that takes too long does not fit: a constraint must not open.

    After some such, as in the rows of a repeat, no more are tried for this answer.
    """
    compiled = compiled_pattern(string_of(pattern))
    effort = frame.context.effort
    if effort.left <= 0:
        return False
    try:
        return compiled.fullmatch(string_of(text), timeout=PATTERN_SECONDS) is not None
    except TimeoutError:
        effort.left -= EFFORT // _TRIES
        return False


@lru_cache(maxsize=512)
def compiled_pattern(pattern: str) -> "regex.Pattern[str]":
    """The pattern, ready to use; raises XPathError where it is none, or one that would fill the memory."""
    if len(pattern) > _LONGEST_PATTERN:
        raise XPathError(f"a pattern of more than {_LONGEST_PATTERN} characters is not allowed")
    if _size(pattern) > _MOST_REPETITIONS:
        raise XPathError(f"{pattern!r} repeats too much to be read")
    try:
        return regex.compile(pattern)
    except (regex.error, ValueError, OverflowError, RecursionError) as error:
        raise XPathError(f"{pattern!r} is no regular expression: {error}") from error


def _size(pattern: str) -> int:
    """A bound on how often parts are written out while the pattern is compiled, which costs memory before any match."""
    counts = [int(count) for count in _COUNT.findall(pattern)]
    of_groups = [max(int(count), 1) for count in _COUNT_OF_GROUP.findall(pattern)]
    return sum(counts) * prod(of_groups)


FUNCTIONS = {
    "concat": Function(_concat, 0, ANY),
    "contains": Function(_contains, 2, 2),
    "ends-with": Function(_ends_with, 2, 2),
    "join": Function(_join, 1, ANY),
    "normalize-space": Function(_normalize_space, 0, 1),
    "regex": Function(_regex, 2, 2),
    "starts-with": Function(_starts_with, 2, 2),
    "string-length": Function(_string_length, 0, 1),
    "substr": Function(_substr, 2, 3),
    "substring": Function(_substring, 2, 3),
    "substring-after": Function(_substring_after, 2, 2),
    "substring-before": Function(_substring_before, 2, 2),
    "translate": Function(_translate, 3, 3),
}

"""Questions that nobody can ever be asked: what they need contradicts itself."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import islice

from conversations.forms.chat_checks.book import Book, Question, Remark, Written
from conversations.forms.chat_checks.conditions import Comparison, comparison_of, conjuncts
from conversations.forms.chat_checks.logic import conditions_of
from conversations.forms.xpath.syntax import Call, Chain, Expression, Number, Text, parts_of

_PARAMETER = re.compile(r"(\w+)\s*=\s*([^\s,;]+)")
_LOWER = (">", ">=")
_UPPER = ("<", "<=")

MOST_NEEDED = 40
"""Conditions of one question that are held against each other, so that long chains do not keep the author waiting."""


def unreachable(book: Book) -> Iterator[Remark]:
    """Rows whose relevance can never hold; of a group, the group only."""
    hopeless: set[Question] = set()
    for question in book.questions:
        why = "" if any(group in hopeless for group in question.groups) else _why_never(book, question)
        if why:
            hopeless.add(question)
            yield Remark(
                book.cell(question, "relevant"),
                f"'{question.name}' is never asked: {why}.{_inside(book, question)}",
                "Correct the relevant column, or take the question out if it is not wanted any more.",
            )


def _inside(book: Book, question: Question) -> str:
    is_group = question.kind in ("group", "repeat")
    inside = [one for one in book.asked() if question in one.groups] if is_group else []
    required = sum(one.is_required for one in inside)
    if not inside:
        return ""
    count = f"{len(inside)} question{'s' if len(inside) > 1 else ''}"
    return f" With it {count} in it" + (f", {required} of them required." if required else ".")


def _why_never(book: Book, question: Question) -> str:
    written = book.written_in(question, "relevant")
    if question.row.get("relevant").lower() in ("no", "false"):
        return f"its relevance is '{question.row.get('relevant')}'"
    if written is None:
        return ""
    if any(_is_false(condition) for condition in conjuncts(written.tree)):
        return "its relevance is always false"
    clash = _clash(book, islice(_needed(book, question), MOST_NEEDED))
    return f"it needs {clash[0]} and also {clash[1]}" if clash else ""


def _is_false(tree: Expression) -> bool:
    """Whether it is false whatever is answered, as far as can be seen at a glance."""
    match tree:
        case Call(name="false"):
            return True
        case Number(value=0):
            return True
        case Call(name="not", arguments=(Call(name="true"),)):
            return True
        case Chain(operators=("=",), operands=(Text() | Number() as left, Text() | Number() as right)):
            return left.value != right.value
        case Chain(operators=operators) if set(operators) == {"or"}:
            return all(map(_is_false, parts_of(tree)))
    return False


def _needed(book: Book, question: Question) -> Iterator[Comparison]:
    """What must hold for the question to be asked, and for those to be answered that it looks at; the nearest first."""
    seen, waiting = {question.name}, deque([question])
    while waiting:
        asked = waiting.popleft()
        for written, condition in conditions_of(book, asked):
            found = comparison_of(condition, written.question)
            if found is None:
                continue
            yield found
            other = book.named.get(found.name)
            if other and found.needs_an_answer and found.name not in seen and not other.repeats:
                seen.add(found.name)
                waiting.append(other)
                yield from _allowed(book, other)


def _allowed(book: Book, question: Question) -> Iterator[Comparison]:
    """What the constraint and the range let through."""
    written: Written | None = book.written_in(question, "constraint")
    if written:
        for condition in conjuncts(written.tree):
            found = comparison_of(condition, question)
            if found and found.name == question.name:
                yield found
    if question.kind == "range":
        limits = {"start": "1", "end": "10"} | dict(_PARAMETER.findall(question.row.get("parameters")))
        for parameter, sign in (("start", ">="), ("end", "<=")):
            bound = _number(limits[parameter])
            if bound is not None:
                yield Comparison(question.name, sign, bound, 0)


def _clash(book: Book, needed: Iterable[Comparison]) -> tuple[Comparison, Comparison] | None:
    earlier: dict[str, list[Comparison]] = defaultdict(list)
    for one in needed:
        question = book.named.get(one.name)
        if question is None or _holds_several(question):
            continue
        for other in earlier[one.name]:
            if _exclude(one, other, whole=question.kind == "integer"):
                return other, one
        earlier[one.name].append(one)
    return None


def _holds_several(question: Question) -> bool:
    return question.kind in ("select_multiple", "rank") or bool(question.repeats)


def _exclude(one: Comparison, other: Comparison, *, whole: bool) -> bool:
    if _is_equal(one) and _is_equal(other):
        return not _same(one.value, other.value)
    if _is_equal(other):
        one, other = other, one
    if _is_equal(one):
        return not _fits(one.value, other)
    if one.sign in _UPPER:
        one, other = other, one
    if one.sign in _LOWER and other.sign in _UPPER:
        return _are_apart(one, other, whole=whole)
    return False


def _is_equal(one: Comparison) -> bool:
    return one.sign in ("=", "selected")


def _same(value: str | float, other: str | float) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return value == other
    return _number(value) == _number(other)


def _fits(value: str | float, other: Comparison) -> bool:
    if other.sign == "!=":
        return not _same(value, other.value)
    number, bound = _number(value), _number(other.value)
    if number is None or bound is None:
        return True
    return {">": number > bound, ">=": number >= bound, "<": number < bound, "<=": number <= bound}[other.sign]


def _are_apart(lower: Comparison, upper: Comparison, *, whole: bool) -> bool:
    low, high = _number(lower.value), _number(upper.value)
    if low is None or high is None:
        return False
    if whole:
        low, high = low + (lower.sign == ">"), high - (upper.sign == "<")
        return low > high
    return low > high or (low == high and (lower.sign == ">" or upper.sign == "<"))


def _number(value: str | float) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None

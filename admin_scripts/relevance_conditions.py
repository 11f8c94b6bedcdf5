"""Conditions on what was answered, and what follows from joining them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from conversations.forms.xpath.syntax import Expression

OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True, slots=True)
class Said:
    """One of these values was answered to one of these questions; with `is_not` none of them to any."""

    questions: tuple[str, ...]
    values: tuple[str, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The question has an answer, or none; `but` are values that it is not."""

    question: str
    is_not: bool = False
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer, or with `of_count` the number of choices, beside a number. `up_to` of a range, both ends in it."""

    question: str
    sign: str
    number: float
    of_count: bool = False
    up_to: float | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """All of them (`is_all`), or any. None at all is always true, or never."""

    is_all: bool
    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """What is not understood here."""

    tree: Expression
    is_not: bool = False


Condition = Said | Answered | Compared | Together | Other
ALWAYS, NEVER = Together(is_all=True), Together(is_all=False)


def questions_in(condition: Condition) -> frozenset[str]:
    """The names of the questions it is about."""
    match condition:
        case Said():
            return frozenset(condition.questions)
        case Answered() | Compared():
            return frozenset({condition.question})
        case Together():
            return frozenset().union(*map(questions_in, condition.parts))
        case _:
            return frozenset()


def opposite(condition: Condition) -> Condition:
    """What holds where it does not."""
    match condition:
        case Compared():
            return replace(condition, sign=OPPOSITE[condition.sign])
        case Together():
            return Together(not condition.is_all, tuple(map(opposite, condition.parts)))
        case _:
            return replace(condition, is_not=not condition.is_not)


def both(first: Condition, second: Condition) -> Condition:
    """Both hold."""
    if NEVER in (first, second):
        return NEVER
    return second if first == ALWAYS else first if second == ALWAYS else Together(is_all=True, parts=(first, second))


def either(first: Condition, second: Condition) -> Condition:
    """One of them holds."""
    if ALWAYS in (first, second):
        return ALWAYS
    return second if first == NEVER else first if second == NEVER else Together(is_all=False, parts=(first, second))


def flat(condition: Condition) -> Sequence[Condition]:
    """The parts that all have to hold."""
    if isinstance(condition, Together) and condition.is_all:
        return [inner for part in condition.parts for inner in flat(part)]
    return [condition]


def joined(condition: Condition) -> Condition:
    """The same in fewer parts: choices of one question together, one choice of several questions together."""
    if not isinstance(condition, Together):
        return condition
    is_all = condition.is_all
    inside = [joined(part) for part in condition.parts]
    level = [
        inner
        for part in inside
        for inner in (part.parts if isinstance(part, Together) and part.is_all == is_all else (part,))
    ]
    parts: list[Condition] = []
    for part in level:
        for at, before in enumerate(parts):
            if (one := _as_one(before, part, is_all=is_all)) is not None:
                parts[at] = one
                break
        else:
            parts.append(part)
    return parts[0] if len(parts) == 1 else Together(is_all, tuple(parts))


def _as_one(first: Condition, second: Condition, *, is_all: bool) -> Condition | None:
    """One condition for two, where there is one."""
    if first == second:
        return first
    match first, second:
        case Said(), Said() if first.is_not == second.is_not == is_all:
            return _said_once(first, second)
        case (Answered(is_not=False) as answered, Said(is_not=True) as said) | (
            Said(is_not=True) as said,
            Answered(is_not=False) as answered,
        ) if is_all and said.questions == (answered.question,):
            return replace(answered, but=(*answered.but, *said.values))
        case Answered(is_not=False, question=question), Compared() if is_all and question == second.question:
            return second
        case Compared(sign=">=", of_count=False), Compared(sign="<=", of_count=False) if (
            is_all and first.question == second.question
        ):
            return replace(first, up_to=second.number)
    return None


def _said_once(first: Said, second: Said) -> Said | None:
    if first.questions == second.questions:
        return replace(first, values=tuple(dict.fromkeys((*first.values, *second.values))))
    if first.values == second.values:
        return replace(first, questions=(*first.questions, *second.questions))
    return None

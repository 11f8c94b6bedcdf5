"""What may be told of small groups, so that nobody can work out who has answered.

Groups of fewer than five are joined. In a group of fewer than twenty, "nobody" and "everybody" are told as a range.
What is hidden must not follow from what is shown and the total, so more is hidden until it does not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from storage.dispositions import SMALLEST_GROUP

FEW = 20
"""In a smaller group a rate of 0 % or 100 % is not told."""

WIDE_BELOW = 10
"""In a smaller group, 10 % is less than one person: its ranges are those of 20 %."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number of people and what is told of it: that it lies between `low` and `high`.

    `widest` is what is told once it has to be hidden for the sake of others; `size` says whose turn that is first.
    """

    number: int
    low: int
    high: int
    size: int
    widest: tuple[int, int]

    @property
    def is_exact(self) -> bool:
        """Whether the number itself is told."""
        return self.low == self.high


def joined(sizes: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The names of the groups that are shown, and of those that are shown as one.

    Groups under 5 are one, together with the next smallest while it is itself under 5: never is exactly one group
    hidden, whose number would be the rest of the total. Both lists are in the order of `sizes`, without empty groups.
    """
    rising = sorted((name for name, size in sizes.items() if size), key=lambda name: sizes[name])
    together = [name for name in rising if sizes[name] < SMALLEST_GROUP]
    others = rising[len(together) :]
    while together and others and sum(sizes[name] for name in together) < SMALLEST_GROUP:
        together.append(others.pop(0))
    return [name for name in sizes if name in set(others)], [name for name in sizes if name in set(together)]


def singles_out(numbers: Collection[int]) -> bool:
    """Whether what is told by channel would point to few people: one number is small, and there is another."""
    there = [number for number in numbers if number]
    return len(there) > 1 and min(there) < SMALLEST_GROUP


def rate_told(complete: int, people: int) -> Told:
    """How many of a group have answered; of a small group not whether it is (nearly) nobody or everybody."""
    whole = (0, people)
    if people < FEW and complete <= 1:
        return Told(complete, 0, 1, people, whole)
    if people < FEW and complete >= people - 1:
        return Told(complete, people - 1, people, people, whole)
    return Told(complete, complete, complete, people, whole)


def count_told(number: int, total: int) -> Told:
    """How many people are somewhere; under 5 not exactly. Nobody is at no place that is listed."""
    few = SMALLEST_GROUP - 1
    if number <= few:
        return Told(number, 1, few, number, (1, few))
    return Told(number, number, number, number, (SMALLEST_GROUP, total))


def protected(told: Sequence[Told]) -> list[Told] | None:
    """The same, with as many exact numbers hidden, the smallest groups first, as it takes to keep the ranges ranges.

    Their total is taken to be known. None if even all of them do not help: then the total itself gives it away.
    """
    result = list(told)
    secret = [place for place, one in enumerate(told) if not one.is_exact]
    exact = sorted((place for place, one in enumerate(told) if one.is_exact), key=lambda place: told[place].size)
    while _follows(result, secret):
        if not exact:
            return None
        place = exact.pop(0)
        low, high = told[place].widest
        result[place] = replace(told[place], low=low, high=high)
    return result


def _follows(told: Sequence[Told], secret: Sequence[int]) -> bool:
    """Whether one of the secret numbers can be worked out from the total and from what is told of the others."""
    total, lows, highs = (sum(values) for values in zip(*((t.number, t.low, t.high) for t in told), strict=True))
    return any(
        max(told[place].low, total - highs + told[place].high) == min(told[place].high, total - lows + told[place].low)
        for place in secret
    )


class LowOrHigh(StrEnum):
    """On which side of its bound a rate lies that is not told exactly."""

    LOW = "<="
    HIGH = ">="
    HIDDEN = "not shown"


def bound_of(told: Told) -> tuple[LowOrHigh, int]:
    """A rate that is not told exactly: its side, and the bound in percent."""
    if (told.low, told.high) == told.widest:
        return LowOrHigh.HIDDEN, 0
    edge = 10 if told.size >= WIDE_BELOW else 20
    return (LowOrHigh.LOW, edge) if told.low == 0 else (LowOrHigh.HIGH, 100 - edge)


def percentage_in_words(told: Told) -> str:
    """The same, written."""
    side, edge = bound_of(told)
    return side.value if side is LowOrHigh.HIDDEN else f"{side} {edge}%"

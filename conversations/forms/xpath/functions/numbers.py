"""Numbers: rounding, powers, logarithms, trigonometry, sums."""

import math
from collections.abc import Callable, Sequence
from math import inf, isinf, isnan, nan

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.errors import XPathError
from conversations.forms.xpath.functions.rounding import rounded
from conversations.forms.xpath.functions.specification import ANY, Function
from conversations.forms.xpath.values import Value, number_at, number_of, string_of


def _round(frame: Frame, number: Value, places: Value = 0.0) -> float:
    return rounded(number_of(number, frame.zone), number_of(places, frame.zone))


def _int(frame: Frame, value: Value) -> float:
    number = number_of(value, frame.zone)
    return number if isnan(number) or isinf(number) else float(math.trunc(number))


def _floor(frame: Frame, value: Value) -> float:
    number = number_of(value, frame.zone)
    return number if isnan(number) or isinf(number) else float(math.floor(number))


def _ceiling(frame: Frame, value: Value) -> float:
    number = number_of(value, frame.zone)
    return number if isnan(number) or isinf(number) else float(math.ceil(number))


def _sum(frame: Frame, *values: Value) -> float:
    if not isinstance(values[0], list):
        raise XPathError("sum() adds up nodes")
    return float(sum(_filled(frame, values)))


def _min(frame: Frame, *values: Value) -> float:
    return _extreme(min, _filled(frame, values))


def _max(frame: Frame, *values: Value) -> float:
    return _extreme(max, _filled(frame, values))


def _extreme(choose: Callable[[Sequence[float]], float], numbers: Sequence[float]) -> float:
    return nan if not numbers or any(isnan(number) for number in numbers) else choose(numbers)


def _filled(frame: Frame, values: Sequence[Value]) -> list[float]:
    """The numbers of all that is not blank."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [number_at(node, frame.zone) for node in value if node.string().strip()]
        elif string_of(value) != "" or isinstance(value, float):
            found.append(number_of(value, frame.zone))
    return found


def _random(frame: Frame) -> float:
    return frame.context.chance()


def _of_one(compute: Callable[[float], float]) -> Function:
    def work(frame: Frame, value: Value) -> float:
        return _computed(compute, number_of(value, frame.zone))

    return Function(work, 1, 1)


def _of_two(compute: Callable[[float, float], float]) -> Function:
    def work(frame: Frame, left: Value, right: Value) -> float:
        return _computed(compute, number_of(left, frame.zone), number_of(right, frame.zone))

    return Function(work, 2, 2)


def _computed(compute: Callable[..., float], *numbers: float) -> float:
    """The result, NaN outside of where the function is defined, infinite where it is too large."""
    if any(isnan(number) for number in numbers):
        return nan
    try:
        return float(compute(*numbers))
    except OverflowError:
        return inf
    except ValueError:
        return nan


def _log(number: float) -> float:
    return -inf if number == 0 else math.log(number)


def _log10(number: float) -> float:
    return -inf if number == 0 else math.log10(number)


def _pow(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        return inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -inf if base < 0 and exponent % 2 == 1 else inf


FUNCTIONS = {
    "abs": _of_one(abs),
    "acos": _of_one(math.acos),
    "asin": _of_one(math.asin),
    "atan": _of_one(math.atan),
    "atan2": _of_two(math.atan2),
    "ceiling": Function(_ceiling, 1, 1),
    "cos": _of_one(math.cos),
    "exp": _of_one(math.exp),
    "exp10": _of_one(lambda number: math.pow(10, number)),
    "floor": Function(_floor, 1, 1),
    "int": Function(_int, 1, 1),
    "log": _of_one(_log),
    "log10": _of_one(_log10),
    "max": Function(_max, 1, ANY),
    "min": Function(_min, 1, ANY),
    "pi": Function(lambda _frame: math.pi, 0, 0),
    "pow": _of_two(_pow),
    "random": Function(_random, 0, 0, volatile=True),
    "round": Function(_round, 1, 2),
    "sin": _of_one(math.sin),
    "sqrt": _of_one(math.sqrt),
    "sum": Function(_sum, 1, 1),
    "tan": _of_one(math.tan),
}

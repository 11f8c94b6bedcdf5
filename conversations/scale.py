"""The values of a range: from start to end by step, as the questionnaire stores them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation


def scale_values(parameters: Mapping[str, str], *, most: int) -> tuple[str, ...]:
    """Every value of a range, or () when there are more than `most` or the parameters say no range."""
    bounds = bounds_of(parameters)
    if bounds is None or (bounds[1] - bounds[0]) / bounds[2] >= most:
        return ()
    start, end, step = bounds
    return tuple(plain_number(start + step * i) for i in range(int((end - start) / step) + 1))


def bounds_of(parameters: Mapping[str, str]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Start, end and step; None where they say no range."""
    try:
        start, end, step = (Decimal(parameters.get(name, default)) for name, default in _DEFAULTS)
    except InvalidOperation:
        return None
    return (start, end, step) if step and (end - start) / step >= 0 else None


_DEFAULTS = (("start", "1"), ("end", "10"), ("step", "1"))


def plain_number(value: Decimal) -> str:
    """As a questionnaire stores it: no zeros that mean nothing."""
    text = format(value.normalize(), "f")
    return text if text != "-0" else "0"

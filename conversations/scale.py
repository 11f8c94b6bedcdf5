"""The values of a range: from start to end by step, as the questionnaire stores them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation


def scale_values(parameters: Mapping[str, str], *, most: int) -> tuple[str, ...]:
    """Every value of a range, or () when there are more than `most` or the parameters say no range."""
    try:
        start, end, step = (Decimal(parameters.get(name, default)) for name, default in _DEFAULTS)
    except InvalidOperation:
        return ()
    if not step or (end - start) / step >= most or (end - start) / step < 0:
        return ()
    return tuple(_plain(start + step * i) for i in range(int((end - start) / step) + 1))


_DEFAULTS = (("start", "1"), ("end", "10"), ("step", "1"))


def _plain(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return text if text != "-0" else "0"

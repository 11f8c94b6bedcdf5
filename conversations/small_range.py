"""Whole numbers of which a constraint leaves only a few: ". >= 0 and . <= 10" may be pressed as well as written."""

import re
from collections.abc import Callable

MOST = 11
_NUMBER = re.compile(r"(?<![\w.])\d{1,4}(?![\w.])")


def small_range(constraint: str, takes: Callable[[str], bool]) -> tuple[str, ...]:
    """All that it takes, if these are two or more that follow on one another; () where there may be others.

    `takes` tries one. The bounds are looked for around the numbers that the author wrote.
    """
    written = [int(number) for number in _NUMBER.findall(constraint)]
    if not written or max(written) - min(written) > MOST + 1:
        return ()
    tried = range(min(written) - 1, max(written) + 2)
    taken = [number for number in tried if takes(str(number))]
    is_closed = bool(taken) and tried[0] < taken[0] and taken[-1] < tried[-1]
    follow_on = taken == list(range(taken[0], taken[-1] + 1)) if taken else False
    return tuple(map(str, taken)) if is_closed and follow_on and 1 < len(taken) <= MOST else ()

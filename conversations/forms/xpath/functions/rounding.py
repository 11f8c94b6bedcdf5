"""Rounding half away from zero, on the decimal text of a number as people see it."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from math import isinf, isnan, nan

_FAR = 400


def rounded(number: float, places: float) -> float:
    """`number` to so many decimals; negative `places` round tens and hundreds."""
    if isnan(places):
        return nan
    if isnan(number) or isinf(number) or number == 0:
        return number
    digits = int(max(-_FAR, min(_FAR, places)))
    with localcontext(prec=2 * _FAR + 400):
        return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP))

"""What sums up numbers and steps of a scale: median and quartiles, the mean, boxes at the ends."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom, t

from admin_scripts.statistics.proportions import LEVEL, Interval

Numbers = NDArray[np.float64]
BOX = 2


def quartiles(values: Numbers) -> tuple[float, float, float]:
    """First quartile, median and third, linear between neighbours (definition 7 of Hyndman and Fan).

    From five values on no quartile is a smallest or largest one, nor made of it.
    """
    first, median, third = np.quantile(values, (0.25, 0.5, 0.75), method="linear")
    return float(first), float(median), float(third)


def median_interval(values: Numbers, population: int) -> Interval | None:
    """The 95 % limits of the population's median, by order statistics; None where they would be an extreme."""
    base = len(values)
    if base >= population:
        return None
    below = hypergeom(population, population // 2, base)
    rank = int(below.ppf((1 - LEVEL) / 2))
    if rank < BOX:
        return None
    ordered = np.sort(values)
    return float(ordered[rank - 1]), float(ordered[base - rank])


def mean_interval(values: Numbers, population: int) -> Interval | None:
    """The 95 % limits of the population's mean, by Student's t, corrected for the population; None below 2 values."""
    base = len(values)
    if base < BOX:
        return None
    error = float(values.std(ddof=1)) * sqrt(max(0.0, 1 - base / population) / base)
    half = float(t.ppf((1 + LEVEL) / 2, base - 1)) * error
    mean = float(values.mean())
    return mean - half, mean + half


def boxes(counts: NDArray[np.int64]) -> tuple[int, int]:
    """How many chose the last two steps of a scale, and the first two; `counts` from the first step to the last."""
    return int(counts[-BOX:].sum()), int(counts[:BOX].sum())

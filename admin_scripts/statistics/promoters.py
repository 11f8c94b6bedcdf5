"""Would you recommend it, 0 to 10: promoters minus detractors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from admin_scripts.statistics.proportions import Interval
from admin_scripts.statistics.scales import mean_interval

FEWEST = 30
"""With fewer answers the score would move by several points with each: only counts are told."""

HIGHEST_DETRACTOR, LOWEST_PROMOTER = 6, 9


@dataclass(frozen=True, slots=True)
class Promoters:
    """How many of each, and the score from -100 to 100 with its interval; None with fewer than 30 answers."""

    detractors: int
    passives: int
    promoters: int
    score: float | None
    interval: Interval | None


def promoters_of(marks: NDArray[np.float64], population: int) -> Promoters:
    """What marks of 0 to 10 come to. The score is a mean of -1, 0 and 1, and its interval that of a mean."""
    signs = (marks >= LOWEST_PROMOTER).astype(np.float64) - (marks <= HIGHEST_DETRACTOR)
    detractors, promoters = int((signs < 0).sum()), int((signs > 0).sum())
    passives = len(marks) - detractors - promoters
    if len(marks) < FEWEST:
        return Promoters(detractors, passives, promoters, None, None)
    limits = mean_interval(signs, population) or (-1.0, 1.0)
    low, high = (100 * min(1.0, max(-1.0, limit)) for limit in limits)
    return Promoters(detractors, passives, promoters, 100 * float(signs.mean()), (low, high))

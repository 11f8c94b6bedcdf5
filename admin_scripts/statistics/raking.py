"""Weights by raking: each margin of the respondents is brought to that of the register, over and over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float64]
EXACT = 1e-12
MOST_ROUNDS = 1000
MOST_RATIO = 3.0
"""The largest weight is at most so many times the smallest: then no answer speaks for too many others."""


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """The class of each respondent, from 0, or -1 where it is not known; and how many each class should have."""

    classes: NDArray[np.int64]
    targets: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """One weight a respondent, 1 on average. `trimmed`: how many had to be held back to keep the ratio."""

    weights: Weights
    rounds: int
    trimmed: int

    @property
    def design_effect(self) -> float:
        """Kish's: by how much unequal weights widen what is estimated."""
        return float(len(self.weights) * (self.weights**2).sum() / self.weights.sum() ** 2)

    @property
    def ratio(self) -> float:
        """The largest weight by the smallest."""
        return float(self.weights.max() / self.weights.min())


def rake(margins: Sequence[Margin], respondents: int, most: float = MOST_RATIO) -> Raked:
    """Weights that give every margin its targets' shares, exactly unless some had to be trimmed.

    Every class with a target has to have a respondent. Of whom a class is not known, that margin leaves as they are.
    """
    weights, rounds = _raked(margins, np.ones(respondents), np.inf)
    if weights.max() <= most * weights.min():
        return Raked(weights, rounds, 0)
    bound = float(np.sqrt(most))
    weights, rounds = _raked(margins, np.ones(respondents), bound)
    held = (weights >= bound * (1 - EXACT)) | (weights <= (1 + EXACT) / bound)
    return Raked(weights / weights.mean(), rounds, int(held.sum()))


def _raked(margins: Sequence[Margin], weights: Weights, bound: float) -> tuple[Weights, int]:
    """Round by round until nothing moves; no weight over `bound` or under its inverse."""
    for rounds in range(1, MOST_ROUNDS + 1):
        before = weights
        for margin in margins:
            weights = _fitted(margin, weights)
        weights = (weights / weights.mean()).clip(1 / bound, bound)
        if np.abs(weights - before).max() < EXACT:
            return weights, rounds
    return weights, MOST_ROUNDS


def _fitted(margin: Margin, weights: Weights) -> Weights:
    """The weights by what their class lacks; those whose class is known weigh together what they did."""
    known = margin.classes >= 0
    classes = margin.classes[known]
    has = np.bincount(classes, weights[known], len(margin.targets))
    wanted = margin.targets / margin.targets.sum() * has.sum()
    factors = np.divide(wanted, has, out=np.ones_like(has), where=has > 0)
    fitted = weights.copy()
    fitted[known] *= factors[classes]
    return fitted

"""Orders of importance put together: points, first places, who beats whom, and how far people agree.

Rankings are (people, choices) of places from 1, with 0 for what somebody has not ranked.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

Places = NDArray[np.int16]
Points = NDArray[np.int64]
DEPTH = 3


def borda(places: Places, depth: int = DEPTH) -> Points:
    """Points of each choice: `depth` for a first place, one less for each further one, none after."""
    points = np.where(places > 0, depth + 1 - places.astype(np.int64), 0)
    return np.asarray(points.clip(min=0).sum(axis=0), dtype=np.int64)


def first_places(places: Places) -> Points:
    """How many put each choice first."""
    return np.asarray((places == 1).sum(axis=0), dtype=np.int64)


def named(places: Places, depth: int = DEPTH) -> Points:
    """How many have each choice among their first `depth`."""
    return np.asarray(((places > 0) & (places <= depth)).sum(axis=0), dtype=np.int64)


def copeland(places: Places) -> Points:
    """Duels won minus duels lost. What is ranked beats what is not; two that are not do not meet."""
    order = np.where(places > 0, places.astype(np.int64), np.iinfo(np.int16).max)
    wins = (order[:, :, None] < order[:, None, :]).sum(axis=0)
    return np.asarray(np.sign(wins - wins.T).sum(axis=1), dtype=np.int64)


def concordance(places: Places) -> float:
    """Kendall's W, 0 (no agreement) to 1 (all alike), corrected for ties; what is not ranked shares the last places."""
    people, choices = places.shape
    order = np.where(places > 0, places.astype(np.int64), np.iinfo(np.int16).max)
    ranks = rankdata(order, axis=1)
    spread = float(((ranks.sum(axis=0) - people * (choices + 1) / 2) ** 2).sum())
    ties = float(sum((sizes**3 - sizes).sum() for sizes in (np.unique(row, return_counts=True)[1] for row in order)))
    most = people**2 * (choices**3 - choices) - people * ties
    return 12 * spread / most if most > 0 else 0.0

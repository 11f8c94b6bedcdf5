"""Do groups differ? Exact tests where they can be had, else by permutation; several at once after Holm.

Groups are arrays of what was answered, one a group, each of at least one answer; the order of the answers in a group
changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import MonteCarloMethod, chi2_contingency, fisher_exact, mannwhitneyu, rankdata

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
DRAWS = 9999
FEWEST_DRAWS = 999
MOST_DRAWN, MOST_HELD = 20_000_000, 500_000
"""Of very many answers fewer draws are made, and so many numbers are held at once."""

ROUNDING = 1e-9
MOST_EXACT = 120
"""With more answers in both groups together the normal curve tells the same."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The test that fitted, and the probability of at least such a difference if there were none."""

    test: str
    p: float


def of_choices(table: Counts, seed: int) -> Difference:
    """One answer of several, as (groups, choices) counts: Fisher's test of 2 x 2, else chi-square by permutation."""
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < 2:  # noqa: PLR2004 - one group or one answer: nothing can differ
        return Difference("fisher", 1.0)
    if table.shape == (2, 2):
        return Difference("fisher", _probability(fisher_exact(table).pvalue))
    drawing = MonteCarloMethod(n_resamples=DRAWS, rng=np.random.default_rng(seed))
    return Difference(
        "permutation chi-square", _probability(chi2_contingency(table, correction=False, method=drawing).pvalue)
    )


def of_numbers(groups: Sequence[Numbers], seed: int) -> Difference:
    """Numbers, or steps of a scale, by their ranks: Mann-Whitney for two groups, Kruskal-Wallis for more."""
    if len(groups) == 2:  # noqa: PLR2004 - a pair
        return Difference("mann-whitney", mann_whitney(*groups))
    ranks = rankdata(np.concatenate([np.sort(group) for group in groups]))
    p = _permuted((ranks - ranks.mean())[:, None], [len(group) for group in groups], seed)
    return Difference("kruskal-wallis (permutation)", p)


def of_flags(groups: Sequence[Flags], seed: int) -> Difference:
    """Several answers, as (people, choices) flags: the chi-squares of all choices together, by permuting people."""
    flags = np.concatenate([group[np.lexsort(group.T)] for group in groups]).astype(np.float64)
    flags = flags[:, (flags.mean(axis=0) > 0) & (flags.mean(axis=0) < 1)]
    if not flags.shape[1]:
        return Difference("permutation chi-square", 1.0)
    rates = flags.mean(axis=0)
    scaled = (flags - rates) / np.sqrt(rates * (1 - rates))
    return Difference("permutation chi-square", _permuted(scaled, [len(group) for group in groups], seed))


def _permuted(scaled: Numbers, sizes: Sequence[int], seed: int) -> float:
    """How often groups of these sizes, drawn anew, are as far from the mean as those in the order of the rows."""
    rng = np.random.default_rng(seed)
    rows = np.arange(len(scaled))
    seen = _distances(scaled[None], sizes)[0]
    draws = min(DRAWS, max(FEWEST_DRAWS, MOST_DRAWN // len(rows)))
    at_once = max(1, MOST_HELD // scaled.size)
    as_far = 0
    for done in range(0, draws, at_once):
        drawn = rng.permuted(np.tile(rows, (min(at_once, draws - done), 1)), axis=1)
        as_far += int((_distances(scaled[drawn], sizes) >= seen - ROUNDING).sum())
    return (as_far + 1) / (draws + 1)


def _distances(drawn: Numbers, sizes: Sequence[int]) -> Numbers:
    """Over all columns and groups, a group's sum squared by its size: chi-square, or H on its own scale.

    `drawn` is (draws, people, columns), the groups one after the other.
    """
    starts = np.cumsum([0, *sizes[:-1]])
    sums = np.add.reduceat(drawn, starts, axis=1)
    return np.asarray((sums**2 / np.array(sizes)[:, None]).sum(axis=(1, 2)))


def mann_whitney(one: Numbers, other: Numbers) -> float:
    """The two-sided p, exact with ties too: how the ranks' sums of all ways to draw `one` are spread."""
    one, other = sorted((one, other), key=len)
    size, whole = len(one), len(one) + len(other)
    if whole > MOST_EXACT:
        return _probability(mannwhitneyu(one, other, method="asymptotic").pvalue)
    doubled = np.rint(2 * rankdata(np.concatenate([np.sort(one), np.sort(other)]))).astype(np.int64)
    ways = _ways(doubled, size)
    seen = int(doubled[:size].sum())
    total = ways.sum()
    return _probability(2 * min(ways[: seen + 1].sum() / total, ways[seen:].sum() / total))


def _ways(ranks: Counts, size: int) -> Numbers:
    """For each sum, the relative number of ways in which `size` of the ranks give it (the shift algorithm)."""
    ways = np.zeros((size + 1, int(ranks.sum()) + 1))
    ways[0, 0] = 1.0
    for rank in ranks:
        ways[1:, rank:] += ways[:-1, : ways.shape[1] - rank].copy()
    return np.asarray(ways[size])


def holm(probabilities: Sequence[float]) -> tuple[float, ...]:
    """Adjusted for being several, in the order given: the smallest times how many, and so on, never falling."""
    order = np.argsort(probabilities, kind="stable")
    factors = len(probabilities) - np.arange(len(probabilities))
    stepped = np.maximum.accumulate(np.asarray(probabilities, dtype=np.float64)[order] * factors).clip(max=1.0)
    adjusted = np.empty(len(probabilities))
    adjusted[order] = stepped
    return tuple(adjusted.tolist())


def _probability(p: float) -> float:
    """Rounding never takes it over 1."""
    return min(1.0, float(p))

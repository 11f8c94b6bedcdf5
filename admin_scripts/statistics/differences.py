"""Do groups differ? Exact tests where they can be had, else by permutation; several at once after Holm.

Groups are arrays of what was answered, one a group, each of at least one answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import MonteCarloMethod, chi2_contingency, fisher_exact, mannwhitneyu, permutation_test, rankdata

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
DRAWS = 9999
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
    sizes = [len(group) for group in groups]
    ranks = np.split(rankdata(np.concatenate(groups)), np.cumsum(sizes)[:-1])
    found = permutation_test(
        ranks,
        lambda *parts, axis: sum(part.sum(axis=axis) ** 2 / part.shape[axis] for part in parts),
        permutation_type="independent",
        vectorized=True,
        n_resamples=DRAWS,
        alternative="greater",
        rng=np.random.default_rng(seed),
    )
    return Difference("kruskal-wallis (permutation)", _probability(found.pvalue))


def of_flags(groups: Sequence[Flags], seed: int) -> Difference:
    """Several answers, as (people, choices) flags: the chi-squares of all choices together, by permuting people."""
    flags = np.concatenate(groups).astype(np.float64)
    flags = flags[:, (flags.mean(axis=0) > 0) & (flags.mean(axis=0) < 1)]
    rates = flags.mean(axis=0)
    scaled = (flags - rates) / np.sqrt(rates * (1 - rates))
    owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    sizes = np.bincount(owner)
    rng = np.random.default_rng(seed)
    seen = _chi_square(scaled, owner, sizes)
    as_far = sum(_chi_square(scaled, rng.permutation(owner), sizes) >= seen - 1e-9 for _ in range(DRAWS))
    return Difference("permutation chi-square", (as_far + 1) / (DRAWS + 1))


def _chi_square(scaled: Numbers, owner: NDArray[np.int64], sizes: Counts) -> float:
    """The sum over choices and groups of (sum of the standardised flags) squared by the size of the group."""
    sums = (owner == np.arange(len(sizes))[:, None]).astype(np.float64) @ scaled
    return float((sums**2 / sizes[:, None]).sum())


def mann_whitney(one: Numbers, other: Numbers) -> float:
    """The two-sided p, exact with ties too: how the ranks' sums of all ways to draw `one` are spread."""
    one, other = sorted((one, other), key=len)
    size, whole = len(one), len(one) + len(other)
    if whole > MOST_EXACT:
        return _probability(mannwhitneyu(one, other, method="asymptotic").pvalue)
    doubled = np.rint(2 * rankdata(np.concatenate([one, other]))).astype(np.int64)
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

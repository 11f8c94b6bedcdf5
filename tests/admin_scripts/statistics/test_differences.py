"""Do groups differ: exact tests agree with scipy's and with every permutation; Holm never lowers a p."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import PermutationMethod, fisher_exact, kruskal, mannwhitneyu, rankdata

from admin_scripts.statistics.differences import holm, mann_whitney, of_choices, of_flags, of_numbers

STEPS = st.lists(st.integers(1, 5), min_size=1, max_size=5)
PROBABILITIES = st.lists(st.floats(1e-6, 1), min_size=1, max_size=20)


def numbers(*groups):
    """Groups of steps as arrays."""
    return [np.array(group, dtype=np.float64) for group in groups]


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_two_by_two_is_fishers_exact_test(cells):
    """As scipy has it; with an empty row or column nothing differs."""
    table = np.array(cells).reshape(2, 2)
    found = of_choices(table, 1)
    is_full = (table.sum(axis=0) > 0).all() and (table.sum(axis=1) > 0).all()
    assert found.test == "fisher"
    assert found.p == pytest.approx(min(1, fisher_exact(table).pvalue) if is_full else 1.0, abs=1e-12)


def test_larger_tables_are_permuted_and_the_seed_decides():
    """Near to the p that the curve gives where the counts are large; the same seed, the same p."""
    table = np.array([[30, 20, 25], [20, 30, 25], [28, 22, 25]])
    found = of_choices(table, 2020)
    assert found == of_choices(table, 2020)
    assert found.test == "permutation chi-square"
    assert found.p == pytest.approx(0.3826, abs=0.03)


@given(STEPS, STEPS)
def test_two_groups_are_compared_by_every_permutation(one, other):
    """Exact with ties: brute force over all ways to draw the first group."""
    ranks = rankdata([*one, *other])
    seen = ranks[: len(one)].sum()
    sums = np.array([ranks[list(drawn)].sum() for drawn in combinations(range(len(ranks)), len(one))])
    expected = min(1, 2 * min((sums <= seen + 1e-9).mean(), (sums >= seen - 1e-9).mean()))
    assert mann_whitney(*numbers(one, other)) == pytest.approx(expected, abs=1e-9)


@given(st.permutations(range(14)), st.integers(1, 13))
def test_without_ties_it_is_scipys_exact_test(order, size):
    """To 1e-9."""
    one, other = numbers(order[:size], order[size:])
    assert mann_whitney(one, other) == pytest.approx(mannwhitneyu(one, other, method="exact").pvalue, abs=1e-9)


def test_with_ties_it_is_scipys_when_that_tries_every_permutation():
    """A usual scale of agreement in two groups of seven."""
    one, other = numbers([1, 2, 2, 3, 3, 3, 4], [2, 3, 3, 4, 4, 5, 5])
    expected = mannwhitneyu(one, other, method=PermutationMethod(n_resamples=np.inf)).pvalue
    assert mann_whitney(one, other) == pytest.approx(expected, abs=1e-9)


def test_many_answers_are_compared_by_the_curve():
    """Near to what is exact, and as scipy has it."""
    rng = np.random.default_rng(1)
    one, other = numbers(rng.integers(1, 6, 80), rng.integers(1, 6, 80))
    assert mann_whitney(one, other) == pytest.approx(mannwhitneyu(one, other, method="asymptotic").pvalue, abs=1e-9)


def test_more_groups_are_compared_by_permuting_ranks():
    """Near to Kruskal and Wallis' curve."""
    rng = np.random.default_rng(2)
    groups = numbers(*(rng.integers(1, 6, 25) for _ in range(4)))
    found = of_numbers(groups, 7)
    assert found == of_numbers(groups, 7)
    assert found.p == pytest.approx(kruskal(*groups).pvalue, abs=0.02)


def test_several_answers_are_compared_together():
    """A group in which everybody has a choice that nobody else has differs; groups alike do not."""
    alike = [np.tile(np.eye(3, dtype=bool), (4, 1)) for _ in range(3)]
    assert of_flags(alike, 1).p > 0.9
    apart = [alike[0], alike[1], np.tile([False, False, True], (12, 1))]
    assert of_flags(apart, 1).p < 0.01
    assert of_flags([np.ones((3, 2), dtype=bool)] * 2, 1).p == 1


@settings(max_examples=8, deadline=None)
@given(st.lists(STEPS, min_size=2, max_size=4))
def test_a_p_is_over_0_and_at_most_1(groups):
    """However few the answers."""
    steps = numbers(*groups)
    flags = [np.array(group)[:, None] == np.arange(1, 6) for group in groups]
    table = np.array([one.sum(axis=0) for one in flags])
    assert all(0 < found.p <= 1 for found in (of_numbers(steps, 1), of_flags(flags, 1), of_choices(table, 1)))


def test_holm_by_hand():
    """The smallest times four, the next times three, ...; never under the one before."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))
    assert holm([]) == ()


@given(PROBABILITIES)
def test_holm_keeps_the_order_and_lowers_nothing(probabilities):
    """And is never more than one."""
    adjusted = holm(probabilities)
    assert all(p <= after <= 1 for p, after in zip(probabilities, adjusted, strict=True))
    order = np.argsort(probabilities, kind="stable")
    assert (np.diff(np.array(adjusted)[order]) >= 0).all()


@given(
    groups=st.lists(st.lists(st.integers(1, 5).map(float), min_size=1, max_size=12), min_size=2, max_size=4),
    seed=st.integers(0, 1000),
)
@settings(max_examples=20)
def test_the_order_of_the_answers_changes_nothing(groups, seed):
    """The same answers give the same p in every database: their rows lie in random order."""
    arrays = [np.array(group) for group in groups]
    turned = [group[::-1] for group in arrays]
    assert of_numbers(arrays, seed) == of_numbers(turned, seed)
    flags = [np.stack([group > 2, group > 3], axis=1) for group in arrays]
    assert of_flags(flags, seed) == of_flags([group[::-1] for group in flags], seed)

"""Medians, quartiles, means and the 0 to 10 score: as others compute them, and no extreme is told."""

from itertools import combinations
from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from admin_scripts.statistics.promoters import promoters_of
from admin_scripts.statistics.scales import boxes, mean_interval, median_interval, quartiles

VALUES = st.lists(st.integers(0, 1000), min_size=5, max_size=40, unique=True)


def test_quartiles_are_linear_between_neighbours():
    """Definition 7: the one of most programs; SPSS's own (6) would give 1.75, 3.5 and 5.25."""
    assert quartiles(np.array([1.0, 2, 3, 4, 5, 6])) == (2.25, 3.5, 4.75)


@given(VALUES)
def test_no_quartile_of_five_or_more_is_an_extreme(values):
    """Nor is it made of one: the smallest could be anything smaller."""
    ordered = np.sort(np.array(values, dtype=np.float64))
    further = np.concatenate([[ordered[0] - 999], ordered[1:-1], [ordered[-1] + 999]])
    assert quartiles(ordered) == quartiles(further)


@given(VALUES, st.integers(0, 200))
def test_the_limits_of_a_median_are_around_it_and_no_extremes(values, others):
    """None where only an extreme would do, or where everybody has answered."""
    ordered = np.sort(np.array(values, dtype=np.float64))
    limits = median_interval(ordered, len(ordered) + others)
    if limits is not None:
        assert ordered[0] < limits[0] <= quartiles(ordered)[1] <= limits[1] < ordered[-1]


@pytest.mark.parametrize(("base", "population"), [(9, 13), (8, 12)])
def test_the_median_of_the_population_is_inside_in_95_of_100_draws(base, population):
    """Every draw of the base is tried."""
    middle = (population - 1) / 2
    draws = [np.array(draw, dtype=np.float64) for draw in combinations(range(population), base)]
    limits = [median_interval(draw, population) for draw in draws]
    held = [low <= middle <= high for low, high in filter(None, limits)]
    assert len(held) == len(draws)
    assert sum(held) >= 0.95 * len(draws)


def test_the_limits_of_a_mean_know_the_population():
    """By hand: Student's t times the error of the mean times the root of 1 - n / N."""
    values = np.array([2.0, 4, 4, 5, 7, 9])
    half = t.ppf(0.975, 5) * values.std(ddof=1) / sqrt(6) * sqrt(1 - 6 / 10)
    assert mean_interval(values, 10) == pytest.approx((values.mean() - half, values.mean() + half), rel=1e-12)
    assert mean_interval(values, 6) == pytest.approx((values.mean(), values.mean()))
    assert mean_interval(values[:1], 6) is None


def test_the_boxes_are_two_steps_at_each_end():
    """Of five steps the middle one is in neither."""
    assert boxes(np.array([1, 2, 4, 8, 16])) == (24, 3)


def test_the_score_is_promoters_minus_detractors():
    """15 of 45 each, but 5 passives more: (20 - 10) of 45, and as far either way as a mean of -1, 0, 1."""
    marks = np.array([9.0] * 10 + [10] * 10 + [7] * 10 + [8] * 5 + [6] * 5 + [0] * 5)
    found = promoters_of(marks, 90)
    assert (found.promoters, found.passives, found.detractors) == (20, 15, 10)
    assert found.score == pytest.approx(100 * 10 / 45)
    variance = (30 / 45 - (10 / 45) ** 2) * 45 / 44
    half = 100 * t.ppf(0.975, 44) * sqrt(variance / 45 * (1 - 45 / 90))
    assert found.interval == pytest.approx((found.score - half, found.score + half), rel=1e-12)


def test_with_fewer_than_30_answers_there_is_no_score():
    """One answer more or less would move it by more than three points."""
    assert promoters_of(np.full(29, 9.0), 60).score is None
    assert promoters_of(np.full(30, 9.0), 60).score == 100

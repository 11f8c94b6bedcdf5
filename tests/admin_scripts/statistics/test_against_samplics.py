"""Weights, means and shares agree with samplics, a program for complex samples, to 1e-9."""

import warnings

import numpy as np
import pytest

from admin_scripts.statistics.promoters import promoters_of
from admin_scripts.statistics.proportions import margin_of_error
from admin_scripts.statistics.raking import Margin, rake
from admin_scripts.statistics.scales import mean_interval

RNG = np.random.default_rng(2020)
PEOPLE, ANSWERS = 134, 69
AREAS, ROLES = RNG.integers(0, 3, ANSWERS), RNG.integers(0, 2, ANSWERS)
MARKS = RNG.integers(0, 11, ANSWERS).astype(np.float64)


@pytest.fixture(scope="module")
def samplics():
    """Its last version says at every import that it is the last."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("samplics", reason="samplics is not installed")


def estimated(samplics, values):
    """The mean of a simple random sample of 69 of 134 and its limits."""
    estimator = samplics.TaylorEstimator(samplics.PopParam.mean)
    estimator.estimate(y=values, samp_weight=np.full(ANSWERS, PEOPLE / ANSWERS), fpc=1 - ANSWERS / PEOPLE)
    return estimator.point_est, estimator.lower_ci, estimator.upper_ci


def test_raked_weights(samplics):
    """Two margins at once."""
    theirs = samplics.SampleWeight().rake(
        samp_weight=np.ones(ANSWERS),
        margins={"area": np.array(list("xyz"))[AREAS], "role": np.array(list("mn"))[ROLES]},
        control={"area": {"x": 50, "y": 40, "z": 44}, "role": {"m": 70, "n": 64}},
        tol=1e-13,
        ctrl_tol=1e-13,
        max_iter=1000,
    )
    ours = rake([Margin(AREAS, np.array([50.0, 40, 44])), Margin(ROLES, np.array([70.0, 64]))], ANSWERS)
    assert ours.trimmed == 0
    assert ours.weights == pytest.approx(theirs / theirs.mean(), abs=1e-9)


def test_the_mean_and_its_limits(samplics):
    """With the finite population."""
    mean, low, high = estimated(samplics, MARKS)
    assert MARKS.mean() == pytest.approx(mean, abs=1e-9)
    assert mean_interval(MARKS, PEOPLE) == pytest.approx((low, high), abs=1e-9)


def test_the_score_and_its_limits(samplics):
    """As the mean of -100, 0 and 100."""
    score, low, high = estimated(samplics, 100.0 * ((MARKS >= 9).astype(float) - (MARKS <= 6)))
    ours = promoters_of(MARKS, PEOPLE)
    assert ours.score == pytest.approx(score, abs=1e-9)
    assert ours.interval == pytest.approx((low, high), abs=1e-9)


def test_the_error_of_a_share(samplics):
    """36 of 69: the margin of error is its standard error by 1.96, at the share itself."""
    said = (np.arange(ANSWERS) < 36).astype(np.float64)
    estimator = samplics.TaylorEstimator(samplics.PopParam.mean)
    estimator.estimate(y=said, samp_weight=np.full(ANSWERS, PEOPLE / ANSWERS), fpc=1 - ANSWERS / PEOPLE)
    expected = 1.959963984540054 * estimator.stderror
    assert margin_of_error(ANSWERS, PEOPLE, 36 / 69) == pytest.approx(expected, abs=1e-9)

"""Weights: every margin is the register's, none is negative, and none speaks for too many."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from admin_scripts.statistics.raking import Margin, rake


def margin(classes, targets):
    """Of lists."""
    return Margin(np.array(classes), np.array(targets, dtype=np.float64))


def shares(weights, one):
    """The weighted share of each class among those whose class is known."""
    known = one.classes >= 0
    held = np.bincount(one.classes[known], weights[known], len(one.targets))
    return held / held.sum()


@st.composite
def margins(draw):
    """Two margins of some respondents; every class has one."""
    count = draw(st.integers(12, 60))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return [margin(rng.permutation(np.arange(count) % size), rng.integers(8, 14, size)) for size in (3, 2)]


@given(margins())
def test_margins_are_exact_where_nothing_is_trimmed(found):
    """To 1e-10, both at once."""
    raked = rake(found, len(found[0].classes))
    assume(not raked.trimmed)
    for one in found:
        assert shares(raked.weights, one) == pytest.approx(one.targets / one.targets.sum(), abs=1e-10)


@given(margins(), st.floats(1.2, 3))
def test_no_weight_is_over_so_many_times_another(found, most):
    """They are positive and 1 on average; the design effect is never under 1."""
    raked = rake(found, len(found[0].classes), most)
    assert raked.weights.min() > 0
    assert raked.weights.mean() == pytest.approx(1)
    assert raked.ratio <= most * (1 + 1e-9)
    assert raked.design_effect >= 1 - 1e-12


def test_one_margin_by_hand():
    """Two of four stand for 30 of 40: they weigh 1.5 and the others 0.5; Kish's effect is 1.25."""
    raked = rake([margin([0, 0, 1, 1], [30, 10])], 4)
    assert raked.weights.tolist() == pytest.approx([1.5, 1.5, 0.5, 0.5])
    assert raked.design_effect == pytest.approx(1.25)
    assert (raked.ratio, raked.trimmed) == (pytest.approx(3), 0)


def test_too_unequal_weights_are_trimmed_and_it_is_said_how_many():
    """9 to 1 becomes 3 to 1."""
    raked = rake([margin([0, 0, 1, 1], [90, 10])], 4)
    assert raked.ratio == pytest.approx(3)
    assert raked.trimmed == 4


def test_whose_class_is_not_known_keeps_a_weight_of_one():
    """The others weigh together what they are."""
    raked = rake([margin([0, 1, 1, -1], [1, 1])], 4)
    assert raked.weights.tolist() == pytest.approx([1.5, 0.75, 0.75, 1])


def test_without_a_margin_everybody_weighs_the_same():
    """One."""
    assert rake([], 3).weights.tolist() == [1, 1, 1]

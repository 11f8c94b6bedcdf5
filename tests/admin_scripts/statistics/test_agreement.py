"""Krippendorff's alpha of coders: his own example, and sets of codes."""

import math

import pytest

from admin_scripts.statistics.agreement import alpha_of_code, alpha_of_sets, masi_distance

FIRST = ["1", "2", "3", "3", "2", "1", "4", "1", "2", ".", ".", "."]
SECOND = ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", ".", "3"]
THIRD = [".", "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", "."]
FOURTH = ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", "."]


def coded(names):
    """One code a text, None where there is a dot."""
    return [None if name == "." else frozenset({name}) for name in names]


def test_one_code_a_text_is_nominal_alpha():
    """The reliability data of Krippendorff (2011): 0.743. Different single codes have nothing in common."""
    assert alpha_of_sets([coded(one) for one in (FIRST, SECOND, THIRD, FOURTH)]) == pytest.approx(0.743, abs=5e-4)


def test_a_subset_is_nearer_than_sets_that_cross():
    """Passonneau (2006)."""
    one, both, other = frozenset("a"), frozenset("ab"), frozenset("bc")
    assert masi_distance(one, one) == 0
    assert masi_distance(one, both) == pytest.approx(1 - 2 / 3 / 2)
    assert masi_distance(both, other) == pytest.approx(1 - 1 / 3 / 3)
    assert masi_distance(one, other) == 1


def test_alpha_of_one_code_is_whether_a_text_has_it():
    """By hand: 4 texts, one disagreement: 1 - (2 / 8) / (2 * 3 * 5 / 56)."""
    one = [frozenset("ab"), frozenset("a"), frozenset(), frozenset("b")]
    other = [frozenset("a"), frozenset(), frozenset(), frozenset("b")]
    assert alpha_of_code([one, other], "a") == pytest.approx(1 - (2 / 8) / (2 * 3 * 5 / 56))


def test_where_nothing_varies_there_is_no_alpha():
    """Everybody gave the same code to every text, or no text was read twice."""
    assert math.isnan(alpha_of_sets([coded("11"), coded("11")]))
    assert math.isnan(alpha_of_code([coded("1."), coded(".1")], "1"))

"""Orders of importance: points, duels and agreement, as counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from admin_scripts.statistics.ranks import borda, concordance, copeland, first_places, named

PLACES = np.array([[1, 2, 3, 0], [1, 3, 2, 0], [0, 1, 0, 0], [2, 1, 3, 4]], dtype=np.int16)
ORDERS = st.lists(st.permutations([1, 2, 3, 4]), min_size=2, max_size=12)


def test_a_first_place_is_three_points_a_second_two_a_third_one():
    """A fourth is none."""
    assert borda(PLACES).tolist() == [8, 9, 4, 0]


def test_who_is_first_and_who_is_among_the_first_three():
    """How many people, not how many points."""
    assert first_places(PLACES).tolist() == [2, 2, 0, 0]
    assert named(PLACES).tolist() == [3, 4, 3, 0]


def test_who_wins_the_duels():
    """What is ranked beats what is not; two that are not ranked do not meet."""
    assert copeland(PLACES).tolist() == [2, 2, -1, -3]


@given(ORDERS)
def test_points_duels_and_places_add_up(orders):
    """Six points for each who ranked three or more; every duel won is one lost."""
    places = np.array(orders, dtype=np.int16)
    assert borda(places).sum() == 6 * len(orders)
    assert first_places(places).sum() == len(orders)
    assert copeland(places).sum() == 0


@given(ORDERS)
def test_agreement_is_friedmans_statistic_on_its_own_scale(orders):
    """W = chi-square / (people * (choices - 1)), by scipy, to 1e-9."""
    places = np.array(orders, dtype=np.int16)
    expected = friedmanchisquare(*places.T).statistic / (len(orders) * 3)
    assert concordance(places) == pytest.approx(expected, abs=1e-9)


def test_agreement_is_whole_when_all_say_the_same():
    """With ties too; and none where nobody ranks anything."""
    assert concordance(np.array([[1, 2, 0, 0]] * 5, dtype=np.int16)) == pytest.approx(1)
    assert concordance(np.zeros((3, 4), dtype=np.int16)) == 0

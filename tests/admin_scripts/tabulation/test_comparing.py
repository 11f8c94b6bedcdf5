"""Groups are compared by the test that fits, all of a publication together."""

import numpy as np
import pytest

from admin_scripts.microdata.variables import Measure
from admin_scripts.publication import Comparison, Table, TableKind
from admin_scripts.tabulation.comparing import adjusted, compare
from admin_scripts.tabulation.items import item_of
from tests.admin_scripts.tabulation.answers import column, variable

HALVES = [np.arange(24) < 12, np.arange(24) >= 12]
THIRDS = [np.arange(24) // 8 == part for part in range(3)]


@pytest.mark.parametrize(
    ("question", "groups", "test"),
    [
        (variable("q", names=("1", "2")), HALVES, "fisher"),
        (variable("q", names=("1", "2")), THIRDS, "permutation chi-square"),
        (variable("q", "select_multiple", names=("1", "2")), HALVES, "permutation chi-square"),
        (variable("q", measure=Measure.ORDINAL, names=("1", "2")), HALVES, "mann-whitney"),
        (variable("q", "integer", Measure.SCALE), THIRDS, "kruskal-wallis (permutation)"),
    ],
)
def test_the_test_fits_the_question(question, groups, test):
    """Nominal ones by their counts, ordered ones by ranks."""
    found = compare(item_of(column(question, ["1", "2"] * 12)), groups, 1, ("Altre",))
    assert (found.test, found.is_indicative, found.left_out) == (test, groups is THIRDS, ("Altre",))
    assert found.p == found.adjusted > 0.9


def test_one_group_is_compared_with_nobody():
    """Nor are open answers."""
    item = item_of(column(variable("q", names=("1", "2")), ["1"] * 12 + ["."] * 12))
    assert compare(item, HALVES, 1) is None
    assert compare(item_of(column(variable("q", "text"), ["bene"] * 24)), HALVES, 1) is None


def test_comparisons_are_adjusted_over_all_tables():
    """Tables without one do not count."""
    ps = (0.01, None, 0.04)
    tables = [
        Table(
            "q", TableKind.CHOICE, {}, {}, "", {}, (), comparison=p and Comparison("fisher", p, p, is_indicative=False)
        )
        for p in ps
    ]
    assert [one.comparison and one.comparison.adjusted for one in adjusted(tables)] == [0.02, None, 0.04]

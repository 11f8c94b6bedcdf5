"""The responses are weighted to the register where enough have answered."""

import numpy as np
import pytest

from admin_scripts.microdata.variables import Measure
from admin_scripts.tabulation.weighting import margin_of
from tests.admin_scripts.tabulation.answers import column, variable

AREA = variable("area", names=("a", "b", "nd"))
SAID = ["a"] * 6 + ["b"] * 5


def test_a_margin_has_the_registers_people_by_class():
    """Who did not say is in none."""
    margin, reason = margin_of(column(AREA, [*SAID, "-"]), {"b": 10, "a": 20}, 5)
    assert reason == ""
    assert margin.classes.tolist() == [1] * 6 + [0] * 5 + [-1]
    assert margin.targets.tolist() == [10, 20]


@pytest.mark.parametrize(
    ("said", "people", "reason"),
    [
        (SAID[:10], {"a": 20, "b": 10}, "1 classes have fewer than 5 responses"),
        (SAID, {"a": 20, "b": 10, "c": 1}, "1 values of the register are not choices of the question"),
        (["a"] * 6, {"a": 20}, "it has only one class"),
        (SAID, {"a": 20, "c": 1}, "1 values of the register are not choices of the question"),
        (SAID[:6] + ["nd"] * 5, {"a": 20, "b": 0}, "1 classes have fewer than 5 responses"),
        ([*SAID, "nd"], {"a": 20, "b": 10}, "somebody chose what nobody of the register has"),
    ],
)
def test_a_margin_that_does_not_fit_is_left_out_with_the_reason(said, people, reason):
    """Fewer than five would speak for many."""
    assert margin_of(column(AREA, said), people, 5) == (None, reason)


def test_only_one_answer_of_several_can_be_a_margin():
    """Not a number, nor several answers."""
    number = column(variable("n", "integer", Measure.SCALE), ["1"] * 9)
    assert np.isfinite(number.values).all()
    assert margin_of(number, {"1": 9}, 5) == (None, "not a question with one answer")

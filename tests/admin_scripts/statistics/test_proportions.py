"""A proportion of a finite population: the limits are exact, and hold at least as often as they say."""

from math import comb

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from admin_scripts.statistics.proportions import exact_interval, margin_of_error, population_of


@st.composite
def draws(draw):
    """A count in a base of a population."""
    population = draw(st.integers(1, 160))
    base = draw(st.integers(1, population))
    return draw(st.integers(0, base)), base, population


def test_half_of_69_answers_of_134_people_is_between_44_and_60():
    """The published case: without the population it would be 40.6 to 63.5."""
    low, high = exact_interval(36, 69, 134)
    assert (round(100 * low, 1), round(100 * high, 1)) == (44.0, 60.4)


@pytest.mark.parametrize(("base", "population", "points"), [(69, 134, 8.3), (68, 133, 8.4), (36, 70, 11.5)])
def test_a_margin_of_error_knows_the_population(base, population, points):
    """By hand: 1.96 times the root of 0.25 / (n - 1) * (1 - n / N)."""
    by_hand = 1.959963984540054 * (0.25 / (base - 1) * (1 - base / population)) ** 0.5
    assert margin_of_error(base, population) == pytest.approx(by_hand, rel=1e-12)
    assert round(100 * margin_of_error(base, population), 1) == points


def test_a_margin_of_error_is_smaller_at_the_ends():
    """At 10 % three fifths of that at 50 %; nothing if all have answered, and everything if hardly anybody has."""
    assert margin_of_error(69, 134, 0.1) == pytest.approx(0.6 * margin_of_error(69, 134))
    assert margin_of_error(134, 134) == 0
    assert margin_of_error(0, 134) == margin_of_error(1, 134) == 1


def test_a_base_stands_for_its_part_of_the_register():
    """36 of 69 responses stand for 70 of 134 people; never for fewer than they are."""
    assert population_of(36, 69, 134) == 70
    assert population_of(69, 69, 134) == 134
    assert population_of(3, 3, 2) == 3
    assert population_of(0, 0, 134) == 0


@settings(max_examples=60, deadline=None)
@given(draws())
@example((0, 1, 40))
@example((1, 1, 40))
def test_the_limits_are_those_that_trying_every_population_finds(drawn):
    """By counting all draws, in whole numbers: all numbers of people that 2.5 % a side do not rule out."""
    count, base, population = drawn
    fits = []
    for people in range(count, population - (base - count) + 1):
        draws_with = [comb(people, one) * comb(population - people, base - one) for one in range(base + 1)]
        as_many, as_few = sum(draws_with[count:]), sum(draws_with[: count + 1])
        if min(as_many, as_few) * 40 > comb(population, base):
            fits.append(people)
    assert exact_interval(count, base, population) == (fits[0] / population, fits[-1] / population)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 45).flatmap(lambda population: st.tuples(st.integers(1, population), st.just(population))))
def test_the_truth_is_inside_in_at_least_95_of_100_draws(drawn):
    """Counted, not simulated: for every number of people who have it, the draws whose limits hold it."""
    base, population = drawn
    limits = [exact_interval(count, base, population) for count in range(base + 1)]
    for people in range(population + 1):
        chances = hypergeom.pmf(range(base + 1), population, people, base)
        holding = [low - 1e-12 <= people / population <= high + 1e-12 for low, high in limits]
        assert sum(chance for chance, holds in zip(chances, holding, strict=True) if holds) >= 0.95 - 1e-9


def test_without_an_answer_nothing_is_known_and_with_all_everything():
    """From 0 to 100 %, and one point."""
    assert exact_interval(0, 0, 10) == (0, 1)
    assert exact_interval(3, 12, 12) == (0.25, 0.25)

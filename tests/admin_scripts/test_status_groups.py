"""From all that is told of small groups nobody can work out that nobody, or everybody, of one has answered."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.status_units import complete_section, units_section
from storage.dispositions import Disposition
from storage.small_groups import count_told, joined, percentage_in_words, protected, rate_told

SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 12))


@st.composite
def units(draw):
    """(complete, people) of a few groups of at least five; the ends are more likely than the middle."""
    sizes = draw(st.lists(st.integers(5, 22), min_size=2, max_size=4))
    return [(draw(st.one_of(st.sampled_from([0, 1, n - 1, n]), st.integers(0, n))), n) for n in sizes]


def worlds(told):
    """Every way in which the numbers could be, for somebody who knows what is told and the total."""
    total = sum(one.number for one in told)
    return [world for world in product(*(range(one.low, one.high + 1) for one in told)) if sum(world) == total]


# ---------------------------------------------------------------- joining


@given(SIZES)
def test_no_group_under_five_is_shown_or_follows_from_the_total(sizes):
    """Neither alone nor joined; unless there are fewer than five people altogether, and then nothing is shown."""
    alone, together = joined(sizes)
    assert all(sizes[name] >= 5 for name in alone)
    assert sum(sizes[name] for name in together) >= 5 or not together or not alone


@given(SIZES)
def test_every_group_is_shown_once(sizes):
    """Alone or with others, in the order in which they are; never is one hidden alone."""
    alone, together = joined(sizes)
    assert sorted(alone + together) == sorted(name for name in sizes if sizes[name])
    assert len(together) != 1 or not alone
    assert [name for name in sizes if name in alone] == alone


@given(SIZES)
def test_large_groups_stay_alone_unless_a_small_one_needs_them(sizes):
    """Where all are large, none is joined; where the small ones are five together, only they are."""
    _, together = joined(sizes)
    small = [name for name in sizes if 0 < sizes[name] < 5]
    if not small or sum(sizes[name] for name in small) >= 5:
        assert together == small


# ---------------------------------------------------------------- ranges


@given(units())
def test_no_group_is_known_to_have_answered_completely_or_not_at_all(groups):
    """If it is under 20: there is always another way in which it could be, or nothing is told."""
    told = protected([rate_told(*group) for group in groups])
    if told is None:
        return
    possible = worlds(told)
    for place, (complete, people) in enumerate(groups):
        if people < 20 and complete in (0, people):
            assert len({world[place] for world in possible}) > 1


@given(units())
def test_what_is_told_is_true(groups):
    """The number is within its range, and large groups of an ordinary rate are told exactly if they can be."""
    for one in protected([rate_told(*group) for group in groups]) or ():
        assert one.low <= one.number <= one.high


def test_a_group_that_would_give_another_away_is_hidden():
    """All ten of one have answered; with the exact numbers of the others that would follow from the total."""
    told = protected([rate_told(10, 10), rate_told(6, 12), rate_told(14, 28)])
    assert [percentage_in_words(one) for one in told[:2]] == [">= 90%", "not shown"]
    assert told[2].is_exact


def test_nothing_more_is_hidden_than_needed():
    """Two ranges hide each other."""
    told = protected([rate_told(10, 10), rate_told(11, 12), rate_told(6, 12)])
    assert [one.is_exact for one in told] == [False, False, True]
    assert all(one.is_exact for one in protected([rate_told(5, 10), rate_told(0, 20), rate_told(30, 30)]))


@pytest.mark.parametrize(
    ("complete", "people", "words"),
    [
        (0, 10, "<= 10%"),
        (1, 10, "<= 10%"),
        (1, 19, "<= 10%"),
        (18, 19, ">= 90%"),
        (10, 10, ">= 90%"),
        (0, 5, "<= 20%"),
        (1, 5, "<= 20%"),
        (4, 5, ">= 80%"),
        (9, 9, ">= 80%"),
        (0, 9, "<= 20%"),
    ],
)
def test_a_range_is_true_and_wide_enough(complete, people, words):
    """Of fewer than ten people 10 % is less than one: it would say "nobody"."""
    told = rate_told(complete, people)
    assert percentage_in_words(told) == words
    edge = int("".join(filter(str.isdigit, words)))
    shares = [100 * number / people for number in range(told.low, told.high + 1)]
    assert all(share <= edge if words.startswith("<") else share >= edge for share in shares)
    assert len(shares) > 1


@pytest.mark.parametrize(("complete", "people"), [(2, 19), (17, 19), (0, 20), (20, 20), (3, 5), (2, 5)])
def test_ordinary_rates_and_large_groups_are_exact(complete, people):
    """From 20 people on also 0 % and 100 %."""
    assert rate_told(complete, people).is_exact


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_a_count_under_five_cannot_be_worked_out(numbers):
    """Or none is told."""
    total = sum(numbers)
    told = protected([count_told(number, total) for number in numbers])
    for place, number in enumerate(numbers):
        if told is not None and number < 5:
            assert len({world[place] for world in worlds(told)}) > 1


# ---------------------------------------------------------------- shown


def outcomes(complete, others):
    """A group of so many."""
    return {Disposition.COMPLETE: complete, Disposition.NON_CONTACT: others}


def test_units_are_shown_with_the_number_of_their_people():
    """Small ones as one; whoever is not eligible is none of them."""
    groups = {
        "north": outcomes(8, 8),
        "south": outcomes(5, 15) | {Disposition.NOT_ELIGIBLE: 9},
        "hill": outcomes(1, 2),
        "": outcomes(1, 1),
    }
    section = units_section("area", groups)
    assert section.title == "Response rate by area"
    assert section.rows == [("north", "16", "50%"), ("south", "20", "25%"), ("other (2 groups)", "5", "40%")]


def test_a_single_small_unit_takes_the_next_smallest_with_it():
    """It would be the rest of the total."""
    section = units_section("zone", {"a": outcomes(10, 10), "b": outcomes(3, 3), "c": outcomes(1, 0)})
    assert section.rows == [("a", "20", "50%"), ("other (2 groups)", "7", "57%")]


def test_units_that_cannot_be_protected_are_not_shown():
    """Nine of ten and nobody else: the ranges would leave one possibility."""
    groups = {"a": outcomes(9, 1), "b": outcomes(0, 10), "c": outcomes(0, 30)}
    assert not units_section("area", groups).rows


def test_nobody_at_all_is_no_secret():
    """The total says so; the ranges are shown as they always are."""
    section = units_section("area", {"a": outcomes(0, 10), "b": outcomes(0, 30)})
    assert [row[2] for row in section.rows] == ["<= 10%", "0%"]


@pytest.mark.parametrize("groups", [{"a": outcomes(30, 30)}, {"a": outcomes(30, 30), "b": outcomes(1, 0)}])
def test_one_unit_alone_is_not_shown(groups):
    """It says nothing, or too much."""
    section = units_section("area", groups)
    assert not section.rows
    assert "not shown" in section.notes[0]


def test_complete_ones_by_language_show_no_small_group():
    """If there would be only one such group, the next is hidden with it."""
    assert complete_section("language", {"it": 60, "en": 9}).rows == [("it", "60"), ("en", "9")]
    assert complete_section("language", {"it": 60, "en": 9, "de": 3, "fr": 2}).rows == [
        ("it", "60"),
        ("en", "9"),
        ("other", "5"),
    ]
    assert complete_section("language", {"it": 60, "en": 9, "de": 1}).rows == [("it", "60"), ("other", "10")]
    assert not complete_section("language", {"it": 60, "en": 4}).rows
    assert complete_section("language", {"it": 5}).rows == [("it", "5")]
    assert not complete_section("language", {"it": 4}).rows

"""P65: rows of a protected export cannot be told from at least k - 1 others by what describes a person."""

from collections import Counter

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from admin_scripts.disclosure.protect import count_in, protect

tables = st.lists(st.tuples(st.integers(-2, 3), st.integers(0, 1), st.integers(0, 8)), max_size=60)


def masked(rows, k=5, columns=("a", "b", "c"), in_sight=0):
    """What is let out of each row; None for what is withheld."""
    codes = [np.array([row[place] for row in rows], dtype=np.int64) for place in range(len(columns))]
    protection = protect(columns, count_in(codes), k, in_sight=in_sight)
    masks = protection.masks(codes)
    return [
        tuple(None if masks[place][number] else value for place, value in enumerate(row))
        for number, row in enumerate(rows)
    ]


@given(tables, st.integers(2, 10))
def test_p65_each_row_is_like_k_others(rows, k):
    """Every combination that is let out is that of at least k rows, or nothing at all is."""
    classes = Counter(masked(rows, k))
    assert not [one for one, number in classes.items() if number < k and one != (None, None, None)]


@given(tables)
def test_p65_what_is_let_out_is_true(rows):
    """A value is withheld or as it was, never another."""
    assert all(
        out in (None, value)
        for row, let in zip(rows, masked(rows), strict=True)
        for out, value in zip(let, row, strict=True)
    )


@given(tables)
def test_p65_the_order_of_the_rows_changes_nothing(rows):
    """Chunks can come in any order and be of any size."""
    assert Counter(masked(rows)) == Counter(masked(rows[::-1]))


def test_p65_coarse_columns_are_let_out_before_fine_ones():
    """The Area, in which 8 work, is told; the office in it, in which fewer work, is not."""
    assert masked([(1, 0, n) for n in range(8)]) == [(1, 0, None)] * 8


def test_p65_a_single_small_value_is_not_alone():
    """What is withheld of one person only would be known from the number of the others: another goes with it."""
    rows = [(1,)] * 9 + [(2,)] * 6 + [(3,)]
    assert masked(rows, columns=("a",)) == [(1,)] * 9 + [(None,)] * 7


@given(tables, tables)
@example([(0, 0, 1)] * 5 + [(2, 1, 5)] * 3 + [(2, 0, 4)] * 3, [(3, 1, 0)])  # one more value: which column is coarser?
def test_p65_rows_that_are_seen_to_differ_hide_among_their_like(rows, others):
    """With those who stopped half-way in the file, what is told of those who handed in is what is told without them."""
    handed_in, stopped = [(0, *row) for row in rows], [(1, *row) for row in others]
    columns = ("disposition", "a", "b", "c")
    both = masked(handed_in + stopped, columns=columns, in_sight=1)
    assert both[: len(rows)] == masked(handed_in, columns=columns, in_sight=1)
    assert [one[1:] for one in both[: len(rows)]] == masked(rows)
    classes = Counter(both)
    assert not [one for one, number in classes.items() if number < 5 and one[1:] != (None, None, None)]


def test_p65_no_rows_are_no_matter():
    """Nor are surveys without anything that describes a person."""
    assert masked([]) == []
    assert protect((), {(): 7}).masks([]) == []

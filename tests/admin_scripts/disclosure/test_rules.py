"""P61: base, homogeneity and complement on random tables; the cell rule, attacked."""

from hypothesis import given, settings
from hypothesis import strategies as st

from admin_scripts.disclosure.merging import cut, size_of, tree_of
from admin_scripts.disclosure.rules import Counted, Rules, hidden_groups, is_alike, prevailing
from admin_scripts.disclosure.suppression import TOTAL, Cells, hidden_cells, known
from admin_scripts.publication import Hidden

sizes = st.lists(st.integers(0, 30), min_size=1, max_size=8)
single = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=5)


def groups_of(table, k=5):
    """A group for each line of counts, those of fewer than k left out."""
    return [Counted(sum(counts), counts) for counts in table if sum(counts) >= k]


def whole(groups):
    """Everybody."""
    return Counted(
        sum(one.base for one in groups), [sum(column) for column in zip(*(g.counts for g in groups), strict=True)]
    )


@given(sizes, st.integers(3, 10))
def test_p61_no_group_that_is_shown_is_under_k(sizes, k):
    """Groups are merged until none is; everybody is in exactly one of them."""
    nodes = cut(tree_of(sizes), sizes, k)
    assert all(size_of(node, sizes) >= k for node in nodes)
    assert len(nodes) != 1
    assert not nodes or sorted(place for node in nodes for place in node) == list(range(len(sizes)))


@given(sizes, st.integers(3, 10), st.data())
def test_p63_two_questions_never_show_groups_that_overlap(sizes, k, data):
    """What one question merges another shows as it is or merges with more: the difference is always a branch."""
    fewer = [data.draw(st.integers(0, size)) for size in sizes]
    tree = tree_of(sizes)
    for one in cut(tree, sizes, k):
        for other in cut(tree, fewer, k):
            assert set(one) <= set(other) or not set(one) & set(other)


@given(single)
def test_p61_homogeneity_and_complement(table):
    """A small group in which (nearly) all said the same is hidden, and never exactly one group is."""
    groups = groups_of(table)
    hidden = hidden_groups(groups, Rules())
    assert not [place for place, group in enumerate(groups) if is_alike(group) and place not in hidden]
    assert len(hidden) != 1 or len(groups) == 1
    assert not hidden or sum(groups[place].base for place in hidden) >= 5


@settings(max_examples=40)
@given(single, st.booleans())
def test_p62_no_hidden_cell_can_be_worked_out(table, is_multiple):
    """The range that follows for a cell under k is at least k wide, or as wide as its whole group."""
    groups = groups_of(table)
    if not groups:
        return
    everybody = whole(groups)
    hidden = hidden_cells(everybody, groups, 5, is_multiple=is_multiple)
    system = known(Cells(everybody, groups, is_multiple, 5, set(hidden)))
    for place, group in enumerate(groups):
        for line, count in enumerate(group.counts):
            assert count >= 5 or (place, line) in hidden
            if count < 5:
                low, high = system.range_of([(place, line)])
                assert low <= count <= high
                assert high - low >= min(5, group.base)
    assert all((TOTAL, line) in hidden for line, count in enumerate(everybody.counts) if count < 5)


def test_p62_small_cells_alone_leak():
    """Hiding only what is under k is not enough: the totals give it back. So another cell goes with it."""
    groups = [Counted(20, [3, 8, 9]), Counted(24, [10, 6, 8]), Counted(25, [9, 7, 9])]
    leaking = known(Cells(whole(groups), groups, is_multiple=False, k=5, hidden={(0, 0)}))
    assert leaking.range_of([(0, 0)]) == (3, 3)
    hidden = hidden_cells(whole(groups), groups, 5, is_multiple=False)
    assert {(0, 0)} < hidden
    low, high = known(Cells(whole(groups), groups, is_multiple=False, k=5, hidden=set(hidden))).range_of([(0, 0)])
    assert high - low >= 5


def test_of_what_nearly_all_said_it_is_told_what_prevails_while_another_group_stays_shown():
    """Whether it was all of them cannot be known: with the group a smallest other one is hidden, one and no more."""
    groups = [Counted(6, [6, 0, 0]), Counted(9, [3, 3, 3]), Counted(30, [20, 10, 0]), Counted(8, [4, 4, 0])]
    assert hidden_groups(groups, Rules()) == {0: Hidden.ALIKE, 3: Hidden.COMPLEMENT}


def test_where_that_is_not_enough_all_groups_are_hidden_and_nothing_is_said_of_any():
    """Neither what prevails nor in how many of them: from that, too, somebody could calculate."""
    groups = [Counted(6, [6, 0, 0]), Counted(9, [9, 0, 0]), Counted(30, [20, 10, 0])]
    assert hidden_groups(groups, Rules()) == dict.fromkeys(range(3), Hidden.COMPLEMENT)
    groups = [Counted(6, [6, 0]), Counted(9, [7, 2]), Counted(30, [20, 10]), Counted(30, [20, 10])]
    assert hidden_groups(groups, Rules()) == dict.fromkeys(range(4), Hidden.COMPLEMENT)


def test_what_prevails_is_not_told_where_the_totals_make_it_exact():
    """Two groups in which all but at most one said yes, and two in all said no: then it was one in each."""
    groups = [Counted(9, [8, 1]), Counted(5, [4, 1])]
    assert hidden_groups(groups, Rules()) == {0: Hidden.COMPLEMENT, 1: Hidden.COMPLEMENT}


def test_of_several_lines_that_all_have_chosen_the_most_frequent_of_everybody_is_named():
    """Were it the most frequent of the group, that would tell that the other is not as frequent in it."""
    groups = [Counted(6, [5, 6, 0]), Counted(9, [7, 2, 3]), Counted(30, [20, 10, 9])]
    assert [prevailing(groups, 0), groups[0].most] == [0, 1]
    assert hidden_groups(groups, Rules(), is_multiple=True)[0] is Hidden.ALIKE

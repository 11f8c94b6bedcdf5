"""Groups and repeats whose ends are missing, too many or crossed: one remedy for each mistake, and they hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.forms.nesting import read_nesting
from conversations.forms.workbook import Row, Sheet

G, R, EG, ER = "begin_group", "begin_repeat", "end_group", "end_repeat"


def sheet(kinds, numbers=None):
    rows = tuple(Row(number, {"type": kind}) for number, kind in zip(numbers or range(2, 999), kinds, strict=False))
    return Sheet("survey", {"type": "A"}, rows)


def followed(kinds):
    """The sheet after every remedy is followed, from the last row to the first."""
    below, instead, gone, last = {}, {}, set(), []
    for problem in read_nesting(sheet(kinds)).problems:
        row = int(problem.cell.removeprefix("survey!A"))
        for kind in re.findall(r"rite '(\w+)' here", problem.remedy):
            instead[row] = kind
        for kind, place in re.findall(r"and '(\w+)' in row (\d+)", problem.remedy):
            instead[int(place)] = kind
        if problem.code == "not-begun":
            gone.add(row)
        for kind, place in re.findall(r"^Add a row '(\w+)' (?:before row (\d+)|where it ends)", problem.remedy):
            below.setdefault(int(place) if place else 999, []).append((row, kind))
    for row, kind in enumerate(kinds, start=2):
        last += [missing for _, missing in sorted(below.get(row, ()), reverse=True)]
        last += [] if row in gone else [instead.get(row, kind)]
    return last + [missing for _, missing in sorted(below.get(999, ()), reverse=True)]


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([G, R, ER, EG], []),
        ([R, G, ER], [("not-ended", 3)]),
        ([R, G, R, G, ER, ER], [("not-ended", 3), ("not-ended", 5)]),
        ([G, R, EG, ER], [("crossed", 4)]),
        ([G, R, G, ER, EG], [("not-ended", 4)]),
        ([G, ER], [("crossed", 3)]),
        ([EG, G, EG], [("not-begun", 2)]),
        ([G, R], [("not-ended", 2), ("not-ended", 3)]),
        ([G, ER, EG], [("not-begun", 3)]),
    ],
)
def test_each_mistake_is_told_once_where_it_is(kinds, told):
    """And nothing that is right is blamed."""
    problems = read_nesting(sheet(kinds)).problems
    assert sorted((problem.code, int(problem.cell.removeprefix("survey!A"))) for problem in problems) == sorted(told)


def test_an_end_that_is_missing_is_asked_for_where_the_group_around_it_ends():
    """With the row."""
    (problem,) = read_nesting(sheet([R, "text", G, "text", ER])).problems
    assert problem.what == "This group is never ended."
    assert problem.remedy == "Add a row 'end_group' before row 6, where the repeat around it ends."


@given(st.lists(st.sampled_from([G, R, EG, ER, "text"]), max_size=9))
def test_who_follows_the_remedies_has_no_such_mistake_any_more(kinds):
    """Whatever stood there."""
    assert read_nesting(sheet(followed(kinds))).problems == ()

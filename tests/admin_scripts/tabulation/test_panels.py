"""What a table says of a question: counts, bases, percentages, limits, reasons for no answer, figures."""

import numpy as np
import pytest

from admin_scripts.microdata.variables import Measure
from admin_scripts.publication import Group, TableKind
from admin_scripts.statistics.proportions import exact_interval
from admin_scripts.tabulation.item import for_groups
from admin_scripts.tabulation.items import item_of
from admin_scripts.tabulation.panels import Frame, panel_of
from tests.admin_scripts.tabulation.answers import column, variable

FRAME = Frame(134, 69)
LEVEL = variable("livello_zo", measure=Measure.ORDINAL, names=("tutti", "parte", "nessuno"))
MONITORED = variable("monitoraggio", "select_multiple", names=("report", "verifiche", "nessuno"))
AGREED = variable("op", measure=Measure.ORDINAL, names="12345")


def figures(panel):
    """By name."""
    return {figure.name: figure.value for figure in panel.figures}


def counts(panel):
    """By the code of the line."""
    return {line.code: line.share.count for line in panel.lines}


def test_the_published_figures_of_2020():
    """11, 9 and 16 of the 36 who work for the Comuni: 31, 25 and 44 %, within 11.5 points of 70 people."""
    panel = panel_of(item_of(column(LEVEL, ["tutti"] * 11 + ["parte"] * 9 + ["nessuno"] * 16 + ["."] * 33)), FRAME)
    assert (panel.asked, panel.answered, panel.population) == (36, 36, 70)
    assert [round(line.share.percent) for line in panel.lines] == [31, 25, 44]
    assert round(panel.margin, 1) == 11.5
    first = panel.lines[0].share
    assert (first.low / 100, first.high / 100) == pytest.approx(exact_interval(11, 36, 70))


def test_who_does_not_know_is_outside_the_base():
    """2 of the 30 who know say there is no monitoring: 7 %. 6 of the 36 who were asked do not know."""
    said = ["nessuno"] * 2 + ["report"] * 20 + ["report verifiche"] * 8 + ["?"] * 6 + ["."] * 33
    panel = panel_of(item_of(column(MONITORED, said)), FRAME)
    none, why = panel.lines[2], panel.lines[3]
    assert (panel.asked, panel.answered, panel.population) == (36, 30, 58)
    assert (round(none.share.percent), round(none.share.of_asked, 1)) == (7, 5.6)
    assert (why.code, why.is_answer, why.share.count, why.share.base) == ("missing:dont_know", False, 6, 36)


def test_several_answers_are_percentages_of_respondents():
    """Their sum is more than 100."""
    panel = panel_of(item_of(column(MONITORED, ["report verifiche"] * 3 + ["report"])), Frame(8, 4))
    assert [line.share.percent for line in panel.lines] == [100, 75, 0]


def test_a_group_is_counted_by_itself():
    """Its base stands for its part of the register."""
    item = item_of(column(LEVEL, ["tutti", "parte", "parte", "-", "!"] * 2))
    mine = Group(("a",), {"it": "A"})
    panel = panel_of(item, Frame(20, 10), np.arange(10) < 5, mine)
    assert (panel.group, panel.asked, panel.answered, panel.population) == (mine, 5, 3, 6)
    assert counts(panel) == {
        "tutti": 1, "parte": 2, "nessuno": 0, "missing:skipped": 1, "missing:prefer_not": 1,
    }  # fmt: skip


def test_weighted_percentages_stand_beside():
    """One of four weighs as much as the others together."""
    item = item_of(column(LEVEL, ["tutti", "parte", "parte", "parte"]))
    panel = panel_of(item, Frame(8, 4, np.array([3.0, 1, 1, 1])))
    assert [line.share.weighted for line in panel.lines] == [50, 50, 0]
    assert [line.share.percent for line in panel.lines] == [25, 75, 0]


def test_rows_of_a_repeat_stand_for_themselves():
    """No margin, no limits around a percentage."""
    panel = panel_of(item_of(column(LEVEL, ["tutti", "parte"])), Frame(0, 0, is_people=False))
    assert (panel.population, panel.margin) == (2, None)
    assert {(one.share.low, one.share.percent, one.share.high) for one in panel.lines} == {(50, 50, 50), (0, 0, 0)}


def test_of_nobody_there_are_zeros():
    """No figures, and limits that know nothing."""
    panel = panel_of(item_of(column(AGREED, [".", "."])), FRAME)
    assert (panel.asked, panel.answered, panel.figures, panel.margin) == (0, 0, (), None)
    assert panel.lines[0].share.percent == 0


def test_a_scale_has_its_median_and_its_ends():
    """Of five steps named by numbers: the two on top, the two at the bottom, and the difference."""
    panel = panel_of(item_of(column(AGREED, list("1223444555"))), Frame(20, 10))
    assert figures(panel) == {"median": 4, "top2": 60, "bottom2": 30, "net": 30}


def test_steps_that_are_words_have_no_top():
    """Nobody but the author knows which end is the good one."""
    assert set(figures(panel_of(item_of(column(LEVEL, ["tutti", "parte"])), FRAME))) == {"median"}


def test_in_groups_five_steps_are_three():
    """Labels are put together as they are; other items stay."""
    item = for_groups(item_of(column(AGREED, list("1223444555"))))
    panel = panel_of(item, Frame(20, 10))
    assert [(line.code, line.labels["it"], line.share.count) for line in panel.lines] == [
        ("1+2", "1 + 2", 3), ("3", "3", 1), ("4+5", "4 + 5", 6),
    ]  # fmt: skip
    assert figures(panel) == {"top2": 60, "bottom2": 30, "net": 30}
    assert for_groups(item_of(column(LEVEL, ["tutti"]))).categories == item_of(column(LEVEL, ["tutti"])).categories


def test_marks_of_0_to_10_are_a_score():
    """From 30 answers on; in groups three lines."""
    marks = column(variable("consiglio", "range", Measure.SCALE), [str(n % 11) for n in range(33)])
    item = item_of(marks, ("0", "10"), ("it",))
    panel = panel_of(item, Frame(66, 33))
    assert item.kind is TableKind.NPS
    assert [line.share.count for line in panel.lines] == [3] * 11
    assert figures(panel)["nps"] == pytest.approx(100 * (6 - 21) / 33)
    assert "nps" not in figures(panel_of(item, Frame(66, 33), np.arange(33) < 29))
    assert counts(panel_of(for_groups(item), Frame(66, 33))) == {"0-6": 21, "7-8": 6, "9-10": 6}

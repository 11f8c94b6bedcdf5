"""P61, P67: what sums answers up tells no more of few people than their numbers do."""

from dataclasses import replace
from random import Random

import pytest

from admin_scripts.audit import audit_all
from admin_scripts.disclosure import crossing, gate
from admin_scripts.disclosure.gate import Wanted, publish
from admin_scripts.publication import Hidden
from tests.admin_scripts.disclosure.datasets import dataset_of

FORM = """
| survey  |
|         | type              | name  | label  | x_disclosure |
|         | select_one area   | area  | Where? | quasi        |
|         | select_one sex    | sex   | Sex?   | quasi        |
|         | integer           | paid  | Paid?  |              |
|         | rank aim          | order | Order? |              |
|         | select_one aim    | aim_1 | First? |              |
|         | select_one aim    | aim_2 | Then?  |              |
| choices |
|         | list_name | name  | label    |
|         | area      | a     | Area A   |
|         | area      | b     | Area B   |
|         | area      | c     | Area C   |
|         | sex       | f     | F        |
|         | sex       | m     | M        |
|         | aim       | x     | X        |
|         | aim       | y     | Y        |
|         | aim       | z     | Z        |
"""


def published(rows, by="", register=None, **wanted):
    """The publication and, by question, its panels by group."""
    publication = publish(dataset_of(rows, FORM, register), Wanted(by=by, **wanted))
    return publication, {
        table.variable: {"+".join(panel.group.codes): panel for panel in table.panels} for table in publication.tables
    }


def figures(panel):
    """By name."""
    return {figure.name: figure.value for figure in panel.figures}


def rules_broken(publication):
    """The rules by which the audit found something."""
    return {finding.rule for finding in audit_all({0: publication})}


def paid(**areas):
    """So many in each area, with numbers that nobody else has."""
    random = Random(1)
    return [{"area": area, "paid": str(random.randrange(1000, 9000))} for area, n in areas.items() for _ in range(n)]


def untempered(monkeypatch):
    """A gate that lets out every figure as it is."""
    monkeypatch.setattr(crossing, "tempered", lambda panel, *_: panel)
    monkeypatch.setattr(crossing, "without_mean", lambda panel: panel)


@pytest.mark.parametrize(("people", "told"), [(9, set()), (10, {"mean", "q1", "median", "q3"})])
def test_of_few_numbers_no_figure_is_told(monkeypatch, people, told):
    """The median of nine is what one of them said."""
    rows = paid(a=people)
    publication, panels = published(rows)
    assert set(figures(panels["paid"][""])) == told
    assert rules_broken(publication) == set()
    untempered(monkeypatch)
    assert rules_broken(published(rows)[0]) >= ({"exact"} if told else {"base"})


def test_a_number_is_told_as_exactly_as_it_spreads():
    """The median of eleven is what one of them said, too: so it is rounded, as the quartiles and the mean are."""
    _, panels = published([{"area": "a", "paid": str(1000 + 617 * n)} for n in range(11)])
    assert figures(panels["paid"][""]) == {"mean": 4100.0, "q1": 2500.0, "median": 4100.0, "q3": 5600.0}
    _, panels = published([{"area": "a", "paid": str(3 + n % 8)} for n in range(11)])
    assert figures(panels["paid"][""])["mean"] == pytest.approx(5.8)


def test_the_mean_of_a_group_that_has_none_does_not_follow_from_the_others(monkeypatch):
    """Five people in c: everybody's mean without those of a and b would be theirs. So no group has one."""
    rows = paid(a=14, b=14, c=5)
    publication, panels = published(rows, by="area")
    assert [name for name, panel in panels["paid"].items() if "mean" in figures(panel)] == [""]
    assert {"median", "q1"} <= figures(panels["paid"]["a"]).keys()
    assert rules_broken(publication) == set()
    monkeypatch.setattr(crossing, "without_mean", lambda panel: panel)
    assert rules_broken(published(rows, by="area")[0]) == {"complement"}
    _, panels = published(paid(a=14, b=14, c=10), by="area")
    assert all("mean" in figures(panel) for panel in panels["paid"].values())


def test_numbers_that_are_all_the_same_are_what_everybody_said():
    """Nine times 777 is told neither as a median nor in classes, nor by groups where there are no classes."""
    publication, panels = published([{"area": "a", "paid": "777"}] * 9)
    assert (panels["paid"][""].hidden, panels["paid"][""].prevalent) == (Hidden.ALIKE, "")
    rows = [{"area": "ab"[n % 2], "paid": "777" if n % 4 else str(n)} for n in range(24)]
    publication, panels = published(rows, by="area")
    assert [panel.hidden for panel in panels["paid"].values()] == [None, Hidden.COMPLEMENT, Hidden.COMPLEMENT]
    assert rules_broken(publication) == set()


ORDERS = ("x y z", "y z x", "z x y", "z y x")


def ranked(last):
    """Twelve in a and in b who differ, and eight in c of the same mind or not."""
    rows = [{"area": "ab"[n % 2], "order": ORDERS[n // 2 % 4]} for n in range(24)]
    rows += [{"area": "c", "order": last[n % len(last)]} for n in range(8)]
    return [{**row, "aim_1": row["order"][0], "aim_2": row["order"][2]} for row in rows]


def test_who_puts_everything_in_order_is_not_of_one_mind_with_everybody():
    """Each choice is "chosen" by all; what could be alike is which one they put first, second or third."""
    publication, panels = published(ranked(ORDERS), by="area")
    assert [panel.hidden for panel in panels["order"].values()] == [None] * 4
    assert rules_broken(publication) == set()


@pytest.mark.parametrize("last", [["x y z", "x z y"], ["x y z", "z y x"]])
def test_a_ranking_in_which_a_group_agrees_on_a_place_is_told_of_everybody_only(monkeypatch, last):
    """All eight put x first, or all y second: points and places go together, so no group has any."""
    publication, panels = published(ranked(last), by="area")
    for name in ("order", "aim"):
        assert [panel.hidden for panel in panels[name].values()] == [None] + [Hidden.COMPLEMENT] * 3
    assert rules_broken(publication) == set()
    monkeypatch.setattr(crossing, "is_alike", lambda _: False)
    monkeypatch.setattr(crossing, "hidden_groups", lambda *_, **__: {})
    assert rules_broken(published(ranked(last), by="area")[0]) == {"alike"}


def test_a_ranking_in_which_few_all_agree_is_not_told():
    """Nor what they agree on."""
    _, panels = published([{"area": "a", "order": "z x y"}] * 9)
    assert (panels["order"][""].hidden, panels["order"][""].prevalent) == (Hidden.ALIKE, "")


def test_the_weights_do_not_tell_how_their_margins_are_crossed(monkeypatch):
    """With all digits of design effect and ratio one could try out which cross of areas and sexes gives them."""
    rows = [{"area": "abc"[n % 3], "sex": "fm"[n % 7 > 2]} for n in range(30)]
    register = {"area": {"a": 25, "b": 20, "c": 15}, "sex": {"f": 33, "m": 27}}
    publication, _ = published(rows, register=register, weights=True)
    told = publication.weighting
    assert told is not None
    assert (told.iterations, told.trimmed, told.ratio, told.effective) == (
        0,
        0,
        round(told.ratio),
        round(told.effective),
    )
    assert told.design_effect == round(told.design_effect, 1)
    assert rules_broken(publication) == set()
    monkeypatch.setattr(gate, "coarse", lambda weighting, _: replace(weighting, design_effect=1.0831))
    assert rules_broken(published(rows, register=register, weights=True)[0]) == {"weights"}

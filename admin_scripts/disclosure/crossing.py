"""One question: which of its panels are shown. What tabulation counts comes in, what may be seen goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from admin_scripts.disclosure.breakdown import Breakdown, Mask
from admin_scripts.disclosure.merging import Node
from admin_scripts.disclosure.rules import Counted, Rules, hidden_groups, is_alike, is_unanimous, prevailing
from admin_scripts.microdata.variables import CALCULATION, Disclosure
from admin_scripts.publication import Group, Hidden, Panel, TableKind
from admin_scripts.tabulation.item import Item, for_groups
from admin_scripts.tabulation.panels import EVERYBODY, Frame, panel_of

SEVERAL = frozenset({TableKind.MULTIPLE, TableKind.RANK})
DECIMALS_FROM = 100
KEPT_OF_FEW = frozenset({"median"})
"""Of fewer than 2 k answers the quartiles and the mean are too close to what one person said."""


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """The panels of a question; who is in those that are shown; which of the finest groups are hidden in it."""

    panels: tuple[Panel, ...]
    shown: tuple[Mask, ...] = ()
    left_out: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()


def counted(item: Item, rows: Mask) -> Counted:
    """How many of these rows have answered, and what."""
    answered = rows & item.answered
    return Counted(int(answered.sum()), item.chosen[answered].sum(axis=0).tolist())


def cross(
    item: Item, frame: Frame, breakdown: Breakdown | None, rules: Rules, before: frozenset[int], people: int
) -> Crossed:
    """Everybody, then the groups. `people`: how many have answered, where rows are not people.

    `before`: the finest groups that are hidden in a question on which this one depends.
    """
    whole = counted(item, np.ones(len(item.missing), dtype=np.bool_))
    if people < rules.k:
        return Crossed((_hidden(EVERYBODY, Hidden.FEW),))
    if frame.is_people and is_alike(whole):
        return Crossed((_hidden(EVERYBODY, Hidden.ALIKE, item.categories[whole.most].code),))
    first = _rounded(tempered(panel_of(item, frame), rules))
    if breakdown is None or not _is_crossed(item, breakdown) or is_unanimous(whole):
        return Crossed((first,))
    nodes = breakdown.cut(item.answered, rules.k)
    if not nodes:
        every = [_hidden(breakdown.group((place,)), Hidden.FEW) for place in range(len(breakdown.parts))]
        return Crossed((_without_weights(first), *every), hidden=frozenset(range(len(breakdown.parts))))
    return _by_groups(item, frame, breakdown, rules, _Plan(first, nodes, before))


@dataclass(frozen=True, slots=True)
class _Plan:
    first: Panel
    nodes: Sequence[Node]
    before: frozenset[int]


def _is_crossed(item: Item, breakdown: Breakdown) -> bool:
    """Not by itself; what describes people is not crossed, and what follows from answers is told once."""
    variable = item.variable
    is_own = variable.name == breakdown.by or variable.table != ""
    return not is_own and variable.kind != CALCULATION and variable.disclosure is not Disclosure.QUASI


def _by_groups(item: Item, frame: Frame, breakdown: Breakdown, rules: Rules, plan: _Plan) -> Crossed:
    coarse = for_groups(item)
    rows = [breakdown.rows(node) for node in plan.nodes]
    known = {place for place, node in enumerate(plan.nodes) if plan.before & set(node)}
    groups = [counted(coarse, one) for one in rows]
    why = hidden_groups(groups, rules, before=known, is_multiple=item.kind in SEVERAL)
    panels = []
    for place, (node, one) in enumerate(zip(plan.nodes, rows, strict=True)):
        group = breakdown.group(node)
        if place in why:
            prevalent = coarse.categories[prevailing(groups, place)].code if why[place] is Hidden.ALIKE else ""
            panels.append(_hidden(group, why[place], prevalent))
        else:
            panels.append(_rounded(tempered(panel_of(coarse, frame, one, group), rules)))
    whole = plan.first, *panels
    if why or any(len(node) > 1 for node in plan.nodes):
        whole = tuple(map(_without_weights, whole))
    return Crossed(
        whole,
        tuple(one for place, one in enumerate(rows) if place not in why),
        tuple("+".join(breakdown.group(plan.nodes[place]).codes) for place in sorted(why)),
        frozenset(part for place in why for part in plan.nodes[place]),
    )


def _hidden(group: Group, why: Hidden, prevalent: str = "") -> Panel:
    """Nothing is told of it, not even how many it has."""
    return Panel(group, 0, 0, 0, hidden=why, prevalent=prevalent)


def tempered(panel: Panel, rules: Rules) -> Panel:
    """Without figures that come close to what one person said."""
    if panel.answered >= 2 * rules.k:
        return panel
    kept = tuple(
        replace(figure, low=None, high=None) if figure.name == "median" else figure  # its limits are two answers
        for figure in panel.figures
        if figure.name not in {"mean", "q1", "q3"} - KEPT_OF_FEW
    )
    return replace(panel, figures=kept)


def _rounded(panel: Panel) -> Panel:
    """Weighted percentages say more than they seem to: with all their digits they can be taken apart again."""
    digits = int(panel.answered >= DECIMALS_FROM)
    lines = tuple(
        replace(line, share=replace(line.share, weighted=round(line.share.weighted, digits)))
        if line.share is not None and line.share.weighted is not None
        else line
        for line in panel.lines
    )
    return replace(panel, lines=lines)


def _without_weights(panel: Panel) -> Panel:
    """Where groups are hidden or merged, a weighted total is a second equation about what is in them."""
    lines = tuple(
        replace(line, share=replace(line.share, weighted=None)) if line.share is not None else line
        for line in panel.lines
    )
    return replace(panel, lines=lines)


def hidden_before(
    names: Mapping[str, frozenset[str]], variable: str, hidden: Mapping[str, frozenset[int]]
) -> frozenset[int]:
    """The groups that are hidden in any question on which this one depends."""
    return frozenset().union(*(hidden.get(name, frozenset()) for name in names.get(variable, ())))

"""One question: which of its panels are shown. What tabulation counts comes in, what may be seen goes out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from admin_scripts.disclosure.breakdown import Breakdown, Mask
from admin_scripts.disclosure.merging import Node
from admin_scripts.disclosure.rules import Counted, Rules, hidden_groups, is_alike, is_unanimous, prevailing
from admin_scripts.disclosure.said import counted, prevalent_of
from admin_scripts.disclosure.tempering import has_means_of_all, rounded, tempered, without_mean, without_weights
from admin_scripts.microdata.variables import CALCULATION, Disclosure
from admin_scripts.publication import Group, Hidden, Panel, TableKind
from admin_scripts.tabulation.item import Item, for_groups
from admin_scripts.tabulation.panels import EVERYBODY, Frame, panel_of

SEVERAL = frozenset({TableKind.MULTIPLE, TableKind.RANK})


@dataclass(frozen=True, slots=True, eq=False)
class Crossed:
    """The panels of a question; who is in those that are shown; which of the finest groups are hidden in it."""

    panels: tuple[Panel, ...]
    shown: tuple[Mask, ...] = ()
    left_out: tuple[str, ...] = ()
    hidden: frozenset[int] = frozenset()


def cross(
    item: Item,
    frame: Frame,
    breakdown: Breakdown | None,
    rules: Rules,
    before: frozenset[int] = frozenset(),
    persons: Counted | None = None,
) -> Crossed:
    """Everybody, then the groups. `persons`: how many have answered, and alike, where rows are not people.

    `before`: the finest groups that are hidden in a question on which this one depends.
    """
    whole = counted(item, np.ones(len(item.missing), dtype=np.bool_)) if persons is None else persons
    if whole.base < rules.k:
        return Crossed((_hidden(EVERYBODY, Hidden.FEW),))
    if is_alike(whole):
        return Crossed((_hidden(EVERYBODY, Hidden.ALIKE, prevalent_of(item, whole.most)),))
    first = rounded(tempered(panel_of(item, frame), item.kind, rules))
    if persons is not None and persons.base < 2 * rules.k:
        first = replace(first, figures=())
    if breakdown is None or not _is_crossed(item, breakdown) or is_unanimous(whole):
        return Crossed((first,))
    nodes = breakdown.cut(item.answered, rules.k)
    has_no_classes = item.kind is TableKind.NUMBER and not item.categories  # too few answers, or too much alike
    if not nodes or has_no_classes:
        why = Hidden.COMPLEMENT if nodes else Hidden.FEW
        every = [_hidden(breakdown.group((place,)), why) for place in range(len(breakdown.parts))]
        return Crossed((without_weights(first), *every), hidden=frozenset(range(len(breakdown.parts))))
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
    why = _reasons(item, groups, rules, known)
    panels = []
    for place, (node, one) in enumerate(zip(plan.nodes, rows, strict=True)):
        group = breakdown.group(node)
        if place in why:
            prevalent = prevalent_of(coarse, prevailing(groups, place)) if why[place] is Hidden.ALIKE else ""
            panels.append(_hidden(group, why[place], prevalent))
        else:
            panels.append(rounded(tempered(panel_of(coarse, frame, one, group), item.kind, rules)))
    if item.kind is TableKind.NUMBER and not has_means_of_all(panels):
        panels = list(map(without_mean, panels))
    whole = plan.first, *panels
    if why or any(len(node) > 1 for node in plan.nodes):
        whole = tuple(map(without_weights, whole))
    return Crossed(
        whole,
        tuple(one for place, one in enumerate(rows) if place not in why),
        tuple("+".join(breakdown.group(plan.nodes[place]).codes) for place in sorted(why)),
        frozenset(part for place in why for part in plan.nodes[place]),
    )


def _reasons(item: Item, groups: Sequence[Counted], rules: Rules, before: Collection[int]) -> Mapping[int, Hidden]:
    """A ranking is told of all groups or of none: too much of it goes together, points and places."""
    if item.kind is TableKind.RANK and any(map(is_alike, groups)):
        return dict.fromkeys(range(len(groups)), Hidden.COMPLEMENT)
    return hidden_groups(groups, rules, before=before, is_multiple=item.kind in SEVERAL)


def _hidden(group: Group, why: Hidden, prevalent: str = "") -> Panel:
    """Nothing is told of it, not even how many it has."""
    return Panel(group, 0, 0, 0, hidden=why, prevalent=prevalent)


def untold() -> Crossed:
    """Nothing of a question that would give away what is hidden of another."""
    return Crossed((_hidden(EVERYBODY, Hidden.COMPLEMENT),))

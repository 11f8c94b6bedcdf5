"""The rules in numbers: which groups of one question are shown, and which are hidden, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from admin_scripts.disclosure.linear import System
from admin_scripts.publication import Hidden

FLOOR = 3
"""No rule lets smaller groups be seen, whatever is asked for."""

SMALL = 20
"""Of a smaller group it is not told that (nearly) all of it said the same."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How many people a group has to have: to be shown, and for its open answers to be read."""

    k: int = 5
    k_text: int = 10

    def __post_init__(self) -> None:
        if self.k < FLOOR or self.k_text < self.k:
            raise ValueError(f"k is at least {FLOOR}, and k for texts at least k.")


@dataclass(frozen=True, slots=True)
class Counted:
    """One group in one question: how many answered, and how often each line was chosen."""

    base: int
    counts: Sequence[int]

    @property
    def most(self) -> int:
        """The place of the line that most have chosen, the first of equals."""
        return max(range(len(self.counts)), key=lambda place: (self.counts[place], -place))


def is_alike(group: Counted) -> bool:
    """Whether all of a small group, or all but one, said the same."""
    return 0 < group.base < SMALL and bool(group.counts) and max(group.counts) >= group.base - 1


def is_unanimous(group: Counted) -> bool:
    """Whether everybody said the same: then it is no secret of any part of them."""
    return group.base > 0 and bool(group.counts) and max(group.counts) == group.base


def hidden_groups(
    groups: Sequence[Counted], rules: Rules, *, before: Collection[int] = (), is_multiple: bool = False
) -> Mapping[int, Hidden]:
    """Which of the groups that make up everybody cannot be shown. All of them have at least k.

    `before`: places of groups that are hidden already in a question on which this one depends.
    """
    found = dict.fromkeys(before, Hidden.COMPLEMENT)
    found |= {place: Hidden.ALIKE for place, group in enumerate(groups) if is_alike(group)}
    shown = sorted(set(range(len(groups))) - set(found), key=lambda place: (groups[place].base, place))
    while found and not _is_safe(groups, found, rules, is_multiple=is_multiple):
        if not shown:
            return dict.fromkeys(found, Hidden.COMPLEMENT)  # even what prevails would say more than it should
        found[shown.pop(0)] = Hidden.COMPLEMENT
    return found


def _is_safe(groups: Sequence[Counted], hidden: Mapping[int, Hidden], rules: Rules, *, is_multiple: bool) -> bool:
    """Whether more than one is hidden, k people in all, and of none of them it follows that really all are alike."""
    if len(hidden) == 1 or sum(groups[place].base for place in hidden) < rules.k:
        return False
    system = System()
    for place in hidden:
        know_group(system, place, groups[place], is_alike=hidden[place] is Hidden.ALIKE, is_multiple=is_multiple)
    for line in range(len(groups[0].counts)):
        total = sum(groups[place].counts[line] for place in hidden)
        system.know_exactly([(place, line) for place in hidden], total)
    alike = [place for place, reason in hidden.items() if reason is Hidden.ALIKE]
    return all(_stays_open(system, place, groups[place]) for place in alike)


def know_group(system: System, place: int, group: Counted, *, is_alike: bool, is_multiple: bool) -> None:
    """What everybody knows of a hidden group: how many it has, and whether (nearly) all of them chose one line."""
    lines = range(len(group.counts))
    if is_multiple:
        for line in lines:
            system.know([(place, line)], 0, group.base)
    else:
        system.know_exactly([(place, line) for line in lines], group.base)
    if is_alike:
        system.know([(place, group.most)], group.base - 1, group.base)


def _stays_open(system: System, place: int, group: Counted) -> bool:
    low, high = system.range_of([(place, group.most)])
    return low < high

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


def prevailing(groups: Sequence[Counted], place: int) -> int:
    """The line that (nearly) all of a group chose: of several the one that most of everybody chose.

    So which of them it is says nothing of the group itself.
    """
    lines = range(len(groups[place].counts))
    return next(line for line in _by_popularity(groups) if line in lines and _is_of_all(groups[place], line))


def _is_of_all(group: Counted, line: int) -> bool:
    return group.counts[line] >= group.base - 1


def _by_popularity(groups: Sequence[Counted]) -> list[int]:
    totals = [sum(counts) for counts in zip(*(group.counts for group in groups), strict=True)]
    return sorted(range(len(totals)), key=lambda line: (-totals[line], line))


def hidden_groups(
    groups: Sequence[Counted], rules: Rules, *, before: Collection[int] = (), is_multiple: bool = False
) -> Mapping[int, Hidden]:
    """Which of the groups that make up everybody cannot be shown. All of them have at least k.

    `before`: places of groups that are hidden already in a question on which this one depends.

    Which groups are hidden follows from what is shown: those in which (nearly) all said the same, and one more, the
    smallest, or else all. Were they as many as the figures need, that there are so many would tell something of them.
    """
    alike = dict.fromkeys((place for place, group in enumerate(groups) if is_alike(group)), Hidden.ALIKE)
    found = dict.fromkeys(before, Hidden.COMPLEMENT) | alike
    shown = sorted(set(range(len(groups))) - set(found), key=lambda place: (groups[place].base, place))
    if shown and found and (len(found) == 1 or len(found) == len(alike)):
        found[shown.pop(0)] = Hidden.COMPLEMENT
    if not alike or (shown and _is_safe(groups, found, rules, is_multiple=is_multiple)):
        return found
    return dict.fromkeys(range(len(groups)), Hidden.COMPLEMENT)  # even what prevails would say more than it should


def _is_safe(groups: Sequence[Counted], hidden: Mapping[int, Hidden], rules: Rules, *, is_multiple: bool) -> bool:
    """Whether k people are hidden in all, and of none of the groups it follows that really all are alike."""
    if sum(groups[place].base for place in hidden) < rules.k:
        return False
    system = System()
    for place, why in hidden.items():
        know_group(system, groups, place, why, is_multiple=is_multiple)
    for line in range(len(groups[0].counts)):
        total = sum(groups[place].counts[line] for place in hidden)
        system.know_exactly([(place, line) for place in hidden], total)
    alike = [place for place, reason in hidden.items() if reason is Hidden.ALIKE]
    return all(
        _stays_open(system, place, line, groups[place])
        for place in alike
        for line in (range(len(groups[place].counts)) if is_multiple else [prevailing(groups, place)])
    )


def know_group(system: System, groups: Sequence[Counted], place: int, why: Hidden, *, is_multiple: bool) -> None:
    """What everybody knows of a hidden group: how many it has, and whether (nearly) all of them chose one line.

    Of a small group that is hidden for another reason it is known that they did not.
    """
    group, popular = groups[place], _by_popularity(groups)
    open_until = popular.index(prevailing(groups, place)) if why is Hidden.ALIKE else len(popular)
    for rank, line in enumerate(popular):
        is_of_fewer = rank < open_until and group.base < SMALL
        system.know([(place, line)], 0, group.base - 2 if is_of_fewer else group.base)
    if not is_multiple:
        system.know_exactly([(place, line) for line in popular], group.base)
    if why is Hidden.ALIKE:
        system.know([(place, prevailing(groups, place))], group.base - 1, group.base)


def _stays_open(system: System, place: int, line: int, group: Counted) -> bool:
    """Whether it does not follow that really all have chosen it, nor that all but one have."""
    low, high = system.range_of([(place, line)])
    return not low == high >= group.base - 1

"""Subtracting what is published from what is published: no few people are ever the difference.

Of one publication, of several that break the same answers down, and of two with some days between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from admin_scripts.disclosure.findings import Finding
from admin_scripts.publication import Publication

Base = tuple[str, str, frozenset[str]]
"""A question, what it is broken down by, and a group; no group is everybody."""


def bases_of(publication: Publication) -> dict[Base, int]:
    """How many have answered each question in each group that is shown; of no question (""), how many there are."""
    found: dict[Base, int] = {("", "", frozenset()): publication.responses}
    for table in publication.tables:
        for panel in table.panels:
            if panel.hidden is None and not table.repeat:
                group = table.by if panel.group.codes else "", frozenset(panel.group.codes)
                found[table.variable, *group] = panel.answered
                found["", *group] = max(panel.asked, found.get(("", *group), 0))
    return found


def sizes_in(bases: Mapping[Base, int]) -> dict[Base, int]:
    """How many there are of everybody and of each group, whatever they were asked."""
    return {base: number for base, number in bases.items() if not base[0]}


def differences(publications: Sequence[Publication]) -> Iterator[Finding]:
    """Every group of 1 to k - 1 people that is the difference of two numbers or more."""
    surveys: dict[str, dict[str, list[Publication]]] = defaultdict(lambda: defaultdict(list))
    for publication in publications:
        surveys[publication.name][publication.data_hash].append(publication)
    for name, moments in surveys.items():
        k = min(publication.k for same in moments.values() for publication in same)
        united = [_united(same) for same in moments.values()]
        for bases in united:
            yield from _within(name, bases, k)
        for one, other in combinations(united, 2):
            for base, number in grown(one, other, k).items():
                yield Finding("difference", _place(name, base), f"{_people(number)} between two publications")


def grown(before: Mapping[Base, int], after: Mapping[Base, int], k: int) -> dict[Base, int]:
    """The bases that both tell and that differ by so few that it would show what those few have said."""
    both = before.keys() & after.keys()
    few = {base: abs(after[base] - before[base]) for base in both}
    return {base: few[base] for base in sorted(both, key=_order) if 0 < few[base] < k}


def _united(publications: Sequence[Publication]) -> dict[Base, int]:
    return {base: number for publication in publications for base, number in bases_of(publication).items()}


def _within(name: str, bases: Mapping[Base, int], k: int) -> Iterator[Finding]:
    questions: dict[tuple[str, str], dict[frozenset[str], int]] = defaultdict(dict)
    for (variable, by, codes), number in bases.items():
        if codes and variable:
            questions[variable, by][codes] = number
    for (variable, by), groups in questions.items():
        total = bases.get((variable, "", frozenset()))
        for rest, number in _rests(groups, total):
            if 0 < number < k:
                yield Finding("difference", _place(name, (variable, by, rest)), f"{_people(number)} left over")


def _rests(groups: Mapping[frozenset[str], int], total: int | None) -> Iterator[tuple[frozenset[str], int]]:
    """Each group without those inside it, and everybody without any of the groups."""
    for codes, number in groups.items():
        inside = _outermost({one: size for one, size in groups.items() if one < codes})
        if inside:
            yield codes - frozenset().union(*inside), number - sum(inside.values())
        for one, size in inside.items():
            yield codes - one, number - size
    if total is not None:
        outer = _outermost(groups)
        if _are_apart(outer):
            yield frozenset(), total - sum(outer.values())


def _outermost(groups: Mapping[frozenset[str], int]) -> dict[frozenset[str], int]:
    return {codes: size for codes, size in groups.items() if not any(codes < other for other in groups)}


def _are_apart(groups: Mapping[frozenset[str], int]) -> bool:
    return sum(map(len, groups)) == len(frozenset().union(*groups)) if groups else False


def _order(base: Base) -> tuple[str, str, list[str]]:
    return base[0], base[1], sorted(base[2])


def _place(name: str, base: Base) -> str:
    variable, by, codes = base
    group = f"{by} {'+'.join(sorted(codes)) or 'of the others'}" if by else "everybody"
    return ", ".join(part for part in (name, variable, group) if part)


def _people(number: int) -> str:
    return "1 person is" if number == 1 else f"{number} people are"

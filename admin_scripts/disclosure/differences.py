"""Subtracting what is published from what is published: no few people are ever the difference.

Of one publication, of several that break the same answers down, and of two with some days between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from admin_scripts.disclosure.findings import Finding
from admin_scripts.publication import Publication, Table

Base = tuple[str, str, frozenset[str]]
"""A question, what it is broken down by, and a group; no group is everybody."""

Family = tuple[str, str]
"""A question and what it is broken down by."""

Sizes = dict[frozenset[str], int]
"""How many people each group has."""

OTHERS = "\n"
"""Whoever is in no group that is named; no choice has such a code."""


def bases_of(publication: Publication) -> dict[Base, int]:
    """How many have answered each question in each group that is shown; of no question (""), how many there are."""
    found: dict[Base, int] = {("", "", frozenset()): publication.responses}
    for table in publication.tables:
        for panel in table.panels:
            if panel.hidden is None and not table.repeat:
                group = table.by if panel.group.codes else "", frozenset(panel.group.codes)
                found[table.variable, *group] = panel.answered
                if panel.asked and _is_asked_of_all(table, publication):
                    found["", *group] = panel.asked
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
    """The bases that both tell and that differ by so few that it would show what those few have said.

    Told is also what is a sum: of groups that the other has merged, and of all that are hidden together.
    """
    both = before.keys() & after.keys()
    few = {base: abs(after[base] - before[base]) for base in both}
    for family in {base[:2] for base in (*before, *after) if base[2]}:
        total = (family[0], "", frozenset[str]())
        one, other = (_of_family(bases, family) for bases in (before, after))
        ends = before.get(total), after.get(total)
        few |= {(*family, codes): abs(number) for codes, number in _unions(one, other, ends).items()}
    return {base: few[base] for base in sorted(few, key=_order) if 0 < few[base] < k}


def _of_family(bases: Mapping[Base, int], family: Family) -> Sizes:
    return {base[2]: number for base, number in bases.items() if base[:2] == family and base[2]}


def _unions(before: Sizes, after: Sizes, totals: tuple[int | None, int | None]) -> Sizes:
    """By how many each of the smallest groups has grown that can be put together from what either tells."""
    every = frozenset({OTHERS}).union(*before, *after)
    one, other = (_pieces(sizes, total, every) for sizes, total in zip((before, after), totals, strict=True))
    found: Sizes = {}
    for codes in _overlapping((*one, *other)):
        old, new = ([piece for piece in pieces if piece <= codes] for pieces in (one, other))
        told = frozenset().union(*old)
        if told == frozenset().union(*new) and told != every:  # else a part is told by one only, or it is the total
            found[codes - {OTHERS}] = sum(map(other.__getitem__, new)) - sum(map(one.__getitem__, old))
    return found


def _pieces(groups: Sizes, total: int | None, every: frozenset[str]) -> Sizes:
    """What one publication tells as finely as it does: of groups with others inside the rest, of everybody too."""
    found: Sizes = {}
    for codes, number in groups.items():
        inside = _outermost({one: size for one, size in groups.items() if one < codes})
        if rest := codes.difference(*inside):
            found[rest] = number - sum(inside.values())
    outer = _outermost(groups)
    if total is not None and (_are_apart(outer) or not outer):
        found[every.difference(*outer)] = total - sum(outer.values())
    return found


def _overlapping(pieces: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The unions of those that share a code, one with the next."""
    found: list[frozenset[str]] = []
    for piece in pieces:
        touched = [one for one in found if one & piece]
        found = [one for one in found if not one & piece] + [piece.union(*touched)]
    return found


def _is_asked_of_all(table: Table, publication: Publication) -> bool:
    """Whether everybody was asked, as far as is told; only then its groups are whole."""
    whole = next((panel for panel in table.panels if not panel.group.codes), None)
    return whole is not None and whole.hidden is None and whole.asked == publication.responses


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

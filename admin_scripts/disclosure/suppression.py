"""The cell rule of open data: no number under k, and no way to work one out from the others."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from admin_scripts.disclosure.linear import System
from admin_scripts.disclosure.rules import Counted

Cell = tuple[int, int]
"""The place of a group and of a line."""

TOTAL = -1
"""The place of everybody among the groups."""


@dataclass(slots=True)
class Cells:
    """One question: everybody, and the groups that make up everybody, if there are any."""

    everybody: Counted
    groups: Sequence[Counted]
    is_multiple: bool
    k: int
    hidden: set[Cell] = field(default_factory=set)

    def count(self, cell: Cell) -> int:
        """How often it was chosen."""
        group = self.everybody if cell[0] == TOTAL else self.groups[cell[0]]
        return group.counts[cell[1]]

    def is_small(self, cell: Cell) -> bool:
        """Whether fewer than k have chosen it, or of several answers fewer than k have not: these are few, too."""
        group = self.everybody if cell[0] == TOTAL else self.groups[cell[0]]
        count = group.counts[cell[1]]
        return count < self.k or (self.is_multiple and group.base - count < self.k)

    def row(self, group: int) -> list[Cell]:
        """All lines of a group."""
        return [(group, line) for line in range(len(self.everybody.counts))]

    def column(self, line: int) -> list[Cell]:
        """One line of all groups."""
        return [(group, line) for group in range(len(self.groups))]

    def sums(self) -> Iterator[list[Cell]]:
        """Cells whose sum is told: of a line by its total where that is shown, of a group by its base."""
        if not self.is_multiple:
            yield from (self.row(group) for group in range(TOTAL, len(self.groups)))
        if self.groups:
            yield from (
                self.column(line) for line in range(len(self.everybody.counts)) if (TOTAL, line) not in self.hidden
            )


def hidden_cells(everybody: Counted, groups: Sequence[Counted], k: int, *, is_multiple: bool) -> frozenset[Cell]:
    """The cells that are not told: those under k, and as many others, the smallest first, as it takes to keep them."""
    cells = Cells(everybody, groups, is_multiple, k)
    every = [cell for group in range(TOTAL, len(groups)) for cell in cells.row(group)]
    primary = [cell for cell in every if cells.is_small(cell)]
    cells.hidden.update(primary)
    _hide_partners(cells)
    while True:
        system = known(cells)
        open_to_attack = [cell for cell in primary if not _is_kept(cells, system, cell)]
        if not _hide_more(cells, open_to_attack):
            return frozenset(cells.hidden)
        _hide_partners(cells)


def _hide_partners(cells: Cells) -> None:
    """Wherever a sum is told, what is hidden of it is more than one cell and at least k."""
    before = -1
    while before != len(cells.hidden):
        before = len(cells.hidden)
        for line in range(len(cells.everybody.counts)):
            if (TOTAL, line) in cells.hidden and not cells.hidden & set(cells.column(line)):
                _hide_smallest(cells, cells.column(line))
        for told in list(cells.sums()):
            hidden = cells.hidden & set(told)
            while (
                hidden and (len(hidden) == 1 or sum(map(cells.count, hidden)) < cells.k) and _hide_smallest(cells, told)
            ):
                hidden = cells.hidden & set(told)


def _hide_smallest(cells: Cells, among: Collection[Cell]) -> bool:
    shown = sorted((cell for cell in among if cell not in cells.hidden), key=lambda cell: (cells.count(cell), cell))
    cells.hidden.update(shown[:1])
    return bool(shown)


def _hide_more(cells: Cells, open_to_attack: Sequence[Cell]) -> bool:
    """One more beside each that can still be worked out: in its line, else in its group, else of the totals."""
    more = False
    for group, line in open_to_attack:
        places = (cells.column(line), cells.row(group), [(TOTAL, line)], cells.row(TOTAL))
        more |= any(_hide_smallest(cells, place) for place in places)
    return more


def known(cells: Cells) -> System:
    """What everybody can calculate with: the cells that are shown, the totals and the bases."""
    system = System()
    groups = range(len(cells.groups)) if cells.groups else ()
    for line, total in enumerate(cells.everybody.counts):
        terms = cells.column(line) if cells.groups else [(TOTAL, line)]
        if (TOTAL, line) not in cells.hidden:
            system.know_exactly(terms, total)
    for group in groups:
        for cell in cells.row(group):
            if cell not in cells.hidden:
                system.know_exactly([cell], cells.count(cell))
    _know_bases(cells, system)
    return system


def _know_bases(cells: Cells, system: System) -> None:
    for place, group in enumerate(cells.groups) if cells.groups else [(TOTAL, cells.everybody)]:
        if cells.is_multiple:
            for cell in cells.row(place):
                system.know([cell], 0, group.base)
        else:
            system.know_exactly(cells.row(place), group.base)


def _is_kept(cells: Cells, system: System, cell: Cell) -> bool:
    """Whether the range that can be worked out is at least k wide, or as wide as it would be without any cell."""
    group, line = cell
    base = (cells.everybody if group == TOTAL else cells.groups[group]).base
    terms = cells.column(line) if group == TOTAL and cells.groups else [cell]
    low, high = system.range_of(terms)
    return high - low >= min(cells.k, base)

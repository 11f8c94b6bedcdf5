"""Groups and repeats that do not fit together: which end is missing or misplaced, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from conversations.forms.problems import Problem
from conversations.forms.workbook import BEGIN, END, Row, Sheet

_FORM = "form"


@dataclass(frozen=True, slots=True)
class Nesting:
    """What is wrong with the ends of a sheet; `closed` is how many levels end at a row, by its number."""

    problems: tuple[Problem, ...]
    closed: dict[int, int]


@dataclass(slots=True)
class _Mark:
    """A row where something begins or ends."""

    row: Row
    kind: str
    begins: bool


def read_nesting(survey: Sheet) -> Nesting:
    """Who follows every remedy has a sheet in which all begins and ends fit."""
    walk = _Walk(survey, [mark for row in survey.rows for mark in _marks(row)])
    return Nesting(tuple(walk.problems()), walk.closed)


def _marks(row: Row) -> Iterator[_Mark]:
    for pattern in (END, BEGIN):
        if found := pattern.fullmatch(row.get("type")):
            yield _Mark(row, found[1].lower(), pattern is BEGIN)


@dataclass(slots=True)
class _Walk:
    """Goes down the sheet, as it will be when the remedies told so far are followed."""

    survey: Sheet
    marks: list[_Mark]
    open: list[_Mark] = field(default_factory=list)
    closed: dict[int, int] = field(default_factory=dict)

    def problems(self) -> Iterator[Problem]:
        """One for each end that is missing, misplaced or too many."""
        for place, mark in enumerate(self.marks):
            if mark.begins:
                self.open.append(mark)
                continue
            before = len(self.open)
            yield from self._end(place, mark)
            self.closed[mark.row.number] = before - len(self.open)
        for left in self.open:
            yield self._never_ended(left, "where it ends")

    def _end(self, place: int, mark: _Mark) -> Iterator[Problem]:
        if not self.open:
            yield self._never_begun(mark)
            return
        while (last := self.open[-1]).kind != mark.kind:
            is_open = any(one.kind == mark.kind for one in self.open)
            later = self._own_end_below(place, last.kind)
            if later is not None and is_open:
                yield self._crossed(mark, last, later)
                later.kind, mark.kind = mark.kind, last.kind
            elif is_open:
                yield self._unended_before(mark)
                self.open.pop()
            elif later is None:
                yield self._of_another_kind(mark, last)
                mark.kind = last.kind
            else:
                yield self._never_begun(mark)
                return
        self.open.pop()

    def _own_end_below(self, place: int, kind: str) -> _Mark | None:
        """The first end of that kind below which is not of a group that begins below, if there are enough of them."""
        begun, ends = 0, []
        for mark in self.marks[place + 1 :]:
            if mark.kind != kind:
                continue
            if mark.begins:
                begun += 1
            elif begun:
                begun -= 1
            else:
                ends.append(mark)
        return ends[0] if len(ends) >= sum(one.kind == kind for one in self.open) else None

    def _unended_before(self, mark: _Mark) -> Problem:
        """The last that is open has no end, as the end of one around it shows."""
        around = next(one for one in reversed(self.open) if one.kind == mark.kind)
        inside = self.open[self.open.index(around) + 1 :]
        return self._never_ended(inside[-1], f"before row {mark.row.number}, where the {around.kind} around it ends")

    def _never_ended(self, left: _Mark, where: str) -> Problem:
        return self._problem(
            "not-ended",
            left,
            f"This {left.kind} is never ended.",
            f"Add a row 'end_{left.kind}' {where}.",
        )

    def _never_begun(self, mark: _Mark) -> Problem:
        return self._problem(
            "not-begun",
            mark,
            f"A {mark.kind} ends here that never began.",
            f"Take the row out, or add 'begin_{mark.kind}' where it begins.",
        )

    def _crossed(self, mark: _Mark, last: _Mark, later: _Mark) -> Problem:
        return self._problem(
            "crossed",
            mark,
            f"A {mark.kind} ends here, but the {last.kind} of row {last.row.number} began last.",
            f"Swap the ends: write 'end_{last.kind}' here and 'end_{mark.kind}' in row {later.row.number}.",
        )

    def _of_another_kind(self, mark: _Mark, last: _Mark) -> Problem:
        return self._problem(
            "crossed",
            mark,
            f"A {mark.kind} ends here, but what began last is the {last.kind} of row {last.row.number}.",
            f"Write 'end_{last.kind}' here.",
        )

    def _problem(self, code: str, mark: _Mark, what: str, remedy: str) -> Problem:
        return Problem(code, self.survey.cell(mark.row, "type"), what, remedy)

"""The attack: everything that was published is put into one system of sums, and solved for what was hidden.

The unknowns are the counts of every choice in every finest group. Known is whatever is shown: totals, groups, groups
that were put together, which choice (nearly) all of a group made, how large groups are. A hidden number is kept if the
narrowest range that follows is at least k wide. Where a number could not have been that far off even for somebody
who knows only the base and the total around it, the range must not be narrower than that.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from admin_scripts.disclosure.findings import Finding, place_of
from admin_scripts.disclosure.linear import System
from admin_scripts.disclosure.reasons import SEVERAL, Term, know_reason, of_line, whole_of
from admin_scripts.publication import Hidden, Panel, Publication, Table

Progress = Callable[[str], object]
"""Told what is being attacked."""


@dataclass(frozen=True, slots=True)
class Question:
    """All tables of one question over the same answers, in one or several publications."""

    tables: Sequence[tuple[Publication, Table]]
    sizes: Mapping[tuple[str, frozenset[str]], int]  # people who answered by group, from any table that tells

    @property
    def first(self) -> Table:
        """Any of its tables: they are about the same question."""
        return self.tables[0][1]


def attack(publications: Sequence[Publication], *, on_progress: Progress = lambda _: None) -> Iterator[Finding]:
    """What can be worked out from all of them together, question by question; what several tell alike counts once."""
    answers: dict[tuple[str, str], list[Publication]] = defaultdict(list)
    for publication in publications:
        answers[publication.name, publication.data_hash].append(publication)
    for same in answers.values():
        sizes = _sizes(same)
        questions: dict[str, list[tuple[Publication, Table]]] = defaultdict(list)
        for publication in same:
            for table in publication.tables:
                if not table.repeat and not _is_told(questions[table.variable], publication, table):
                    questions[table.variable].append((publication, table))
        for variable, tables in questions.items():
            on_progress(f"{same[0].name}: {variable}")
            yield from _solve(Question(tables, sizes))


def _is_told(told: Iterable["Place"], publication: Publication, table: Table) -> bool:
    """Whether another publication tells the very same, as those of several formats do."""
    return any(
        table == other and (one.k, one.responses) == (publication.k, publication.responses) for one, other in told
    )


def _sizes(publications: Iterable[Publication]) -> dict[tuple[str, frozenset[str]], int]:
    """How many people each group has, told by any question that everybody was asked."""
    return {
        (table.by, frozenset(panel.group.codes)): panel.asked
        for publication in publications
        for table in publication.tables
        if (whole := whole_of(table)) is not None and whole.asked == publication.responses and not table.repeat
        for panel in table.panels
        if panel.hidden is None and panel.group.codes
    }


def system_of(question: Question) -> System:
    """Everything that is known of one question."""
    system = System()
    lines = _lines(question)
    for _, table in question.tables:
        leaves = _leaves(question, table.by)
        for panel in table.panels:
            groups = [code for code in panel.group.codes if code in leaves] or leaves
            _know_panel(system, question, table, panel, _terms(table.by, groups, lines))
    return system


def _lines(question: Question) -> list[str]:
    """The choices, as finely as any panel tells them."""
    told = [[line.code for line in panel.lines if line.is_answer] for _, t in question.tables for panel in t.panels]
    return max(told, key=len, default=[])


def _leaves(question: Question, by: str) -> list[str]:
    codes = [c for _, t in question.tables if t.by == by for panel in t.panels for c in panel.group.codes]
    return list(dict.fromkeys(codes)) or [""]


def _terms(by: str, groups: Iterable[str], lines: Iterable[str]) -> dict[str, list[Term]]:
    groups = list(groups)
    return {line: [(by, group, line) for group in groups] for line in lines}


def _know_panel(
    system: System, question: Question, table: Table, panel: Panel, terms: Mapping[str, list[Term]]
) -> None:
    for line in panel.lines:
        if line.is_answer and line.share is not None and (summed := of_line(panel, line.code, terms)):
            system.know_exactly(summed, line.share.count)
    base = _base(question, table, panel)
    if base is None:
        return
    if table.kind in SEVERAL:
        for one in terms.values():
            system.know(one, 0, base)
    elif terms:
        system.know_exactly([term for one in terms.values() for term in one], base)
    if panel.hidden is not None and any(one.hidden is Hidden.ALIKE for one in table.panels):
        know_reason(system, table, panel, base, terms)


def _base(question: Question, table: Table, panel: Panel) -> int | None:
    """How many a panel is about; of a hidden one if another question tells it and everybody answered this one."""
    if panel.hidden is None or not panel.group.codes:
        return panel.answered if panel.hidden is None else None
    whole = whole_of(table)
    if whole is None or not whole.asked == whole.answered == question.tables[0][0].responses:
        return None
    return question.sizes.get((table.by, frozenset(panel.group.codes)))


def _solve(question: Question) -> Iterator[Finding]:
    lines = _lines(question)
    targets = list(_targets(question, lines))
    if not targets:
        return
    system = system_of(question)
    for publication, table, panel, terms, widest in targets:
        low, high = system.range_of(terms)
        if low > high:
            yield Finding("worked out", place_of(publication, table), "the figures contradict each other")
            return
        if high - low < widest:
            told = f"is {low:g}" if low == high else f"lies between {low:g} and {high:g}"
            what = (
                f"how many of {'+'.join(sorted({term[1] for term in terms})) or 'everybody'} chose {terms[0][2]} {told}"
            )
            yield Finding("worked out", place_of(publication, table, panel.group), what)


Place = tuple[Publication, Table]
Target = tuple[Publication, Table, Panel, list[Term], float]


def _targets(question: Question, lines: Sequence[str]) -> Iterator[Target]:
    """What must not be known: the sum of these unknowns, and how wide its range has to be."""
    for publication, table in question.tables:
        leaves = _leaves(question, table.by)
        for panel in table.panels:
            groups = [code for code in panel.group.codes if code in leaves] or leaves
            terms = _terms(table.by, groups, lines)
            if panel.hidden is Hidden.ALIKE:
                yield from _alike(publication, table, panel, terms)
            if panel.hidden is None:
                yield from _cells(question, panel, (publication, table), terms)
                yield from _members(question, panel, (publication, table), terms)


def _alike(publication: Publication, table: Table, panel: Panel, terms: Mapping[str, list[Term]]) -> Iterator[Target]:
    """Whether it was really all of them, unless everybody in all groups is known to have said it."""
    whole = whole_of(table)
    said = of_line(panel, panel.prevalent, terms)
    if panel.group.codes and whole is not None and said:
        counts = [line.share.count for line in whole.lines if line.share and line.code in {term[2] for term in said}]
        if sum(counts) < whole.answered:
            yield publication, table, panel, said, 1


def _cells(question: Question, panel: Panel, place: Place, terms: Mapping[str, list[Term]]) -> Iterator[Target]:
    """Numbers that are left out of a panel that is shown, unless another publication tells them on purpose."""
    publication, table = place
    for line in panel.lines:
        is_told = any(
            line.code == other.code and other.share is not None
            for _, same in question.tables
            for one in same.panels
            if one.group.codes == panel.group.codes and (same.by == table.by or not one.group.codes)
            for other in one.lines
        )
        if line.is_answer and line.share is None and line.code in terms and not is_told:
            yield publication, table, panel, terms[line.code], min(publication.k, panel.answered)


def _members(question: Question, panel: Panel, place: Place, terms: Mapping[str, list[Term]]) -> Iterator[Target]:
    """What the members of groups that were put together have said each by themselves."""
    publication, table = place
    totals = {
        line.code: line.share.count
        for _, same in question.tables
        if (whole := whole_of(same)) is not None
        for line in whole.lines
        if line.share is not None
    }
    for line in panel.lines if len(panel.group.codes) > 1 else ():
        if line.is_answer and line.share is not None:
            for term in of_line(panel, line.code, terms):
                most = min(line.share.count, totals.get(term[2], line.share.count))
                yield publication, table, panel, [term], min(publication.k, most)

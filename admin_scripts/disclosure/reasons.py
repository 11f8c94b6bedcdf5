"""What the attack knows from why a group is hidden: it has the program, so it knows what leads to which reason."""

import re
from collections.abc import Iterator, Mapping

from admin_scripts.disclosure.linear import System
from admin_scripts.disclosure.rules import SMALL
from admin_scripts.publication import Hidden, Panel, Table, TableKind

SEVERAL = frozenset({TableKind.MULTIPLE, TableKind.RANK})
MARKS = re.compile(r"(\d{1,2})-(\d{1,2})")
STEPS, STANCES = 5, ["disagree", "neutral", "agree"]
Term = tuple[str, str, str]
"""(by, group, line)"""


def whole_of(table: Table) -> Panel | None:
    """Everybody's panel, if it is shown."""
    return next((one for one in table.panels if not one.group.codes and one.hidden is None), None)


def of_line(panel: Panel, code: str, terms: Mapping[str, list[Term]]) -> list[Term]:
    """The unknowns that a line of a panel is the sum of: of steps that were put together ("1+2", "0-6"), of each."""
    if code in terms:
        return terms[code]
    parts = code.split("+")
    if (marks := MARKS.fullmatch(code)) is not None:
        parts = [str(mark) for mark in range(int(marks[1]), int(marks[2]) + 1)]
    elif [line.code for line in panel.lines if line.is_answer] == STANCES and len(terms) == STEPS:
        parts = {"disagree": list(terms)[:2], "neutral": list(terms)[2:3], "agree": list(terms)[3:]}[code]
    return [term for part in parts for term in terms[part]] if set(parts) <= terms.keys() else []


def know_reason(system: System, table: Table, panel: Panel, base: int, terms: Mapping[str, list[Term]]) -> None:
    """That (nearly) all of a group chose what prevails, or, where another group is alike and this is not, no line.

    Of several that all have chosen the most popular is named: those before it they have not all chosen.
    """
    if panel.hidden is Hidden.ALIKE and (said := of_line(panel, panel.prevalent, terms)):
        system.know(said, base - 1, base)
    if base < SMALL:
        for said in _of_fewer(table, panel, terms):
            system.know(said, 0, base - 2)


def _of_fewer(table: Table, panel: Panel, terms: Mapping[str, list[Term]]) -> Iterator[list[Term]]:
    """The lines that neither all of the group have chosen nor all but one, as the groups of the table are told."""
    if panel.hidden is Hidden.COMPLEMENT and table.kind is not TableKind.RANK:
        shown = next((one for one in table.panels if one.group.codes and one.hidden is None), None)
        told = [line.code for line in shown.lines if line.is_answer] if shown is not None else []
        yield from (said for code in told if shown is not None and (said := of_line(shown, code, terms)))
    if panel.hidden is Hidden.ALIKE and table.kind is TableKind.MULTIPLE and (whole := whole_of(table)) is not None:
        counts = {line.code: line.share.count for line in whole.lines if line.is_answer and line.share is not None}
        popular = sorted(counts, key=lambda code: -counts[code])
        for code in popular[: popular.index(panel.prevalent)] if panel.prevalent in popular else ():
            yield of_line(whole, code, terms)

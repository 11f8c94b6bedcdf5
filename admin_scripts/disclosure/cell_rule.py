"""The cell rule on panels: in open data no number under k is told, nor any from which one would follow."""

from collections.abc import Sequence
from dataclasses import replace

from admin_scripts.disclosure.rules import Counted
from admin_scripts.disclosure.suppression import TOTAL, hidden_cells
from admin_scripts.publication import Hidden, Panel, TableKind

SEVERAL = frozenset({TableKind.MULTIPLE, TableKind.RANK})


def with_cells(panels: Sequence[Panel], kind: TableKind, k: int) -> tuple[Panel, ...]:
    """The panels without such numbers; without groups where most numbers would be gone or a whole group is hidden."""
    whole, *parts = panels
    if whole.hidden is not None or not _answers(whole):
        return (_bare(whole),)
    groups = parts if _can_be_told(whole, parts, kind, k) else []
    if kind is TableKind.RANK:  # shares of the first places and mean places are counts, too
        whole, groups = replace(whole, figures=()), [replace(one, figures=()) for one in groups]
    hidden = hidden_cells(_answers_of(whole), [_answers_of(one) for one in groups], k, is_multiple=kind in SEVERAL)
    told = [_blanked(panel, {line for at, line in hidden if at == place}) for place, panel in enumerate(groups)]
    return _blanked(whole, {line for at, line in hidden if at == TOTAL}), *told


def _can_be_told(whole: Panel, parts: Sequence[Panel], kind: TableKind, k: int) -> bool:
    groups = [_answers_of(part) for part in parts]
    cells = [min(count, group.base - count) if kind in SEVERAL else count for group in groups for count in group.counts]
    same = all(len(_answers(part)) == len(_answers(whole)) for part in parts)
    complete = all(part.hidden is None for part in parts)
    return complete and same and 2 * sum(count >= k for count in cells) > len(cells)


def _answers(panel: Panel) -> list[int]:
    return [line.share.count for line in panel.lines if line.is_answer and line.share is not None]


def _answers_of(panel: Panel) -> Counted:
    return Counted(panel.answered, _answers(panel))


def _blanked(panel: Panel, hidden: set[int]) -> Panel:
    """Without the numbers of these lines; then without figures too, and never with reasons of few."""
    lines = tuple(
        replace(line, share=None) if place in hidden else line
        for place, line in enumerate(line for line in panel.lines if line.is_answer)
    )
    return replace(panel, lines=lines, figures=() if hidden else panel.figures)


def _bare(panel: Panel) -> Panel:
    if panel.hidden is Hidden.ALIKE:
        return replace(panel, hidden=Hidden.FEW, prevalent="")
    return replace(panel, lines=())

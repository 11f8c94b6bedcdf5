"""The grid of a break-down: answers down, groups across, each with n and percent, its base and its margin below."""

from collections.abc import Sequence

from admin_scripts.publication import Hidden, Line, Panel, Table
from admin_scripts.tabled.book import Grid, Role, Row
from admin_scripts.tabled.cells import BLANK, Cell, Form, count, percent, rounded
from admin_scripts.tabled.grids import has_weights, label_of
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import group_words, hidden_words

EMPTY = Cell("–")


HEADS = 2
"""Columns of a group: n and percent."""


def cross_grid(table: Table, by: str, k: int, wording: Wording) -> Grid | None:
    """None where there are no groups. Everybody comes first where all answers are told in the same classes."""
    if len(table.panels) == 1:
        return None
    panels, answers = _compared(table)
    rows = [
        Row(label, tuple(cell for one in panels for cell in _cells(one, code, wording)), role)
        for code, (label, role) in _labelled(answers, wording).items()
    ]
    rows.append(_bases(panels, k, wording))
    if not table.repeat:
        rows.append(_margins(panels, wording))
    spans = tuple((group_words(wording, panel), HEADS) for panel in panels)
    heads = (wording.say("Answer"), *(wording.say("n"), wording.say("%")) * len(panels))
    return Grid(wording.say("Answers by: {by}", by=by), heads, tuple(rows), spans)


def weighted_grid(table: Table, by: str, wording: Wording) -> Grid | None:
    """The percentages with weights beside one another; None where there are no groups or weights."""
    panels, answers = _compared(table)
    if len(panels) == 1 or not has_weights(panels):
        return None
    rows = tuple(
        Row(label, tuple(_weighted(one, code, wording) for one in panels))
        for code, (label, role) in _labelled(answers, wording).items()
        if role is Role.ANSWER
    )
    heads = (wording.say("weighted %"), *(group_words(wording, panel) for panel in panels))
    return Grid(wording.say("Weighted answers by: {by}", by=by), heads, rows)


def _compared(table: Table) -> tuple[tuple[Panel, ...], dict[str, Line]]:
    everybody, groups = table.panels[:1], table.panels[1:]
    answers = _answers(groups) or _answers(table.panels)
    return ((*everybody, *groups) if _covers(everybody[0], answers) else groups), answers


def _answers(panels: Sequence[Panel]) -> dict[str, Line]:
    """The lines of every panel that has some, each code once."""
    return {line.code: line for panel in panels for line in panel.lines}


def _covers(panel: Panel, answers: dict[str, Line]) -> bool:
    codes = {line.code for line in panel.lines}
    return all(code in codes for code, line in answers.items() if line.is_answer)


def _labelled(answers: dict[str, Line], wording: Wording) -> dict[str, tuple[str, Role]]:
    in_order = sorted(answers.items(), key=lambda item: not item[1].is_answer)
    return {code: (label_of(line, wording), Role.ANSWER if line.is_answer else Role.REASON) for code, line in in_order}


def _line_of(panel: Panel, code: str) -> Line | None:
    return next((one for one in panel.lines if one.code == code), None)


def _cells(panel: Panel, code: str, wording: Wording) -> tuple[Cell, Cell]:
    if panel.hidden is not None:
        is_most = panel.hidden is Hidden.ALIKE and panel.prevalent == code
        return Cell(wording.say("most")) if is_most else EMPTY, EMPTY
    line = _line_of(panel, code)
    if line is None or line.share is None:
        return EMPTY, EMPTY
    share = line.share
    return count(wording, share.count), percent(wording, share.percent, share.base) if line.is_answer else BLANK


def _weighted(panel: Panel, code: str, wording: Wording) -> Cell:
    line = _line_of(panel, code)
    if line is None or line.share is None or line.share.weighted is None:
        return EMPTY
    return percent(wording, line.share.weighted, line.share.base)


def _bases(panels: Sequence[Panel], k: int, wording: Wording) -> Row:
    cells: list[Cell] = []
    for panel in panels:
        told = count(wording, panel.answered)
        cells += [told if panel.hidden is None else Cell(hidden_words(wording, panel.hidden, k)), BLANK]
    return Row(wording.say("Answered (base)"), tuple(cells), Role.BASE)


def _margins(panels: Sequence[Panel], wording: Wording) -> Row:
    cells: list[Cell] = []
    for panel in panels:
        margin = panel.margin if panel.hidden is None else None
        told = BLANK if margin is None else Cell(wording.margin(margin), rounded(margin, 1), Form.NUMBER, 1)
        cells += [BLANK, told]
    return Row(wording.say("Margin of error, at most (points)"), tuple(cells), Role.BASE)

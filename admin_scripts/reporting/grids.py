"""One published table as tables in words: the answers of everybody with base and interval, the groups side by side."""

from collections.abc import Sequence

from admin_scripts.publication import Line, Panel, Publication, Share, Table, TableKind
from admin_scripts.reporting.groups import Called, called, key
from admin_scripts.reporting.parts import Grid
from admin_scripts.wording import Wording
from admin_scripts.wording.steps import step_words, steps_of
from admin_scripts.wording.terms import (
    PERCENTAGES,
    base_words,
    capitalised,
    figure_name,
    hidden_words,
    name_of_test,
    reason,
    text_in,
)

NOTHING = "–"
_SHORT = ("group", "why it is hidden")
MOST_COLUMNS = 7
_MEASURED = (TableKind.NUMBER, TableKind.NPS, TableKind.SCALE)


def grids(words: Wording, publication: Publication, table: Table) -> tuple[Grid, ...]:
    """The table of everybody, of ranks also their figures, and the one of the groups if there are any."""
    panel = table.panels[0]
    found = [] if panel.hidden or table.kind is TableKind.TEXT else [_everybody(words, table, panel)]
    if table.kind is TableKind.RANK and not panel.hidden:
        found = [_ranked(words, panel)]
    groups = [other for other in table.panels if other.group.codes]
    if table.kind is not TableKind.TEXT and any(not other.hidden for other in groups):
        found.append(grouped(words, publication, table, groups))
    return tuple(found)


def _everybody(words: Wording, table: Table, panel: Panel) -> Grid:
    is_weighted = any(line.share and line.share.weighted is not None for line in panel.lines)
    has_interval = not table.repeat
    head = [words.say("Answer"), "n", "%"]
    head += [capitalised(words.say("95% interval"))] if has_interval else []
    head += [words.say("% of those asked")]
    head += [words.say("% weighted")] if is_weighted else []
    rows = [
        _row(words, line, line.share, has_interval=has_interval, is_weighted=is_weighted)
        for line in panel.lines
        if line.share
    ]
    caption = words.say("All answers: {base}", base=base_words(words, panel))
    return Grid(caption, tuple(head), tuple(rows), (*_unshown(words, panel), *_measures(words, table, panel)))


def _unshown(words: Wording, panel: Panel) -> tuple[str, ...]:
    names = [text_in(line.labels, words) or reason(words, line.code) for line in panel.lines if line.share is None]
    return (words.say("Not shown, since few gave them: {answers}.", answers="; ".join(names)),) if names else ()


def _row(words: Wording, line: Line, share: Share, *, has_interval: bool, is_weighted: bool) -> tuple[str, ...]:
    label = text_in(line.labels, words) or reason(words, line.code)
    asked = words.percent(share.of_asked, share.base)
    if not line.is_answer:
        return (label, words.whole(share.count), NOTHING, *[NOTHING] * has_interval, asked, *[NOTHING] * is_weighted)
    cells = [label, words.whole(share.count), words.percent(share.percent, share.base)]
    cells += [words.interval(share.low, share.high, share.base)] if has_interval else []
    weighted = NOTHING if share.weighted is None else words.percent(share.weighted, share.base)
    return (*cells, asked, *([weighted] if is_weighted else []))


def _measures(words: Wording, table: Table, panel: Panel) -> tuple[str, ...]:
    """Median, quartiles, net score: a sentence; of several answers that they add up to more."""
    if table.kind is TableKind.MULTIPLE:
        return (words.say("Several answers were possible: percentages of those who answered, more than 100% in all."),)
    if table.kind not in _MEASURED or not panel.figures:
        return ()
    said, steps = [], steps_of(table, words)
    for figure in panel.figures:
        if figure.name == "median" and steps:
            said.append(f"{figure_name(words, figure.name)}: {step_words(figure.value, steps, words)}")
            continue
        value = _figure(words, figure.name, figure.value, panel.answered)
        if figure.low is not None and figure.high is not None:
            ends = [_figure(words, figure.name, end, panel.answered) for end in (figure.low, figure.high)]
            value = words.say("{value} (interval from {low} to {high})", value=value, low=ends[0], high=ends[1])
        said.append(f"{figure_name(words, figure.name)} {value}")
    sentence = "; ".join(said)
    return (f"{capitalised(sentence)}.",)


def _figure(words: Wording, name: str, value: float, base: int) -> str:
    if name.partition(":")[0] in PERCENTAGES:
        return words.percent(value, base)
    return words.signed(value) if name in ("nps", "net") else words.figure(value)


def _ranked(words: Wording, panel: Panel) -> Grid:
    figures = {figure.name: figure.value for figure in panel.figures}
    lines = [line for line in panel.lines if line.is_answer and f"borda:{line.code}" in figures]
    lines.sort(key=lambda line: -figures[f"borda:{line.code}"])
    rows = [
        (
            text_in(line.labels, words),
            words.figure(figures[f"borda:{line.code}"]),
            *(
                words.percent(figures[f"{part}:{line.code}"], panel.answered)
                if f"{part}:{line.code}" in figures
                else NOTHING
                for part in ("first", "top3")
            ),
        )
        for line in lines
    ]
    head = (words.say("Answer"), words.say("Points"), words.say("% first"), words.say("% among the first three"))
    note = words.say("Points: 3 for the first place, 2 for the second, 1 for the third.")
    return Grid(words.say("All answers: {base}", base=base_words(words, panel)), head, tuple(rows), (note,))


def grouped(words: Wording, publication: Publication, table: Table, panels: Sequence[Panel]) -> Grid:
    """A row for each group and a column for each answer (or figure of numbers); turned over if answers are many.

    The row of a hidden group is short: its name and why.
    """
    lines = _columns(panels)
    names = [] if lines else list(dict.fromkeys(figure.name for panel in panels for figure in panel.figures))
    head = ["n", *(text_in(line.labels, words) for line in lines), *(figure_name(words, name) for name in names)]
    groups = called(words, panels)
    rows = [(groups.names[key(panel)], *_group_cells(words, publication, panel, lines, names)) for panel in panels]
    caption = words.say("By group, in % of those who answered") if lines else words.say("By group")
    corner = words.say("Group")
    hidden: tuple[str, ...] = ()
    if len(head) > MOST_COLUMNS:
        corner = words.say("Answer")
        hidden = tuple(
            words.say("{group}: {why}.", group=row[0], why=row[1]) for row in rows if len(row) == len(_SHORT)
        )
        whole = [row if len(row) > len(_SHORT) else (row[0], *[NOTHING] * len(head)) for row in rows]
        turned = zip(head, *(row[1:] for row in whole), strict=True)
        head, rows = [row[0] for row in rows], [tuple(cells) for cells in turned]
    return Grid(caption, (corner, *head), tuple(rows), (*groups.notes, *hidden, *compared(words, table, groups)))


def _columns(panels: Sequence[Panel]) -> list[Line]:
    found: dict[str, Line] = {}
    for panel in panels:
        found.update({line.code: line for line in panel.lines if line.is_answer and line.code not in found})
    return list(found.values())


def _group_cells(
    words: Wording, publication: Publication, panel: Panel, lines: Sequence[Line], names: Sequence[str]
) -> tuple[str, ...]:
    """The figures of one group; of a hidden one only why."""
    if panel.hidden:
        why = hidden_words(words, panel.hidden, publication.k)
        prevalent = next((text_in(line.labels, words) for line in lines if line.code == panel.prevalent), "")
        told = words.say("{why}: {answer}", why=why, answer=prevalent) if prevalent else why
        return (told,)
    shares = {line.code: line.share for line in panel.lines}
    figures = {figure.name: figure.value for figure in panel.figures}
    cells = [
        words.percent(share.percent, share.base) if (share := shares.get(line.code)) is not None else NOTHING
        for line in lines
    ]
    cells += [_figure(words, name, figures[name], panel.answered) if name in figures else NOTHING for name in names]
    return (words.whole(panel.answered), *cells)


def compared(words: Wording, table: Table, groups: Called) -> tuple[str, ...]:
    """Whether the groups differ, in a line; nothing if they were not compared."""
    found = table.comparison
    if found is None:
        return ()
    said = [
        words.say(
            "Comparison of the groups, {test}: {p}; after Holm's correction {adjusted}.",
            test=name_of_test(words, found), p=words.p_value(found.p), adjusted=words.p_value(found.adjusted),
        )
    ]  # fmt: skip
    if found.is_indicative:
        said.append(words.say("Only indicative: a group has fewer than 10 answers."))
    if found.left_out:
        names = "; ".join(groups.names.get(codes, codes) for codes in found.left_out)
        said.append(words.say("Not compared, since hidden: {groups}.", groups=names))
    return (" ".join(said),)

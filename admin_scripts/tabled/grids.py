"""The grids of a question about everybody: its answers, what sums them up, and the order of importance."""

from collections.abc import Iterator, Sequence

from admin_scripts.publication import Figure, Line, Panel, Table, Texts
from admin_scripts.tabled.book import Grid, Role, Row
from admin_scripts.tabled.cells import BLANK, Cell, count, figure, figure_interval, interval, percent
from admin_scripts.wording import Wording
from admin_scripts.wording.steps import Steps, step_words, steps_of
from admin_scripts.wording.terms import MISSING, figure_name, group_words, reason, text_in

LONG = 20
"""Of a longer list only what somebody chose is shown."""
RANKED = ("borda", "first", "top3", "duels")


def label_of(line: Line, wording: Wording) -> str:
    """The choice in words, or why there is no answer."""
    if line.code.startswith(MISSING):
        return reason(wording, line.code)
    return text_in(line.labels, wording) or line.code


def has_weights(panels: Sequence[Panel]) -> bool:
    """Whether weighted figures stand beside."""
    return any(line.share is not None and line.share.weighted is not None for one in panels for line in one.lines)


def answers_grid(table: Table, panel: Panel, wording: Wording) -> Grid:
    """One row for each answer with n, percentages and interval; reasons for none below; the base last."""
    is_weighted = has_weights([panel])
    heads = [wording.say("Answer"), wording.say("n"), wording.say("% of those who answered")]
    heads += [] if table.repeat else [wording.say("95% interval")]
    heads += [wording.say("% of those asked")]
    heads += [wording.say("weighted %")] if is_weighted else []
    lines, never = _without_unchosen(panel.lines)
    rows = [_answer(table, line, wording, is_weighted=is_weighted) for line in lines]
    if never:
        said = wording.count("{n} other choice, which nobody chose", "{n} other choices, which nobody chose", never)
        rows.append(Row(said, (BLANK,) * (len(heads) - 1), Role.REASON))
    whole = [count(wording, panel.answered), percent(wording, 100, panel.answered), BLANK]
    cells = [*(whole[:2] if table.repeat else whole), _of_asked(panel, wording)]
    rows.append(Row(wording.say("Answered (base)"), tuple(cells + [BLANK] * is_weighted), Role.BASE))
    return Grid(wording.say("Answers: everybody"), tuple(heads), tuple(rows))


def _without_unchosen(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The lines of a list, and how many were left out since it is long and nobody chose them."""
    unchosen = [line for line in lines if line.is_answer and line.share is not None and not line.share.count]
    if sum(line.is_answer for line in lines) <= LONG:
        return list(lines), 0
    return [line for line in lines if line not in unchosen], len(unchosen)


def _of_asked(panel: Panel, wording: Wording) -> Cell:
    return percent(wording, 100 * panel.answered / panel.asked, panel.asked) if panel.asked else BLANK


def _answer(table: Table, line: Line, wording: Wording, *, is_weighted: bool) -> Row:
    share, role = line.share, Role.ANSWER if line.is_answer else Role.REASON
    columns = 4 - bool(table.repeat) + is_weighted
    if share is None:
        return Row(label_of(line, wording), (Cell(wording.say("not shown")), *[BLANK] * (columns - 1)), role)
    shown = [count(wording, share.count)]
    shown += [percent(wording, share.percent, share.base, bar=True) if line.is_answer else BLANK]
    shown += [] if table.repeat else [interval(wording, share) if line.is_answer else BLANK]
    shown += [percent(wording, share.of_asked, share.base)]
    if is_weighted:
        shown += [BLANK if share.weighted is None else percent(wording, share.weighted, share.base)]
    return Row(label_of(line, wording), tuple(shown), role)


def figures_grid(table: Table, wording: Wording) -> Grid | None:
    """What sums a question up: of everybody with intervals, of groups beside one another."""
    panels, steps = table.panels, steps_of(table, wording)
    named = {one.name: None for panel in panels for one in panel.figures if ":" not in one.name}
    if not named:
        return None
    title = wording.say("Summary")
    if len(panels) == 1:
        heads = (title, wording.say("Figure"), wording.say("95% interval"))
        summing = (one for one in panels[0].figures if ":" not in one.name)
        return Grid(title, heads, tuple(_summed(one, panels[0], steps, wording) for one in summing))
    shown = [panel for panel in panels if panel.figures]
    told = {name: tuple(_figure_of(panel, name, steps, wording) for panel in shown) for name in named}
    rows = tuple(Row(figure_name(wording, name), cells) for name, cells in told.items())
    return Grid(title, (title, *(group_words(wording, panel) for panel in shown)), rows)


def _summed(one: Figure, panel: Panel, steps: Steps, wording: Wording) -> Row:
    value, limits = figure(wording, one, panel.answered), figure_interval(wording, one, panel.answered)
    if one.name == "median" and steps:
        value, limits = Cell(step_words(one.value, steps, wording)), _limits(one, steps, wording)
    return Row(figure_name(wording, one.name), (value, limits))


def _limits(one: Figure, steps: Steps, wording: Wording) -> Cell:
    if one.low is None or one.high is None or one.low == one.high:
        return BLANK
    low, high = (step_words(end, steps, wording) for end in (one.low, one.high))
    return Cell(wording.say("from “{low}” to “{high}”", low=low, high=high))


def _figure_of(panel: Panel, name: str, steps: Steps, wording: Wording) -> Cell:
    found = next((one for one in panel.figures if one.name == name), None)
    if found is None:
        return BLANK
    if name == "median" and steps:
        return Cell(step_words(found.value, steps, wording))
    value, limits = figure(wording, found, panel.answered), figure_interval(wording, found, panel.answered)
    return value if not limits.text else Cell(f"{value.text} ({limits.text})")


def rank_grids(panels: Sequence[Panel], labels: dict[str, Texts], wording: Wording) -> Iterator[Grid]:
    """The order of importance in each group: points, share of first places, share among the first three."""
    for panel in panels:
        told = {one.name: one for one in panel.figures}
        codes = {name.partition(":")[2]: None for name in told if name.partition(":")[0] in RANKED and ":" in name}
        if not codes:
            continue
        heads = (wording.say("Order of importance"), *(figure_name(wording, what) for what in RANKED))
        rows = tuple(
            Row(
                text_in(labels.get(code, {}), wording) or code,
                tuple(_ranked(told.get(f"{what}:{code}"), panel, wording) for what in RANKED),
            )
            for code in codes
        )
        yield Grid(wording.say("Order of importance: {group}", group=group_words(wording, panel)), heads, rows)


def _ranked(one: Figure | None, panel: Panel, wording: Wording) -> Cell:
    return BLANK if one is None else figure(wording, one, panel.answered)

"""Several statements of one scale: one table of them all, and of each the groups side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from admin_scripts.charts.likert import net
from admin_scripts.publication import Panel, Publication, Table
from admin_scripts.reporting.grids import NOTHING, grouped
from admin_scripts.reporting.parts import Grid
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import text_in


def battery_grids(words: Wording, publication: Publication, tables: Sequence[Table]) -> tuple[Grid, ...]:
    """In the order of the chart: the one with the highest net agreement first."""
    ordered = sorted(tables, key=lambda table: -net(table.panels[0]))
    return (_together(words, ordered), *_by_group(words, publication, ordered))


def _together(words: Wording, tables: Sequence[Table]) -> Grid:
    steps = [text_in(line.labels, words) for line in tables[0].panels[0].lines if line.is_answer]
    head = (
        words.say("Statement"),
        "n",
        *steps,
        words.say("top two steps, with interval"),
        words.say("margin of error"),
    )
    rows = tuple(_row(words, table) for table in tables)
    note = words.say("In % of those who answered; the margin of error is in points.")
    return Grid(words.say("All answers, n in each row"), head, rows, (note,))


def _row(words: Wording, table: Table) -> tuple[str, ...]:
    panel = table.panels[0]
    shares = [
        words.percent(line.share.percent, line.share.base) if line.share else NOTHING
        for line in panel.lines
        if line.is_answer
    ]
    margin = NOTHING if panel.margin is None else words.margin(panel.margin)
    return (text_in(table.wording, words), words.whole(panel.answered), *shares, _top(words, panel), margin)


def _top(words: Wording, panel: Panel) -> str:
    found = next((figure for figure in panel.figures if figure.name == "top2"), None)
    if found is None:
        return NOTHING
    value = words.percent(found.value, panel.answered)
    if found.low is None or found.high is None:
        return value
    return f"{value}\n({words.interval(found.low, found.high, panel.answered)})"


def _by_group(words: Wording, publication: Publication, tables: Sequence[Table]) -> Iterator[Grid]:
    for table in tables:
        groups = [panel for panel in table.panels if panel.group.codes]
        if any(not panel.hidden for panel in groups):
            made = grouped(words, publication, table, groups)
            yield replace(made, caption=f"{text_in(table.wording, words).rstrip()} {made.caption}")

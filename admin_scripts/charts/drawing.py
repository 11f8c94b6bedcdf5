"""One question as a picture: the kind of chart that fits how it is counted, with its base in the line above."""

from collections.abc import Callable, Mapping
from functools import partial

from admin_scripts.charts import alternative
from admin_scripts.charts.bars import Bar, bars
from admin_scripts.charts.columns import Standing, columns
from admin_scripts.charts.look import Frame
from admin_scripts.charts.picture import Picture, picture
from admin_scripts.charts.ranks import Place, ranks
from admin_scripts.publication import Line, Panel, Table, TableKind
from admin_scripts.wording import N_, Wording
from admin_scripts.wording.terms import base_words, text_in

MOST_DETRACTING, MOST_PASSIVE = 6, 8
SYNTHETIC = N_("SYNTHETIC: nobody has given these answers")


def draw(words: Wording, table: Table, *, is_synthetic: bool) -> Picture | None:
    """The chart of everybody's answers; None where nothing can be shown in one."""
    panel = table.panels[0]
    make = _KINDS.get(table.kind)
    if make is None or panel.hidden or not panel.answered or not answers(panel):
        return None
    return make(words, table, panel, frame(words, panel, is_synthetic=is_synthetic))


def answers(panel: Panel) -> list[Line]:
    """The lines that are answers and are shown."""
    return [line for line in panel.lines if line.is_answer and line.share is not None]


def frame(words: Wording, panel: Panel, *, is_synthetic: bool) -> Frame:
    """The base in words, and the mark of synthetic answers."""
    return Frame((base_words(words, panel),), words.say(SYNTHETIC) if is_synthetic else "")


def _bars(words: Wording, table: Table, panel: Panel, shown: Frame) -> Picture:
    lines = answers(panel)
    if table.kind is not TableKind.SCALE:
        lines.sort(key=lambda line: -line.share.percent if line.share else 0)
    rows = [_bar(words, line) for line in lines]
    told = alternative.headed(words, table, words.say("Bar chart"), alternative.of_lines(words, lines))
    return picture(table.variable, (table.variable,), told, partial(bars, rows), shown)


def _bar(words: Wording, line: Line) -> Bar:
    label, share = text_in(line.labels, words), line.share
    if share is None:
        return Bar(label, "", None)
    said = f"{words.percent(share.percent, share.base)} ({words.whole(share.count)})"
    return Bar(label, said, share.percent, share.low, share.high)


def _histogram(words: Wording, table: Table, panel: Panel, shown: Frame) -> Picture:
    lines = answers(panel)
    median = _figures(panel).get("median")
    title = words.say("Median: {median}", median=words.figure(median)) if median is not None else ""
    rows = [_standing(words, line) for line in lines]
    told = alternative.headed(
        words, table, words.say("Histogram"), f"{alternative.of_lines(words, lines)} {title}".strip()
    )
    return picture(table.variable, (table.variable,), told, partial(columns, rows, title, are_touching=True), shown)


def _nps(words: Wording, table: Table, panel: Panel, shown: Frame) -> Picture:
    lines = answers(panel)
    rows = [_standing(words, line, _part(words, line.code)) for line in lines]
    title = net_words(words, panel)
    told = alternative.headed(
        words, table, words.say("Column chart from 0 to 10"), f"{title}. {alternative.of_lines(words, lines)}"
    )
    return picture(table.variable, (table.variable,), told, partial(columns, rows, title, are_touching=False), shown)


def net_words(words: Wording, panel: Panel) -> str:
    """Promoters minus detractors, with the interval if there is one; "" if it is not told."""
    net = next((figure for figure in panel.figures if figure.name == "nps"), None)
    if net is None:
        return ""
    said = words.say("Promoters minus detractors: {net}", net=words.signed(net.value))
    if net.low is None or net.high is None:
        return said
    low, high = words.signed(net.low), words.signed(net.high)
    return words.say("{net} (interval from {low} to {high})", net=said, low=low, high=high)


def _part(words: Wording, code: str) -> str:
    if not code.isdigit():
        return ""
    mark = int(code)
    if mark <= MOST_DETRACTING:
        return words.say("detractors (0–6)")
    return words.say("passives (7–8)") if mark <= MOST_PASSIVE else words.say("promoters (9–10)")


def _standing(words: Wording, line: Line, part: str = "") -> Standing:
    label, share = text_in(line.labels, words), line.share
    if share is None:
        return Standing(label, 0.0, "", part)
    return Standing(label, share.percent, f"{words.percent(share.percent, share.base)}", part)


def _ranks(words: Wording, table: Table, panel: Panel, shown: Frame) -> Picture | None:
    figures = _figures(panel)
    lines = [line for line in panel.lines if line.is_answer and f"borda:{line.code}" in figures]
    lines.sort(key=lambda line: -figures[f"borda:{line.code}"])
    rows, told = [], []
    for line in lines:
        points = figures[f"borda:{line.code}"]
        first, among = (figures.get(f"{part}:{line.code}", 0.0) for part in ("first", "top3"))
        shares = [words.percent(value, panel.answered) for value in (first, among)]
        label = text_in(line.labels, words)
        said = words.say("{points} points", points=words.figure(points))
        rows.append(Place(label, first, among, f"{shares[0]} · {shares[1]} · {said}"))
        told.append(alternative.of_ranks(words, label, points, *shares))
    if not rows:
        return None
    chart = partial(ranks, rows, words.say("named first"), words.say("among the first three"))
    text = alternative.headed(words, table, words.say("Bar chart by importance"), " ".join(told))
    return picture(table.variable, (table.variable,), text, chart, shown)


def _figures(panel: Panel) -> dict[str, float]:
    return {figure.name: figure.value for figure in panel.figures}


_KINDS: Mapping[TableKind, Callable[[Wording, Table, Panel, Frame], Picture | None]] = {
    TableKind.CHOICE: _bars,
    TableKind.SCALE: _bars,
    TableKind.MULTIPLE: _bars,
    TableKind.NUMBER: _histogram,
    TableKind.NPS: _nps,
    TableKind.RANK: _ranks,
}

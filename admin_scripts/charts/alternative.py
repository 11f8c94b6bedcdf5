"""The alternative text of a chart: its figures in a sentence each, for those who hear the page."""

from collections.abc import Iterable

from admin_scripts.publication import Line, Panel, Table
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import text_in


def of_lines(words: Wording, lines: Iterable[Line]) -> str:
    """Each choice with its percentage, how many that are, and the interval."""
    return " ".join(of_line(words, line) for line in lines)


def of_line(words: Wording, line: Line) -> str:
    """One choice in a sentence; of a hidden one only that it is not shown."""
    label = text_in(line.labels, words)
    share = line.share
    if share is None:
        return words.say("{label}: not shown.", label=label)
    return words.say(
        "{label}: {percent} ({count} of {base}, interval {interval}).",
        label=label,
        percent=words.percent(share.percent, share.base),
        count=words.whole(share.count),
        base=words.whole(share.base),
        interval=words.interval(share.low, share.high, share.base),
    )


def of_scale(words: Wording, label: str, panel: Panel) -> str:
    """One row of stacked bars: the percentages from the lowest step to the highest."""
    shares = "; ".join(
        f"{text_in(line.labels, words)} {words.percent(line.share.percent, line.share.base)}"
        for line in panel.lines
        if line.is_answer and line.share is not None
    )
    return words.say("{label}: {shares} (n = {n}).", label=label.rstrip(".?!"), shares=shares, n=panel.answered)


def of_ranks(words: Wording, label: str, points: float, first: str, among: str) -> str:
    """One thing of an order of importance."""
    return words.say(
        "{label}: {points} points, named first by {first}, among the first three by {among}.",
        label=label, points=words.figure(points), first=first, among=among,
    )  # fmt: skip


def headed(words: Wording, table: Table, what: str, told: str) -> str:
    """The whole text: what kind of chart, of which question, and its figures."""
    wording = text_in(table.wording, words)
    return f"{what}: {wording.rstrip()} {told}" if wording.rstrip().endswith((".", "?", "!")) else (
        f"{what}: {wording}. {told}"
    )  # fmt: skip

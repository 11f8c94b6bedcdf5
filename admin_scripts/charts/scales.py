"""Diverging stacked bars: below the middle to the left, above to the right, the middle split, the rest apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from admin_scripts.charts.bars import label_axis
from admin_scripts.charts.look import APART, GRID, INK, diverging, ink_on, row_height, wrapped

LONG = 32
SMALLEST_WRITTEN = 15
"""Percent; a number in a narrower segment could not be read."""


@dataclass(frozen=True, slots=True)
class Stack:
    """One row: percentages of the steps from the lowest to the highest with their words, and how many are apart."""

    label: str
    shares: tuple[float, ...]
    words: tuple[str, ...]
    apart: int


def stacks(rows: Sequence[Stack], steps: Sequence[str], apart: str) -> alt.HConcatChart:
    """Rows in the order given; `steps` names the colours, `apart` the column on the right."""
    names = [f"{place}\t{wrapped(row.label, 40)}" for place, row in enumerate(rows)]
    height = row_height(names) * len(rows)
    pieces = [piece for name, row in zip(names, rows, strict=True) for piece in _pieces(name, row, steps)]
    main = _main(pieces, names, steps).properties(width=360, height=height)
    if not any(row.apart for row in rows):
        return alt.hconcat(main)
    values = [{"label": name, "count": row.apart} for name, row in zip(names, rows, strict=True)]
    return alt.hconcat(main, _apart(values, names, apart).properties(width=64, height=height), spacing=14)


def _pieces(name: str, row: Stack, steps: Sequence[str]) -> list[dict[str, object]]:
    half = len(steps) // 2
    at = -sum(row.shares[:half]) - (row.shares[half] / 2 if len(steps) % 2 else 0)
    found: list[dict[str, object]] = []
    for step, colour, share, words in zip(steps, diverging(len(steps)), row.shares, row.words, strict=True):
        shown = words if share >= SMALLEST_WRITTEN else ""
        middle = at + share / 2
        found.append(
            {"label": name, "step": step, "from": at, "to": at + share, "middle": middle, "words": shown,
             "ink": ink_on(colour)}
        )  # fmt: skip
        at += share
    return found


def _main(pieces: list[dict[str, object]], names: Sequence[str], steps: Sequence[str]) -> alt.LayerChart:
    base = alt.Chart(alt.Data(values=pieces)).encode(y=label_axis(names))
    scale = alt.Scale(domain=list(steps), range=diverging(len(steps)))
    axis = alt.Axis(values=[-100, -50, 0, 50, 100], labelExpr="abs(datum.value) + '%'", title=None, ticks=False)
    bars = base.mark_bar(size=22, stroke="#ffffff", strokeWidth=0.8).encode(
        x=alt.X("from:Q", scale=alt.Scale(domain=[-100, 100]), axis=axis),
        x2=alt.X2("to:Q"),
        color=alt.Color(
            "step:N",
            scale=scale,
            sort=list(steps),
            legend=alt.Legend(orient="bottom", columns=3 if max(map(len, steps)) < LONG else 1, offset=8),
        ),
    )
    words = base.mark_text().encode(
        x="middle:Q", text="words:N", color=alt.Color("ink:N", scale=None)
    )  # fmt: skip
    zero = alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x="zero:Q")
    return alt.layer(zero, bars, words)


def _apart(values: list[dict[str, object]], names: Sequence[str], title: str) -> alt.LayerChart:
    axis = alt.Axis(labels=False, ticks=False, domain=False, title=None, grid=False)
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("label:N", sort=list(names), axis=axis))
    most = max(float(str(row["count"])) for row in values)
    above = alt.Axis(orient="top", title=wrapped(title, 14).split("\n"), labels=False, ticks=False, grid=False,
                     domainColor=GRID)  # fmt: skip
    bars = base.mark_bar(size=14, color=APART).encode(
        x=alt.X("count:Q", scale=alt.Scale(domain=[0, most * 1.6]), axis=above)
    )
    return alt.layer(bars, base.mark_text(align="left", dx=4).encode(x="count:Q", text="count:Q"))

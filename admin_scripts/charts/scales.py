"""Diverging stacked bars: below the middle to the left, above to the right, the middle split, the rest apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from admin_scripts.charts.bars import label_axis
from admin_scripts.charts.look import APART, GRID, INK, WIDE, Room, diverging, ink_on, row_height, wrapped

LONG = 32


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Pixels, letters of a label, the smallest percentage that can be written in its segment, marks of the axis."""

    bars: int
    apart: int
    between: int
    letters: int
    written: int
    marks: tuple[int, ...]
    columns: int


_WIDE = _Sizes(360, 64, 14, 40, 15, (-100, -50, 0, 50, 100), 3)
_NARROW = _Sizes(150, 30, 6, 16, 37, (-100, 0, 100), 1)


@dataclass(frozen=True, slots=True)
class Stack:
    """One row: percentages of the steps from the lowest to the highest with their words, and how many are apart."""

    label: str
    shares: tuple[float, ...]
    words: tuple[str, ...]
    apart: int


def stacks(rows: Sequence[Stack], steps: Sequence[str], apart: str, *, room: Room = WIDE) -> alt.HConcatChart:
    """Rows in the order given; `steps` names the colours, `apart` the column on the right."""
    sizes = _WIDE if room is WIDE else _NARROW
    names = [f"{place}\t{wrapped(row.label, sizes.letters)}" for place, row in enumerate(rows)]
    height = row_height(names) * len(rows)
    pieces = [
        piece for name, row in zip(names, rows, strict=True) for piece in _pieces(name, row, steps, sizes.written)
    ]
    main = _main(pieces, label_axis(names, room), steps, sizes).properties(width=sizes.bars, height=height)
    if not any(row.apart for row in rows):
        return alt.hconcat(main)
    values = [{"label": name, "count": row.apart} for name, row in zip(names, rows, strict=True)]
    beside = _apart(values, names, apart).properties(width=sizes.apart, height=height)
    return alt.hconcat(main, beside, spacing=sizes.between)


def _pieces(name: str, row: Stack, steps: Sequence[str], written: int) -> list[dict[str, object]]:
    half = len(steps) // 2
    at = -sum(row.shares[:half]) - (row.shares[half] / 2 if len(steps) % 2 else 0)
    found: list[dict[str, object]] = []
    for step, colour, share, words in zip(steps, diverging(len(steps)), row.shares, row.words, strict=True):
        shown = words if share >= written else ""
        middle = at + share / 2
        found.append(
            {"label": name, "step": step, "from": at, "to": at + share, "middle": middle, "words": shown,
             "ink": ink_on(colour)}
        )  # fmt: skip
        at += share
    return found


def _main(pieces: list[dict[str, object]], rows: alt.Y, steps: Sequence[str], sizes: _Sizes) -> alt.LayerChart:
    base = alt.Chart(alt.Data(values=pieces)).encode(y=rows)
    scale = alt.Scale(domain=list(steps), range=diverging(len(steps)))
    axis = alt.Axis(values=list(sizes.marks), labelExpr="abs(datum.value) + '%'", title=None, ticks=False)
    bars = base.mark_bar(size=22, stroke="#ffffff", strokeWidth=0.8).encode(
        x=alt.X("from:Q", scale=alt.Scale(domain=[-100, 100]), axis=axis),
        x2=alt.X2("to:Q"),
        color=alt.Color(
            "step:N",
            scale=scale,
            sort=list(steps),
            legend=alt.Legend(orient="bottom", columns=sizes.columns if max(map(len, steps)) < LONG else 1, offset=8),
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

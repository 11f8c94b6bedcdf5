"""Columns that stand side by side because their order counts: classes of numbers, and 0 to 10."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from admin_scripts.charts.look import BAR, HIGH, LOW, NEUTRAL, WIDE, Room, wrapped

HEIGHT = 220
CLASSES = (LOW[0], NEUTRAL, HIGH[1])


@dataclass(frozen=True, slots=True)
class Standing:
    """One column: its class, percent, and the words above it; `part` is which colour it has, by its name."""

    label: str
    percent: float
    words: str
    part: str = ""


def columns(rows: Sequence[Standing], title: str, *, are_touching: bool, room: Room = WIDE) -> alt.LayerChart:
    """From left to right in the order given; `are_touching` as a histogram's do."""
    values = [{"label": wrapped(row.label, 12), "percent": row.percent, "words": row.words, "part": row.part}
              for row in rows]  # fmt: skip
    parts = list(dict.fromkeys(row.part for row in rows))
    most = max((row.percent for row in rows), default=1.0)
    names = [row["label"] for row in values]
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X(
            "label:N", sort=names, title=wrapped(title, room.line).split("\n"),
            scale=alt.Scale(paddingInner=0.03 if are_touching else 0.18, paddingOuter=0.1),
            axis=alt.Axis(labelAngle=0, labelLimit=0, ticks=False, labelExpr="split(datum.label, '\\n')"),
        ),
        y=alt.Y("percent:Q", title="%", scale=alt.Scale(domain=[0, max(10.0, most * 1.15)]),
                axis=alt.Axis(tickCount=4, titleAngle=0, titleAlign="right", ticks=False)),
    )  # fmt: skip
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=parts, range=list(CLASSES)),
        sort=parts,
        legend=alt.Legend(orient="bottom", columns=len(parts) if room is WIDE else 1),
    )
    drawn = base.mark_bar().encode(color=colour if len(parts) > 1 else alt.value(BAR))
    return alt.layer(drawn, base.mark_text(dy=-7).encode(text="words:N")).properties(
        width=room.width, height=HEIGHT, autosize=alt.AutoSizeParams(type="fit", contains="padding")
    )

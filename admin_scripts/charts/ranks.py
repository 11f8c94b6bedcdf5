"""An order of importance: how many named each first and among the first three, sorted by points."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from admin_scripts.charts.bars import fitted, label_axis, percent_axis
from admin_scripts.charts.look import DARK, PALE, WIDE, Room, wrapped


@dataclass(frozen=True, slots=True)
class Place:
    """One of the things that were put in order; percentages of those who answered, and the words at the end."""

    label: str
    first: float
    among: float
    words: str


def ranks(rows: Sequence[Place], first: str, among: str, *, room: Room = WIDE) -> alt.LayerChart:
    """Bars in the order given: the pale one is `among` the first three, the dark one in it named `first`."""
    names = [f"{place}\t{wrapped(row.label, room.letters)}" for place, row in enumerate(rows)]
    values = [
        {"label": name, "percent": percent, "part": part, "words": _told(row.words, room) if part == among else ""}
        for name, row in zip(names, rows, strict=True)
        for part, percent in ((among, row.among), (first, row.first))
    ]
    base = alt.Chart(alt.Data(values=values)).encode(y=label_axis(names, room))
    scale = alt.Scale(domain=[first, among], range=[DARK, PALE])
    legend = alt.Legend(orient="bottom")
    return alt.layer(
        base.transform_filter(alt.datum.part == among).mark_bar(size=20).encode(
            x=percent_axis(room).axis(None), color=alt.Color("part:N", scale=scale, legend=legend)
        ),
        base.transform_filter(alt.datum.part == first).mark_bar(size=10).encode(
            x="percent:Q", color=alt.Color("part:N", scale=scale, legend=legend)
        ),
        base.mark_text(align="left", dx=6, lineBreak="\n", baseline="middle").encode(x="percent:Q", text="words:N"),
    ).properties(**fitted(names, room, 30))  # fmt: skip


def _told(words: str, room: Room) -> str:
    """The points in a line of their own where there is little room."""
    return words if room is WIDE else "\n".join(words.rsplit(" · ", 1))

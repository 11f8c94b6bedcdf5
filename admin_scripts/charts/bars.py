"""Bars with their intervals as whiskers: one answer, several answers, a scale, the response by unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from admin_scripts.charts.look import BAR, INK, WIDE, Room, row_height, wrapped


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: percent and interval of 0 to 100, and the words at its end. Without `percent` only the words."""

    label: str
    words: str
    percent: float | None
    low: float | None = None
    high: float | None = None


def bars(rows: Sequence[Bar], colour: str = BAR, *, room: Room = WIDE) -> alt.LayerChart:
    """Horizontal, from the top in the order given; from 0 to 100 %, so that charts can be compared."""
    values = [
        {
            "label": f"{place}\t{wrapped(row.label, room.letters)}",
            "percent": row.percent or 0,
            "low": row.low,
            "high": row.high,
            "end": max(row.percent or 0, row.high or 0),
            "words": row.words,
        }
        for place, row in enumerate(rows)
    ]
    names = [str(row["label"]) for row in values]
    base = alt.Chart(alt.Data(values=values)).encode(y=label_axis(names, room))
    whiskers = base.transform_filter("isValid(datum.low)").encode(
        x=alt.X("low:Q", axis=None), x2=alt.X2("high:Q"), color=alt.value(INK)
    )
    return alt.layer(
        base.mark_bar(size=18, color=colour).encode(x=percent_axis(room)),
        whiskers.mark_rule(strokeWidth=1.2),
        *(whiskers.mark_tick(size=8, thickness=1.2).encode(x=f"{side}:Q") for side in ("low", "high")),
        base.mark_text(align="left", dx=6, fontSize=11).encode(x=alt.X("end:Q"), text="words:N"),
    ).properties(**fitted(names, room))


def fitted(names: Sequence[str], room: Room, more: int = 0) -> "dict[str, object]":
    """The size of a chart with these rows."""
    height = row_height([str(name) for name in names]) * len(names) + 34 + more
    return {"width": room.width, "height": height, "autosize": alt.AutoSizeParams(type="fit", contains="padding")}


def label_axis(names: Sequence[object], room: Room) -> alt.Y:
    """Rows in the order of `names`; what is before a tabulator makes them different and is not shown."""
    axis = alt.Axis(
        labelExpr="split(slice(datum.label, indexof(datum.label, '\\t') + 1), '\\n')",
        labelLimit=0, labelPadding=8, ticks=False, domain=False, title=None, labelLineHeight=15, minExtent=room.labels,
    )  # fmt: skip
    return alt.Y("label:N", sort=[str(name) for name in names], axis=axis)


def percent_axis(room: Room, title: str = "%") -> alt.X:
    """0 to 100, with room for the words behind the longest bar."""
    return alt.X(
        "percent:Q",
        scale=alt.Scale(domain=[0, room.end]),
        axis=alt.Axis(values=[0, 25, 50, 75, 100], title=title, titleAnchor="end", ticks=False),
    )

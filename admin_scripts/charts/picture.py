"""A specification as SVG or PNG: drawn by vl-convert without a network, the same bytes for the same figures."""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import altair as alt
import vl_convert as vlc
from PIL import Image

from admin_scripts.charts.look import FONT, GRID, INK, NARROW, QUIET, WARNING, WIDE, Frame, Room, wrapped

FONTS = Path(__file__).parents[1] / "fonts"
VERSION = alt.SCHEMA_VERSION.removeprefix("v").rpartition(".")[0]
SHARP, COLOURS = 2.0, 48
_ID = re.compile(r"""(\bid="|url\(#|href="#)([\w-]+)""")
_SAID = re.compile(r' (?:aria-[\w-]+|role|class|pointer-events)="[^"]*"')
"""The whole is one image with one alternative text: what its parts would say is left out."""
_LONG = re.compile(r"\d+\.\d{3,}")
_SIZE = re.compile(r'^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn chart: for which questions, and what is told to those who cannot see it."""

    name: str
    variables: tuple[str, ...]
    alternative: str
    specification: Mapping[str, Any] = field(repr=False)
    make: Callable[[Room], Mapping[str, Any]] = field(repr=False, compare=False)

    def svg(self) -> str:
        """As it stands in a page: its ids begin with its name, so that several can be in one."""
        return _svg(self.name, self.specification)

    def narrow_svg(self) -> str:
        """The same for a telephone: labels in more lines, letters as large."""
        return _svg(f"{self.name}-narrow", self.make(NARROW))

    def png(self) -> bytes:
        """Sharp enough to be printed; of a chart's few colours, so that many of them make no large document."""
        _fonts()
        drawn = vlc.vegalite_to_png(dict(self.specification), vl_version=VERSION, scale=SHARP)
        paper = Image.new("RGB", (seen := Image.open(io.BytesIO(drawn)).convert("RGBA")).size, "white")
        paper.paste(seen, mask=seen)
        small = io.BytesIO()
        paper.quantize(COLOURS).save(small, "PNG", optimize=True)
        return small.getvalue()

    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        found = _SIZE.match(self.svg())
        return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


class Drawing(Protocol):
    """A chart for the room that it has."""

    def __call__(self, *, room: Room) -> alt.TopLevelMixin:
        """Draw it."""


def picture(name: str, variables: tuple[str, ...], alternative: str, drawing: Drawing, frame: Frame) -> Picture:
    """The chart with the look and the line under the title that all have."""

    def make(room: Room) -> Mapping[str, Any]:
        return _titled(drawing(room=room), frame, room)

    return Picture(name, variables, alternative, make(WIDE), make)


def _titled(chart: alt.TopLevelMixin, frame: Frame, room: Room) -> Mapping[str, Any]:
    lines = [line for said in frame.subtitle for line in wrapped(said, room.line).split("\n")]
    title = alt.TitleParams(
        frame.mark, subtitle=lines, anchor="start", frame="bounds", fontSize=12, fontWeight="normal",
        color=WARNING, subtitleColor=QUIET, subtitleFontSize=12, offset=8,
    )  # fmt: skip
    titled = chart.properties(
        title=title,
        padding=6,
        background="transparent",
    )
    shown = (
        titled.configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK, titleColor=QUIET, gridColor=GRID, domainColor=GRID, tickColor=GRID, labelFontSize=12,
            titleFontSize=11, titleFontWeight="normal",
        )
        .configure_legend(labelColor=INK, labelFontSize=11, labelLimit=0, symbolType="square", title=None)
        .configure_text(fontSize=11, color=INK)
    )  # fmt: skip
    specification: Mapping[str, Any] = shown.to_dict(validate=False)
    return specification


@cache
def _fonts() -> None:
    vlc.register_font_directory(str(FONTS))


def _svg(name: str, specification: Mapping[str, Any]) -> str:
    _fonts()
    drawn = _SAID.sub("", vlc.vegalite_to_svg(dict(specification), vl_version=VERSION))
    drawn = _LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), drawn)
    seen: dict[str, str] = {}
    own = _ID.sub(lambda found: found[1] + seen.setdefault(found[2], f"{name}-{len(seen)}"), drawn)
    return own[own.index("<svg") :]

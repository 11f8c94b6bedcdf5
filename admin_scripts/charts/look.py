"""How charts look: colours that the colour-blind and grey print tell apart, one font, lines that are not too long."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

FONT = "DejaVu Sans"
INK, QUIET, GRID = "#1f2933", "#52606d", "#d9e0e6"
BAR, DARK, PALE = "#4f8fc0", "#1f5f96", "#a9cbe3"
NEUTRAL, APART = "#dde1e5", "#8a94a0"
WARNING = "#a33a00"
LOW, HIGH = ("#b35806", "#f0a75a"), ("#7fb3d8", "#1f5f96")
"""From the outside inwards, and from the inside outwards: orange against blue, dark at both ends."""

LABEL_LETTERS = 36
LINE = 15


@dataclass(frozen=True, slots=True)
class Room:
    """How much a chart has: pixels, letters of a label and of a line above, percent until the words at the end end."""

    width: int
    letters: int
    line: int
    labels: int
    end: int


WIDE = Room(width=700, letters=LABEL_LETTERS, line=105, labels=180, end=118)
NARROW = Room(width=350, letters=17, line=48, labels=0, end=150)
"""On paper and on a screen; on a telephone, where the wide one could only be read by pushing it to and fro."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every chart: the line under its title, and the mark of answers that nobody has given."""

    subtitle: tuple[str, ...]
    mark: str = ""


def wrapped(text: str, letters: int = LABEL_LETTERS) -> str:
    """In lines of at most so many letters."""
    return "\n".join(textwrap.wrap(text, letters, break_long_words=True)) or text


def lines_in(labels: Sequence[str]) -> int:
    """Lines of the label that has most of them."""
    return max((label.count("\n") + 1 for label in labels), default=1)


def row_height(labels: Sequence[str]) -> int:
    """Pixels that each row needs."""
    return max(30, lines_in(labels) * LINE + 12)


def diverging(steps: int) -> list[str]:
    """A colour for each step, the lowest first; the middle one of an odd number is grey."""
    half = steps // 2
    low = [LOW[0], *[LOW[1]] * (half - 1)] if half > 1 else [LOW[1]]
    high = [*[HIGH[0]] * (half - 1), HIGH[1]] if half > 1 else [HIGH[0]]
    return [*low[:half], *([NEUTRAL] if steps % 2 else []), *high[:half]]


def ink_on(colour: str) -> str:
    """Black or white, whichever can be read on it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#ffffff" if 0.299 * red + 0.587 * green + 0.114 * blue < 130 else "#111111"  # noqa: PLR2004 - of 255

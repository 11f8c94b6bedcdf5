"""The authors' Markdown as paragraphs and lists, for the templates, which escape every word of it."""

from dataclasses import dataclass
from itertools import groupby

from bot.markdown import Line, Shape, read_markdown


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one shape that stand together."""

    shape: Shape
    lines: tuple[Line, ...]


def passages(text: str) -> tuple[Passage, ...]:
    """A text in passages; blank lines only part them."""
    grouped = groupby(read_markdown(text), lambda line: line.shape)
    return tuple(Passage(shape, tuple(lines)) for shape, lines in grouped if shape is not Shape.GAP)


def lines(text: str) -> tuple[Line, ...]:
    """A text that stands in one heading: its lines without the blank ones."""
    return tuple(line for line in read_markdown(text) if line.shape is not Shape.GAP)

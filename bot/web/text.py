"""Texts in pieces for the templates, which escape every word: the authors' Markdown, and plain text with addresses."""

import re
from dataclasses import dataclass
from itertools import groupby

from bot.markdown import Line, Shape, read_markdown

_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\]])")


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


def linked(text: str) -> tuple[tuple[str, bool], ...]:
    """A plain text in pieces, each with whether it is a web address."""
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(_ADDRESS.split(text)))

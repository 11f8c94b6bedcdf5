"""The Markdown that XLSForm authors may write, read into lines of spans; each channel draws them in its own way.

Understood: `**bold**`, `*italic*` (also with underscores), `# headings`, lists, `[text](address)`, bare web addresses
and a backslash before a sign that is meant as itself. Everything else is text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Shape(StrEnum):
    """What a line is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBERED = "numbered"
    GAP = "gap"  # blank lines, however many


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one look. `text` is raw: whoever draws it escapes it. `link` is "" or an address that is safe to open."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source; `mark` is the number of a NUMBERED one, as "3."."""

    shape: Shape
    spans: tuple[Span, ...] = ()
    mark: str = ""


_LINE = re.compile(
    r"(?P<gap>\s*)|#{1,6}\s+(?P<heading>.*)|\s{0,8}[-*+•]\s+(?P<bullet>.*)|\s{0,8}(?P<mark>\d{1,3}[.)])\s+(?P<numbered>.*)"
)
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\[(?P<label>[^\[\]]{1,500})\]\((?P<target>[^\s()<>\"]{1,2000})\)"
    r"|(?P<address>https?://[^\s<>\"«»]{1,2000})"
    r"|(?P<mark>\*{1,3}|_{1,3})"
    r"|(?P<text>[^\\\[h*_]+|.)"
)
_SAFE = re.compile(r"(?:https?://|mailto:|tel:)[^\s]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]'’”"


def read_markdown(text: str) -> tuple[Line, ...]:
    """Read a label, hint or note; never raises, and takes time in proportion to the text."""
    lines = [_read_line(line) for line in text.strip().splitlines()]
    return tuple(line for shape, same in groupby(lines, lambda line: line.shape) for line in _one_gap(shape, same))


def _one_gap(shape: Shape, lines: Iterator[Line]) -> Iterator[Line]:
    if shape is Shape.GAP:
        yield Line(Shape.GAP)
    else:
        yield from lines


def _read_line(line: str) -> Line:
    found = _LINE.fullmatch(line)
    if not found:
        return Line(Shape.PARAGRAPH, _spans(line.strip()))
    for shape in (Shape.HEADING, Shape.BULLET, Shape.NUMBERED):
        words = found[shape]
        if words is not None:
            return Line(shape, _spans(words.strip()), found["mark"] or "")
    return Line(Shape.GAP)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    link: str = ""
    opens: bool = False
    closes: bool = False


def _spans(text: str) -> tuple[Span, ...]:
    tokens = list(_tokens(text))
    paired = _pairs(tokens)
    return tuple(_joined(_styled(tokens, paired)))


def _tokens(text: str, link: str = "") -> Iterator[_Token]:
    """Cut one line into pieces; the text of a link is cut up again, so that it can be bold, but holds no other link."""
    for found in _TOKEN.finditer(text):
        if found["mark"]:
            yield _mark(found, text, link)
        elif found["label"] and not link and _SAFE.fullmatch(found["target"]):
            yield from _tokens(found["label"], found["target"])
        elif found["address"] and not link:
            yield from _address(found["address"])
        else:
            yield _Token(found["escaped"] or found[0], link)


def _address(written: str) -> Iterator[_Token]:
    """Part a bare address from the full stop or bracket of the sentence around it."""
    address = written.rstrip(_TRAILING)
    yield _Token(address, address)
    yield _Token(written[len(address) :])


def _mark(found: re.Match[str], text: str, link: str) -> _Token:
    """`*` needs a word on its inner side; `_` also none on its outer side, so that snake_case stays as it is."""
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    joins = found[0][0] == "_"
    opens = bool(after.strip()) and not (joins and before.isalnum())
    closes = bool(before.strip()) and not (joins and after.isalnum())
    return _Token(found[0], link, opens, closes)


def _pairs(tokens: list[_Token]) -> set[int]:
    """Find the places of the marks that have a partner; a mark opened inside another pair must be closed inside it."""
    waiting: dict[tuple[str, str], int] = {}
    paired: set[int] = set()
    for index, token in enumerate(tokens):
        key = (token.text, token.link)
        if token.closes and key in waiting:
            start = waiting[key]
            paired |= {start, index}
            waiting = {mark: place for mark, place in waiting.items() if place < start}
        elif token.opens:
            waiting.setdefault(key, index)
    return paired


def _styled(tokens: list[_Token], paired: set[int]) -> Iterator[Span]:
    bold = italic = False
    for index, token in enumerate(tokens):
        if index in paired:
            bold ^= len(token.text) > 1
            italic ^= len(token.text) != 2  # noqa: PLR2004  # one star is italic, two bold, three both
        elif token.text:
            yield Span(token.text, bold, italic, token.link)


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """Neighbours of the same look as one span."""
    for (bold, italic, link), same in groupby(spans, lambda span: (span.bold, span.italic, span.link)):
        yield Span("".join(span.text for span in same), bold, italic, link)

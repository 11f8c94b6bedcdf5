"""Blocks -> Telegram's HTML, cut into as many messages as it takes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from html import escape

from bot.markdown import Line, Shape, Span, read_markdown
from conversations.protocol import Block, Entry, Style

LONGEST_TEXT = 4096
"""Characters of a message once its marks are taken out; code points, not UTF-16 units."""

MOST_MARKS = 90
"""Bold, italic and linked stretches; from the hundredth on Telegram shows them plain."""

LONGEST_SOURCE = 30_000
"""Bytes with the marks; Telegram refuses from 32 KiB on."""

BLANK = "…"
"""Said where there is nothing to say: Telegram refuses a message without a visible sign."""

_BULLET = "• "


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a message: its HTML, whole in itself, and what it counts for. `gap` opens a paragraph."""

    html: str = ""
    length: int = 0
    marks: int = 0
    gap: bool = False


def rows_of(blocks: Iterable[Block]) -> list[Row]:
    """The lines of the blocks, an empty one between two blocks."""
    rows: list[Row] = []
    for block in blocks:
        lines = [row for line in _lines(block) for row in _split(line)]
        rows += [Row(gap=True), *lines] if rows and lines else lines
    return rows


def numbered_rows(words: Iterable[str], first: int = 1) -> list[Row]:
    """Plain texts as a numbered list, under a gap."""
    return listed_rows(f"{number}. {text}" for number, text in enumerate(words, first))


def listed_rows(lines: Iterable[str]) -> list[Row]:
    """Plain lines as they are, under a gap."""
    return [Row(gap=True), *(row for line in lines for row in _split(_plain(line)))]


def entry_rows(entries: Iterable[Entry]) -> list[Row]:
    """The summary: each question with its number, its answer below."""
    rows: list[Row] = []
    for entry in entries:
        number = Span(f"{entry.button.label}. ", bold=True)
        question = [span for line in read_markdown(entry.question) for span in line.spans]
        rows += [Row(gap=True), *_split([number, *question]), *_split(_plain(entry.answer))]
    return rows


# ---------------------------------------------------------------- looks


def _lines(block: Block) -> list[list[Span]]:
    match block.style:
        case Style.NOTE:
            return [_drawn(line) for line in read_markdown(block.text)]
        case Style.QUESTION:
            return _question(read_markdown(block.text))
        case Style.HINT:
            return [[replace(span, italic=True) for span in _drawn(line)] for line in read_markdown(block.text)]
        case Style.SECTION:
            return [[Span(line, bold=True, italic=True)] for line in block.text.splitlines()]
        case Style.PROGRESS:
            return [[Span(line, italic=True)] for line in block.text.splitlines()]
        case Style.NOTICE | Style.ANSWER | Style.PLAIN:
            return [_plain(line) for line in block.text.splitlines()]


def _plain(text: str) -> list[Span]:
    return [Span(text)]


def _question(lines: Sequence[Line]) -> list[list[Span]]:
    """Bold, unless the author has made a part of it bold."""
    drawn = [_drawn(line) for line in lines]
    if any(span.bold for spans in drawn for span in spans):
        return drawn
    return [[replace(span, bold=True) for span in spans] for spans in drawn]


def _drawn(line: Line) -> list[Span]:
    match line.shape:
        case Shape.HEADING:
            return [replace(span, bold=True) for span in line.spans]
        case Shape.BULLET:
            return [Span(_BULLET), *line.spans]
        case Shape.NUMBERED:
            return [Span(f"{line.mark} "), *line.spans]
        case Shape.PARAGRAPH | Shape.GAP:
            return list(line.spans)


# ---------------------------------------------------------------- HTML


def _split(spans: Iterable[Span]) -> Iterator[Row]:
    """One line as one row; as several, cut at spaces, if it is too long for a message of its own."""
    row = Row()
    for span in spans:
        for piece in _pieces(span):
            drawn = _row(piece)
            if not _fits(row, drawn):
                yield row
                row = Row()
            row = _joined(row, drawn, "")
    yield replace(row, gap=not row.length)


_PIECE = 2_000
"""Characters of one stretch of text: with its link and every sign escaped still far below LONGEST_SOURCE."""


def _pieces(span: Span) -> Iterator[Span]:
    text = span.text
    while len(text) > _PIECE:
        cut = text.rfind(" ", 1, _PIECE) + 1 or _PIECE
        yield replace(span, text=text[:cut])
        text = text[cut:]
    yield replace(span, text=text)


def _row(span: Span) -> Row:
    html = escape(span.text, quote=False)
    if not _is_visible(span.text):
        return Row(html, _units(span.text))
    tags = [("b", span.bold), ("i", span.italic)]
    for tag, is_on in tags:
        html = f"<{tag}>{html}</{tag}>" if is_on else html
    if span.link:
        html = f'<a href="{escape(span.link)}">{html}</a>'
    return Row(html, _units(span.text), marks=span.bold + span.italic + bool(span.link))


def _units(text: str) -> int:
    """UTF-16 units: some clients count so, and an emoji is two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _joined(left: Row, right: Row, between: str) -> Row:
    return Row(left.html + between + right.html, left.length + len(between) + right.length, left.marks + right.marks)


def _under(upper: Row, lower: Row) -> Row:
    return _joined(upper, lower, "\n")


def _fits(page: Row, row: Row) -> bool:
    return (
        page.length + row.length + 2 <= LONGEST_TEXT  # with the empty line between
        and page.marks + row.marks <= MOST_MARKS
        and len(page.html.encode()) + len(row.html.encode()) < LONGEST_SOURCE
    )


def pages_of(rows: Iterable[Row]) -> list[str]:
    """The texts of the messages, cut between paragraphs where that is possible, otherwise between lines."""
    pages: list[Row] = []
    for paragraph in _paragraphs(rows):
        whole = reduce(_under, paragraph)
        if _fits(Row(), whole):
            _fill(pages, [whole], "\n\n")
        else:
            pages.append(paragraph[0])
            _fill(pages, paragraph[1:], "\n")
    texts = [page.html for page in pages if _is_visible(page.html)]
    return texts or [BLANK]


def _fill(pages: list[Row], rows: Iterable[Row], between: str) -> None:
    for row in rows:
        if pages and _fits(pages[-1], row):
            pages[-1] = _joined(pages[-1], row, between)
        else:
            pages.append(row)


def _paragraphs(rows: Iterable[Row]) -> Iterator[list[Row]]:
    paragraph: list[Row] = []
    for row in rows:
        if not row.gap:
            paragraph.append(row)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _is_visible(text: str) -> bool:
    return any(sign.isprintable() and not sign.isspace() for sign in text)

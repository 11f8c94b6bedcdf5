"""Cards -> a PDF for the printer: eight of the size A7 on each sheet of A4, with lines to cut along.

The only file that knows the library that writes PDF.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import segno
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from admin_scripts.refusal import Refused

FONTS = Path(__file__).parent / "fonts"
WORDS, ADDRESS, NAMES = "DejaVuSans", "DejaVuSansMono", "names"
"""Fonts; in that of addresses 0 and O, 1 and l look different."""

COLUMNS, ROWS = 2, 4
WIDTH, HEIGHT = A4[0] / COLUMNS, A4[1] / ROWS
MARGIN, QUIET = 20, 12  # points, as all lengths here
CODE = 96  # 34 mm, which a phone reads from half a metre
LEADING = 1.28
BOLD = 0.03  # of the size: the line around each letter
GREY = 0.35

LATIN_MARKS = range(0x300, 0x370)
"""Marks above and below that fonts place well by themselves; others need to be shaped."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is printed for one person. `group` is what the cards are sorted by; it, `sender`, `deadline` may be ""."""

    person_id: str
    name: str
    group: str
    title: str
    sender: str
    what_to_do: str
    deadline: str
    link: str


def write_cards(path: Path, cards: Iterable[Card], *, names: Path | None) -> list[str]:
    """Write the sheets; the ids of the people whose names cannot be written. Theirs is printed, as for who has none.

    `names` is a TrueType font for names that ours does not have; Refused if it is none.
    """
    fonts = [TTFont(WORDS, FONTS / "DejaVuSans.ttf"), *([_font_in(names)] if names else [])]
    for font in (*fonts, TTFont(ADDRESS, FONTS / "DejaVuSansMono.ttf")):
        registerFont(font)
    canvas = Canvas(str(path), pagesize=A4, initialFontName=WORDS, pageCompression=1, invariant=1)
    nameless = []
    for place, card in enumerate(cards):
        font = next((font.fontName for font in fonts if card.name and _can_write(font, card.name)), None)
        if card.name and font is None:
            nameless.append(card.person_id)
        _begin(canvas, place)
        _draw(canvas, card, font)
        canvas.restoreState()
    canvas.save()
    return nameless


def _font_in(path: Path) -> TTFont:
    try:
        return TTFont(NAMES, path)
    except (TTFError, OSError) as error:
        raise Refused(f"{path} is no TrueType font that can be used. Give a file that ends in .ttf.") from error


def _can_write(font: TTFont, text: str) -> bool:
    """Whether it has every letter, and the letters need only be set one after the other, from left to right."""
    return all(ord(letter) in font.face.charToGlyph and _is_simple(letter) for letter in text)


def _is_simple(letter: str) -> bool:
    is_mark = unicodedata.category(letter) in {"Mn", "Mc", "Me"} and ord(letter) not in LATIN_MARKS
    return not is_mark and unicodedata.bidirectional(letter) not in {"R", "AL"}


def _begin(canvas: Canvas, place: int) -> None:
    """Move to the corner of the card with this number, on a sheet of its own if the last one is full."""
    row, column = divmod(place % (ROWS * COLUMNS), COLUMNS)
    if row == column == 0:
        if place:
            canvas.showPage()
        _draw_lines(canvas)
    canvas.saveState()
    canvas.translate(column * WIDTH, A4[1] - (row + 1) * HEIGHT)


def _draw_lines(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.3)
    canvas.setStrokeGray(0.6)
    canvas.setDash(3, 3)
    for number in range(1, COLUMNS):
        canvas.line(number * WIDTH, 0, number * WIDTH, A4[1])
    for number in range(1, ROWS):
        canvas.line(0, number * HEIGHT, A4[0], number * HEIGHT)
    canvas.restoreState()


def _draw(canvas: Canvas, card: Card, font: str | None) -> None:
    """The person and the survey beside the code; below, what to do, until when, and the address."""
    _draw_code(canvas, card.link, WIDTH - MARGIN - CODE, HEIGHT - MARGIN - CODE)
    pen = _Pen(canvas, HEIGHT - MARGIN, WIDTH - 2 * MARGIN - CODE - QUIET)
    pen.write(card.group, size=6.5, most=1, grey=GREY)
    name = card.name if font else card.person_id
    pen.write(name, font=font or WORDS, size=pen.fitting(name, (13, 11, 9.5, 8), most=3), most=3, bold=BOLD)
    pen.write(card.title, size=8, most=3)
    pen.write(card.sender, size=6.5, most=2, grey=GREY)
    pen = _Pen(canvas, min(HEIGHT - MARGIN - CODE - 8, pen.top - 2), WIDTH - 2 * MARGIN)
    pen.write(card.what_to_do, size=7.5, most=3)
    pen.write(card.deadline, size=pen.fitting(card.deadline, (8, 7.5), most=1), most=2, bold=BOLD)
    _write_address(pen, card.link.removeprefix("https://"))


def _draw_code(canvas: Canvas, link: str, left: float, bottom: float) -> None:
    """As one shape, so that no seams show between its squares."""
    matrix = segno.make(link, micro=False, error="m").matrix
    side = CODE / len(matrix)
    shape = canvas.beginPath()
    for row, squares in enumerate(reversed(matrix)):
        column = 0
        for is_dark, run in groupby(squares):
            length = len(list(run))
            if is_dark:
                shape.rect(left + column * side, bottom + row * side, length * side, side)
            column += length
    canvas.drawPath(shape, stroke=0, fill=1)


def _write_address(pen: "_Pen", address: str) -> None:
    """As it can be typed; if it needs two lines, the second begins where what is personal begins."""
    common, slash, own = address.rpartition("/")
    lines = [address] if stringWidth(address, ADDRESS, 8.5) <= pen.width else [common + slash, own]
    size = pen.fitting(max(lines, key=len), (8.5, 8, 7.5, 7, 6.5), most=1, font=ADDRESS)
    for line in lines:
        pen.write(line, font=ADDRESS, size=size, most=2)


LONGEST = 400
"""Letters of a text that are looked at: more than a card has room for."""


class _Pen:
    """Writes text from the top of a column downwards."""

    def __init__(self, canvas: Canvas, top: float, width: float) -> None:
        self._canvas = canvas
        self.top = top
        self.width = width

    def fitting(self, text: str, sizes: Sequence[float], *, most: int, font: str = WORDS) -> float:
        """The first of the sizes in which a text needs at most so many lines, or the last."""
        return next((size for size in sizes if len(_folded(text, font, size, self.width)) <= most), sizes[-1])

    def write(self, text: str, *, size: float, most: int, font: str = WORDS, grey: float = 0, bold: float = 0) -> None:
        """Write as many lines as it needs, at most so many."""
        lines = _folded(text, font, size, self.width)
        if len(lines) > most:
            lines = [*lines[: most - 1], _cut(lines[most - 1], font, size, self.width)]
        words = self._canvas.beginText(MARGIN, self.top - size)
        words.setFont(font, size, size * LEADING)
        words.setFillGray(grey)
        words.setStrokeGray(grey)
        words.setTextRenderMode(2 if bold else 0)
        self._canvas.setLineWidth(size * bold)
        words.textLines(lines)
        self._canvas.drawText(words)
        self.top -= size * LEADING * len(lines) + (size * 0.3 if lines else 0)


def _folded(text: str, font: str, size: float, width: float) -> list[str]:
    """Broken between words, and within a word that is wider than the column."""
    lines: list[str] = []
    for line in simpleSplit(text[:LONGEST], font, size, width):
        rest = line
        while stringWidth(rest, font, size) > width and len(rest) > 1:
            fits = max((n for n in range(1, len(rest)) if stringWidth(rest[:n], font, size) <= width), default=1)
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return lines


def _cut(line: str, font: str, size: float, width: float) -> str:
    while line and stringWidth(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"

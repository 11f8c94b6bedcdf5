"""Book -> XLSX: a sheet for each question, contents with links, how to read it; made to be printed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from admin_scripts.sheet_titles import sheet_titles
from admin_scripts.tabled.book import Book, Grid, Page, Role, Row
from admin_scripts.tabled.cells import Cell, Form
from admin_scripts.tabled.styles import Styles

UNSCALED = {"scale_with_doc": False}
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Of every workbook: the same figures make the same file."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4, LINES_ON_A_PAGE, LINE = 9, 34, 15
LABEL_WIDTH, WIDTH, MERGED = 40, 9.5, 6
SHARED, ROOMY, NARROW, SHORT, PAGE_WIDTH = 6, 9, 6.5, 34, 112
"""Columns that all grids of a sheet use; from more than so many on the others are narrow and labels short."""
CONTENTS = (26, 24, 52, 36)
LINE_LENGTH = 98
"""Letters in a line over the first columns, as wide as a page."""


def workbook_of(book: Book) -> bytes:
    """The content of the file."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as made:
        made.set_properties({"title": book.title, "subject": book.subtitle, "created": CREATED})
        styles = Styles(made)
        titles = sheet_titles(
            (book.contents_title, book.method_title, book.field.name, *(page.name for page in book.pages))
        )
        _write_contents(made, styles, book, titles)
        _write_method(made, styles, book, titles[1])
        for page, title in zip((book.field, *book.pages), titles[2:], strict=True):
            _write_page(made, styles, book, page, title)
    return content.getvalue()


def _sheet(made: Workbook, book: Book, title: str) -> Worksheet:
    """A sheet that prints on A4, landscape, as wide as the page, with the title above and the page number below."""
    sheet = made.add_worksheet(title)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    above = " – ".join(part for part in (book.mark, book.title) if part).replace("&", "&&")
    sheet.set_header(f"&L&8 {above}", UNSCALED)
    sheet.set_footer(f"&L&8 {title.replace('&', '&&')}&R&8 {book.page_words}", UNSCALED)
    sheet.set_column(0, 0, LABEL_WIDTH)
    sheet.set_column(1, 40, WIDTH)
    sheet.hide_gridlines(2)
    return sheet


def _write_head(sheet: Worksheet, styles: Styles, book: Book, title: str, below: str) -> int:
    """The mark, the title and what stands below it; gives the next row."""
    row = 0
    if book.mark:
        row = _write_line(sheet, row, book.mark, styles.mark)
    row = _write_line(sheet, row, title, styles.title, letters=LINE_LENGTH * 11 // 15, height=20)
    if below:
        row = _write_line(sheet, row, below, styles.soft)
    return row + 1


def _write_line(
    sheet: Worksheet, row: int, words: str, style: Format, *, letters: int = LINE_LENGTH, height: int = LINE
) -> int:
    """Words over the first columns, in as many lines as they need; gives the next row."""
    sheet.merge_range(row, 0, row, MERGED, "", style)
    sheet.write_string(row, 0, words, style)
    sheet.set_row(row, height * (1 + len(words) // letters))
    return row + 1


def _write_contents(made: Workbook, styles: Styles, book: Book, titles: list[str]) -> None:
    sheet = _sheet(made, book, titles[0])
    for column, width in enumerate(CONTENTS):
        sheet.set_column(column, column, width)
    sheet.set_column(len(CONTENTS), MERGED, 1)
    row = _write_head(sheet, styles, book, book.title, book.subtitle)
    for title, words in ((titles[1], book.method_title), (titles[2], book.field.title)):
        _link(sheet, styles, (row, 1), title, words)
        row += 1
    for column, head in enumerate(book.heads):
        sheet.write_string(row + 1, column, head, styles.head_left)
    sheet.repeat_rows(row + 1)
    for place, (page, title) in enumerate(zip(book.pages, titles[3:], strict=True), start=row + 2):
        cells = (page.section, page.name, page.title, page.facts[-1][1])
        for column, cell in enumerate(cells):
            sheet.write_string(place, column, cell, styles.text)
        _link(sheet, styles, (place, 1), title, page.name)
        lines = (_lines(cell, width) for cell, width in zip(cells, CONTENTS, strict=True))
        sheet.set_row(place, LINE * max(lines))


def _lines(words: str, width: float) -> int:
    """How many lines a cell so wide needs: words are not halved."""
    return 1 + int(len(words) // (width - 4))


def _link(sheet: Worksheet, styles: Styles, place: tuple[int, int], title: str, words: str) -> None:
    quoted = title.replace("'", "''")
    sheet.write_url(*place, f"internal:'{quoted}'!A1", styles.link, words[:255])


def _write_method(made: Workbook, styles: Styles, book: Book, title: str) -> None:
    sheet = _sheet(made, book, title)
    row = _write_head(sheet, styles, book, book.method_title, "")
    for chapter in book.method:
        row = _write_line(sheet, row, chapter.title, styles.heading)
        for paragraph in chapter.paragraphs:
            row = _write_line(sheet, row, paragraph, styles.text)
        row += 1


def _write_page(made: Workbook, styles: Styles, book: Book, page: Page, title: str) -> None:
    sheet = _sheet(made, book, title)
    row = _write_head(sheet, styles, book, page.title, page.section)
    for name, words in page.facts:
        row = _write_line(sheet, row, f"{name}: {words}", styles.soft)
    head = row
    sheet.repeat_rows(0, max(0, head - 1))
    columns = Columns(max((len(grid.heads) for grid in page.grids), default=0))
    sheet.set_column(0, 0, columns.label)
    sheet.set_column(SHARED, max(SHARED, columns.number), columns.other)
    breaks, since = [], 0
    for grid in page.grids:
        over = _columns_of_a_figure(grid, page)
        if row - since + _length(grid, columns, over) > columns.lines_on_a_page() and row > head:
            breaks.append(row + 1)
            since = row - head
        row = _write_grid(sheet, styles, grid, row + 1, columns, over) + 1
    sheet.set_h_pagebreaks(breaks)
    for note in page.notes:
        row = _write_line(sheet, row, note, styles.text)


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the columns of a sheet are that has so many."""

    number: int

    @property
    def label(self) -> float:
        """The first."""
        return SHORT if self.number > ROOMY else LABEL_WIDTH

    @property
    def other(self) -> float:
        """Those that only a break-down has."""
        return NARROW if self.number > ROOMY else WIDTH

    def room(self, first: int, over: int) -> int:
        """Letters in a line over so many columns; less than they are wide, since words are not halved."""
        width = sum(WIDTH if column < SHARED else self.other for column in range(first, first + over))
        return int(width if over == 1 else width - 3)

    def lines_on_a_page(self) -> int:
        """More where the page is made smaller to be as wide as its columns."""
        width = self.label + WIDTH * (SHARED - 1) + self.other * max(0, self.number - SHARED)
        return int(LINES_ON_A_PAGE * max(1, width / PAGE_WIDTH))

    def lines(self, words: Sequence[tuple[str, int]]) -> int:
        """Of the highest of cells beside one another, each over so many columns."""
        first, most = 1, 1
        for text, over in words:
            most = max(most, 1 + len(text) // self.room(first, over))
            first += over
        return most


def _length(grid: Grid, columns: Columns, over: int) -> int:
    """Its lines, with one above and one below."""
    above = columns.lines(grid.spans) if grid.spans else 0
    labels = sum(_lines_of_label(row.label, columns) for row in grid.rows)
    return 3 + above + columns.lines([(head, over) for head in grid.heads[1:]]) + labels


def _lines_of_label(words: str, columns: Columns) -> int:
    return 1 + int(max(0, len(words) - 1) // columns.label)


def _write_grid(sheet: Worksheet, styles: Styles, grid: Grid, row: int, columns: Columns, over: int) -> int:
    """Each figure `over` so many columns; gives the row after it."""
    sheet.write_string(row, 0, grid.caption, styles.heading)
    row += 1
    if grid.spans:
        _write_spans(sheet, styles, grid, row, columns)
        row += 1
    sheet.write_string(row, 0, grid.heads[0], styles.head_left)
    for place, head in enumerate(grid.heads[1:]):
        _write_cell(sheet, (row, 1 + place * over), Cell(head), styles.head, over)
    sheet.set_row(row, LINE * columns.lines([(head, over) for head in grid.heads[1:]]))
    for place, line in enumerate(grid.rows, start=row + 1):
        _write_row(sheet, styles, line, place, over)
        if (lines := _lines_of_label(line.label, columns)) > 1:
            sheet.set_row(place, LINE * lines)
    last = row + len(grid.rows)
    _draw_bars(sheet, grid, row + 1, last)
    return last + 1


def _columns_of_a_figure(grid: Grid, page: Page) -> int:
    """Groups beside one another are as wide as they are on the same page with n and percent."""
    groups = {words: width for one in page.grids for words, width in one.spans}
    return max((groups.get(head, 1) for head in grid.heads[1:]), default=1)


def _write_spans(sheet: Worksheet, styles: Styles, grid: Grid, row: int, columns: Columns) -> None:
    column = 1
    sheet.write_string(row, 0, "", styles.head_left)
    for words, width in grid.spans:
        sheet.merge_range(row, column, row, column + width - 1, words, styles.head)
        column += width
    sheet.set_row(row, LINE * columns.lines(grid.spans))


def _write_row(sheet: Worksheet, styles: Styles, line: Row, place: int, over: int) -> None:
    sheet.write_string(place, 0, line.label, styles.label(line.role))
    for number, cell in enumerate(line.cells):
        _write_cell(sheet, (place, 1 + number * over), cell, styles.figure(cell, line.role), over)


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Format, over: int) -> None:
    row, column = place
    if over > 1:
        sheet.merge_range(row, column, row, column + over - 1, "", style)
    if cell.form is Form.TEXT or cell.number is None:
        sheet.write_string(row, column, cell.text, style)
    else:
        sheet.write_number(row, column, cell.number, style)


def _draw_bars(sheet: Worksheet, grid: Grid, first: int, last: int) -> None:
    columns = {place for line in grid.rows for place, cell in enumerate(line.cells, start=1) if cell.bar}
    for column in columns:
        answers = first + sum(line.role is Role.ANSWER for line in grid.rows) - 1
        bar = {"type": "data_bar", "bar_color": "#9CC5D3", "min_type": "num", "max_type": "num"}
        sheet.conditional_format(first, column, min(answers, last), column, {**bar, "min_value": 0, "max_value": 100})

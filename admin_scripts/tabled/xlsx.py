"""Book -> XLSX: a sheet for each question, contents with links, how to read it; made to be printed."""

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from admin_scripts.sheet_titles import sheet_titles
from admin_scripts.tabled.book import Book, Grid, Page, Role, Row
from admin_scripts.tabled.cells import Cell, Form
from admin_scripts.tabled.styles import Styles

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Of every workbook: the same figures make the same file."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4, LINES_ON_A_PAGE, LINE = 9, 34, 15
LABEL_WIDTH, WIDTH, MERGED = 40, 9.5, 6
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
    sheet.set_header(f"&L&8 {above}")
    sheet.set_footer(f"&L&8 {title.replace('&', '&&')}&R&8 {book.page_words}")
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
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 62)
    sheet.set_column(2, 2, 40)
    sheet.set_column(3, MERGED, 1)
    row = _write_head(sheet, styles, book, book.title, book.subtitle)
    for title, words in ((titles[1], book.method_title), (titles[2], book.field.title)):
        _link(sheet, styles, (row, 1), title, words)
        row += 1
    for column, head in enumerate(book.heads):
        sheet.write_string(row + 1, column, head, styles.head_left)
    sheet.repeat_rows(row + 1)
    for place, (page, title) in enumerate(zip(book.pages, titles[3:], strict=True), start=row + 2):
        sheet.write_string(place, 0, page.section, styles.text)
        _link(sheet, styles, (place, 1), title, page.title)
        sheet.write_string(place, 2, page.facts[-1][1], styles.text)
        sheet.set_row(place, LINE * max(1 + len(page.title) // 58, 1 + len(page.section) // 28))


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
    sheet.repeat_rows(0, max(0, row - 1))
    breaks, since = [], 0
    for grid in page.grids:
        length = len(grid.rows) + 5
        if row - since + length > LINES_ON_A_PAGE and row > since and since != row:
            breaks.append(row + 1)
            since = row
        row = _write_grid(sheet, styles, grid, row + 1) + 1
    sheet.set_h_pagebreaks(breaks)
    for note in page.notes:
        row = _write_line(sheet, row, note, styles.text)


def _write_grid(sheet: Worksheet, styles: Styles, grid: Grid, row: int) -> int:
    """Gives the row after it."""
    sheet.write_string(row, 0, grid.caption, styles.heading)
    row += 1
    if grid.spans:
        _write_spans(sheet, styles, grid, row)
        row += 1
    for column, head in enumerate(grid.heads):
        sheet.write_string(row, column, head, styles.head if column else styles.head_left)
    sheet.set_row(row, LINE * max(1 + len(head) // int(WIDTH) for head in grid.heads[1:]))
    for place, line in enumerate(grid.rows, start=row + 1):
        _write_row(sheet, styles, line, place)
    last = row + len(grid.rows)
    _draw_bars(sheet, grid, row + 1, last)
    return last + 1


def _write_spans(sheet: Worksheet, styles: Styles, grid: Grid, row: int) -> None:
    column = 1
    sheet.write_string(row, 0, "", styles.head_left)
    for words, width in grid.spans:
        sheet.merge_range(row, column, row, column + width - 1, words, styles.head)
        column += width
    sheet.set_row(row, LINE * max(1 + len(words) // int(WIDTH * width - 3) for words, width in grid.spans))


def _write_row(sheet: Worksheet, styles: Styles, line: Row, place: int) -> None:
    sheet.write_string(place, 0, line.label, styles.label(line.role))
    lines = 1 + max(0, len(line.label) - 1) // LABEL_WIDTH
    if lines > 1:
        sheet.set_row(place, LINE * lines)
    for column, cell in enumerate(line.cells, start=1):
        _write_cell(sheet, (place, column), cell, styles.figure(cell, line.role))


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, style: Format) -> None:
    if cell.form is Form.TEXT or cell.number is None:
        sheet.write_string(*place, cell.text, style)
    else:
        sheet.write_number(*place, cell.number, style)


def _draw_bars(sheet: Worksheet, grid: Grid, first: int, last: int) -> None:
    columns = {place for line in grid.rows for place, cell in enumerate(line.cells, start=1) if cell.bar}
    for column in columns:
        answers = first + sum(line.role is Role.ANSWER for line in grid.rows) - 1
        bar = {"type": "data_bar", "bar_color": "#9CC5D3", "min_type": "num", "max_type": "num"}
        sheet.conditional_format(first, column, min(answers, last), column, {**bar, "min_value": 0, "max_value": 100})

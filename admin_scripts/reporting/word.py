"""The page as DOCX: what the templates wrote, element by element, with Word's own headings, lists and tables."""

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml import html

from admin_scripts.charts.picture import Picture
from admin_scripts.reporting.parts import Report

_HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3}
_LOCALES = {"it": "it-IT", "en": "en-GB"}
_LEFT_OUT = ("nav", "footer", "script", "style")
_ON_A_NEW_PAGE = tuple(
    f"{name}-heading" for name in ("summary", "participation", "section-1", "open-answers", "method", "questionnaire")
)
PICTURE_WIDTH = Mm(165)
WIDTH, WORDY, MANY, LONG = Mm(174), 2, 6, 16
"""Of a table: how wide, columns up to which it is all words and above which its
letters are small, rows from which it may be on two pages."""
ZIPPED = (1980, 1, 1, 0, 0, 0)


def docx_of(page: str, report: Report) -> bytes:
    """The same page gives the same bytes."""
    document = Document()
    _set_up(document, report)
    body = html.fromstring(page).find("body")
    _add(document, body if body is not None else [], report.pictures)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _set_up(document: Any, report: Report) -> None:  # noqa: ANN401 - python-docx has no types
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    if report.mark:
        section.header.paragraphs[0].text = report.mark
    section.footer.paragraphs[0].text = report.title
    fonts = document.styles["Normal"]
    fonts.font.size, fonts.font.name = Pt(10), "Arial"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LOCALES.get(report.language, report.language))
    fonts.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    day = datetime.fromisoformat(report.day).replace(tzinfo=UTC) if report.day else datetime(1980, 1, 1, tzinfo=UTC)
    properties.title, properties.author, properties.language = report.title, report.sender, report.language
    properties.created = properties.modified = day
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1


def _add(document: Any, element: Any, pictures: Mapping[str, Picture]) -> None:  # noqa: ANN401
    """The children of an element in their order; containers are walked through."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in _LEFT_OUT or child.get("class") in ("skip", "mark"):
            continue
        make = _MAKERS.get(child.tag)
        if make:
            make(document, child)
        elif child.tag == "img":
            _picture(document, child, pictures)
        else:
            _add(document, child, pictures)


def _text(element: Any) -> str:  # noqa: ANN401
    return "\n".join(" ".join(line.split()) for line in element.text_content().strip().split("\n"))


def _heading(document: Any, element: Any) -> None:  # noqa: ANN401
    made = document.add_heading(_text(element), _HEADINGS[element.tag])
    made.paragraph_format.page_break_before = element.get("id") in _ON_A_NEW_PAGE


def _paragraph(document: Any, element: Any) -> None:  # noqa: ANN401
    made = document.add_paragraph(_text(element))
    if element.get("class") == "note":
        made.paragraph_format.keep_with_next = _is_before_chart(element)
        made.runs[0].font.size, made.runs[0].font.color.rgb = Pt(9), RGBColor(0x52, 0x60, 0x6D)


def _is_before_chart(element: Any) -> bool:  # noqa: ANN401
    following = element.getnext()
    while following is not None and following.get("class") == "note":
        following = following.getnext()
    return following is not None and following.tag == "figure"


def _list(document: Any, element: Any) -> None:  # noqa: ANN401
    for item in element.iterchildren("li"):
        style = "Quote" if element.get("class") == "quotes" else "List Bullet"
        document.add_paragraph(_text(item), style=style)


def _table(document: Any, element: Any) -> None:  # noqa: ANN401
    caption = element.find("caption")
    if caption is not None:
        said = document.add_paragraph(_text(caption), style="Caption")
        said.paragraph_format.keep_with_next = True
    rows = [[_text(cell) for cell in row.iter("th", "td")] for row in element.iter("tr")]
    columns = max(map(len, rows))
    made = document.add_table(rows=len(rows), cols=columns, style="Light Shading Accent 1")
    cells = made._cells  # noqa: SLF001 - each lookup by row counts the whole table anew
    widths = _widths(columns)
    for place, texts in enumerate(rows):
        is_kept = len(rows) < LONG and place < len(rows) - 1
        for column, text in enumerate(texts):
            is_figure = column > 0 and len(texts) == columns > WORDY
            _fill(cells[place * columns + column], text, columns, is_kept=is_kept, is_figure=is_figure)
        for column, width in enumerate(widths):
            cells[place * columns + column].width = width
        if len(texts) < columns:
            cells[place * columns + len(texts) - 1].merge(cells[place * columns + columns - 1])
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    _whole_rows(made)
    repeated = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - python-docx has no word for it
    document.add_paragraph()


def _widths(columns: int) -> list[int]:
    """The first column holds words, the others figures."""
    first = WIDTH * (27 if columns > MANY else 30) // 100
    return [first, *[(WIDTH - first) // (columns - 1)] * (columns - 1)] if columns > 1 else [WIDTH]


def _fill(cell: Any, text: str, columns: int, *, is_kept: bool, is_figure: bool) -> None:  # noqa: ANN401
    cell.text = text
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = is_kept
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_figure else None
    for run in paragraph.runs:
        run.font.size = Pt(7 if columns > MANY else 8.5)


def _whole_rows(table: Any) -> None:  # noqa: ANN401
    """No row is torn apart by the end of a page."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no word for it


def _picture(document: Any, element: Any, pictures: Mapping[str, Picture]) -> None:  # noqa: ANN401
    drawn = pictures.get(element.get("data-picture", ""))
    if drawn is None:
        return
    shape = document.add_picture(io.BytesIO(drawn.png()), width=PICTURE_WIDTH)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    shown = shape._inline.docPr  # noqa: SLF001 - python-docx has no word for it
    shown.set("descr", drawn.alternative)
    shown.set("name", drawn.name)


def _undated(archive: bytes) -> bytes:
    """The same archive with the same time for every file in it."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(archive)) as told, ZipFile(buffer, "w", ZIP_DEFLATED) as written:
        for name in told.namelist():
            entry = ZipInfo(name, ZIPPED)
            entry.compress_type = ZIP_DEFLATED
            written.writestr(entry, told.read(name))
    return buffer.getvalue()


_MAKERS: Mapping[str, Callable[[Any, Any], None]] = {
    **dict.fromkeys(_HEADINGS, _heading),
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "table": _table,
}

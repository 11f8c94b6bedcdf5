"""Workbooks that are small as files and huge when they are opened."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from conversations.forms.workbook_size import MAX_ROWS, MAX_SHEETS, MAX_TEXTS, UnreadableWorkbook, refuse_bombs
from conversations.forms.xlsform import read_xlsform
from tests.sheets import workbook

GOOD = workbook("| survey |\n| | type | name | label |\n| | text | q | Q? |")
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'


def with_part(name: str, content: str | bytes) -> bytes:
    """The good workbook with one of its files replaced or added."""
    changed = BytesIO()
    with ZipFile(BytesIO(GOOD)) as good, ZipFile(changed, "w", ZIP_DEFLATED) as archive:
        for entry in good.namelist():
            if entry != name:
                archive.writestr(entry, good.read(entry))
        archive.writestr(name, content)
    return changed.getvalue()


def sheet(cells: str, rest: str = "") -> bytes:
    return with_part("xl/worksheets/sheet1.xml", SHEET.format(cells, rest))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (sheet('<row r="1048576"><c r="A1048576"/></row>'), "row 1048576"),
        (sheet('<row r="200"><c r="XFD200"/></row>'), "column XFD"),
        (sheet("<row/>" * (MAX_ROWS + 1)), f"row {MAX_ROWS + 1}"),
        (sheet("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "goes on"),
        (sheet("", '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'), "goes on"),
        (with_part("xl/sharedStrings.xml", "<sst>" + "<si/>" * (MAX_TEXTS + 1) + "</sst>"), "texts"),
        (with_part("xl/styles.xml", '<!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'), "document type"),
        (with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"), "damaged"),
        (with_part("xl/media/picture.png", b"\0" * 100_000_001), "100 MB"),
        (GOOD[:200], "damaged"),
    ],
    ids=["far row", "far column", "many rows", "merged", "linked", "texts", "entities", "cut off", "picture", "no zip"],
)
def test_a_bomb_is_refused_before_it_is_opened(content, why):
    """One problem, with a sentence that says what to do."""
    with pytest.raises(UnreadableWorkbook, match=why):
        refuse_bombs(content)
    (problem,) = read_xlsform(content).problems
    assert (problem.code, problem.severity) == ("workbook", "error")
    assert problem.remedy.endswith(".")


def test_too_many_sheets_are_refused():
    """A questionnaire has three or four."""
    many = "".join(f"| sheet{number} |\n| | a |\n" for number in range(MAX_SHEETS + 1))
    with pytest.raises(UnreadableWorkbook, match="sheets"):
        refuse_bombs(workbook(many))


def test_a_workbook_of_usual_size_is_opened():
    """Cells without a place of their own are counted from the left, as spreadsheets do."""
    refuse_bombs(GOOD)
    refuse_bombs(
        sheet("<row><c/><c/></row><row/>", '<hyperlinks><hyperlink ref="A1"/><hyperlink ref="?"/></hyperlinks>')
    )


def test_a_workbook_that_confuses_its_reader_is_damaged():
    """A cell that points to a text that is not there."""
    (problem,) = read_xlsform(sheet('<row><c t="s"><v>7</v></c></row>')).problems
    assert "damaged" in problem.what

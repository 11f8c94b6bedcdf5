"""Tables as files: what they show, what they never show, and that other programs open them."""

import csv
import io
import re
import shutil
import subprocess
from dataclasses import replace

import openpyxl
import pytest
from lxml import html

from admin_scripts.files import put_in_place
from admin_scripts.publication import Group
from admin_scripts.published_file import publication_in, text_of
from admin_scripts.refusal import Refused
from admin_scripts.tabled.html import page_of
from admin_scripts.tabled.pages import book_of
from admin_scripts.tabled.tidy import csv_of
from admin_scripts.tabled.xlsx import workbook_of
from admin_scripts.tables import kind_of, language_of, table_files
from tests.admin_scripts.publications import a_publication

OFFICE = shutil.which("libreoffice")


def rows_of(publication, language="it"):
    """The tidy rows."""
    return list(csv.DictReader(io.StringIO(csv_of(publication, language))))


def sheets_of(publication, language="it"):
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(workbook_of(book_of(publication, language))))


def document_of(publication, language="it"):
    """The HTML as a tree."""
    return html.document_fromstring(page_of(book_of(publication, language)).encode())


def with_wording(words):
    """The publication whose first question and choice are worded so."""
    publication = a_publication()
    first = publication.tables[0]
    line = replace(first.panels[0].lines[0], labels={"it": words})
    panel = replace(first.panels[0], lines=(line, *first.panels[0].lines[1:]))
    table = replace(first, wording={"it": words}, panels=(panel, *first.panels[1:]))
    return replace(publication, tables=(table, *publication.tables[1:]))


def test_the_levels_of_2020_stand_with_their_interval():
    """31 %, 25 % and 44 % of the 36 who support the municipalities, each with what it says of all of them."""
    rows = [row for row in rows_of(a_publication()) if row["table"] == "livello_zo" and not row["group"]]
    told = [(row["n"], row["percent"], row["low"], row["high"], row["base"]) for row in rows if row["row"] == "answer"]
    assert told == [("11", "31", "21", "43", "36"), ("9", "25", "16", "37", "36"), ("16", "44", "33", "56", "36")]


def test_every_percentage_stands_over_its_base():
    """Each grid with percentages of answers ends with a row of those who answered."""
    for table in document_of(a_publication()).xpath("//section[starts-with(@id,'q')]//table"):
        has_counts = "n" in [head.text_content() for head in table.xpath(".//thead//th")]
        bases = table.xpath(".//tr[@class='base']/th/text()")
        assert bases[:1] == (["Rispondenti (base)"] if has_counts else [])


def test_no_decimals_on_fewer_than_100():
    """Neither in what is read nor in what is calculated with."""
    assert not re.findall(
        r"\d,\d%", html.tostring(document_of(a_publication()).get_element_by_id("q1"), encoding="unicode")
    )
    told = [row["percent"] for row in rows_of(a_publication()) if row["percent"]]
    assert told
    assert not [number for number in told if "." in number]
    for sheet in sheets_of(a_publication()).worksheets[3:]:
        shares = [cell for row in sheet for cell in row if cell.number_format == '0"%"' and cell.data_type == "n"]
        assert all(cell.value is None or float(cell.value).is_integer() for cell in shares)


def test_what_is_hidden_says_why_and_has_no_figure():
    """Few, alike, complement: a reason in every file, a number in none."""
    hidden = [row for row in rows_of(a_publication()) if row["hidden"]]
    assert {row["hidden"] for row in hidden} == {"few", "alike", "complement"}
    assert not [row for row in hidden if row["n"] or row["percent"] or row["base"]]
    notes = document_of(a_publication(), "en").xpath("//ul[@class='notes']")
    words = " ".join(note.text_content() for note in notes)
    assert "fewer than 5 answered, so nothing is shown" in words
    assert "all or almost all gave the same answer, “Little of it”" in words
    assert "another hidden figure could be worked out from it" in words


def test_the_comparison_says_what_it_can_and_no_more():
    """Test, p, p after Holm, a sentence; "indicative" where a group has fewer than ten."""
    words = document_of(a_publication(), "en").get_element_by_id("q2").text_content()
    assert "Fisher's exact test: p = 0.412; adjusted for the number of comparisons (Holm): p = 0.824" in words
    assert "Indicative only" in words


def test_weighted_figures_stand_beside_with_the_design_effect():
    """Never instead."""
    page = document_of(a_publication(), "en").get_element_by_id("q3")
    assert [head.text_content() for head in page.xpath(".//thead//th")][-1] == "weighted %"
    assert "design effect 1.0" in page.text_content()


def test_the_page_needs_nothing_else_and_reads_aloud():
    """One file; a language, a caption for each table, and headings that say what they head."""
    text = page_of(book_of(a_publication(), "it"))
    document = html.document_fromstring(text.encode())
    assert not re.search(r"(src|href)=\"(?!#)|@import|url\(", text)
    assert document.get("lang") == "it"
    tables = document.xpath("//table")
    assert tables
    assert all(table.xpath("./caption") for table in tables)
    assert not document.xpath("//th[not(@scope)]")
    assert {link.get("href")[1:] for link in document.xpath("//nav//a")} <= set(document.xpath("//@id"))


@pytest.mark.parametrize("words", ["=1+1", "<script>alert(1)</script>", "https://example.org", "+39", "@a"])
def test_what_authors_write_stays_text(words):
    """No formula, link or script in any file."""
    publication = with_wording(words)
    cells = [cell for sheet in sheets_of(publication) for row in sheet for cell in row if cell.value == words]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert not document_of(publication).xpath("//script")
    assert not [value for row in rows_of(publication) for value in row.values() if value.startswith(("=", "+", "@"))]


def test_the_workbook_is_ready_to_be_printed():
    """A4 landscape, as wide as a page, the question repeated on every page; the contents lead to every sheet."""
    book = sheets_of(a_publication())
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert all(sheet.print_title_rows for sheet in book.worksheets[2:])
    links = {cell.hyperlink.location for row in book.worksheets[0] for cell in row if cell.hyperlink}
    assert links == {f"'{title}'!A1" for title in book.sheetnames[1:]}


def test_the_list_of_contents_has_room_for_long_questions():
    """They are broken into lines, and their row is as high; the link is on the short name beside."""
    words = "Quanto del lavoro che coordina è rivolto ai Comuni? " * 4
    sheet = sheets_of(with_wording(words)).worksheets[0]
    (cell,) = [cell for row in sheet for cell in row if cell.value == words]
    assert cell.alignment.wrap_text
    assert sheet.row_dimensions[cell.row].height >= 15 * len(words) / sheet.column_dimensions["C"].width
    assert sheet.cell(cell.row, cell.column - 1).hyperlink


def test_the_breakdown_by_seven_groups_fits_on_paper():
    """The more groups, the narrower their columns: all stand in a width that can be read on A4."""
    publication = a_publication()
    first = publication.tables[0]
    groups = [
        replace(first.panels[0], group=Group((f"g{place}",), {"it": f"Area numero {place}"})) for place in range(7)
    ]
    wide = replace(publication, tables=(replace(first, by="area", panels=(first.panels[0], *groups)),))
    sheet = sheets_of(wide).worksheets[3]
    assert sheet.max_column == 17
    spans = sheet.column_dimensions.values()
    assert sum(span.width * (min(span.max, sheet.max_column) - span.min + 1) for span in spans) < 165


def test_the_same_figures_make_the_same_bytes():
    """No clock and no chance in any of the files."""
    made = [
        (workbook_of(book_of(one, "it")), page_of(book_of(one, "it")), csv_of(one, "it"))
        for one in (a_publication(), a_publication())
    ]
    assert made[0] == made[1]


def test_synthetic_tables_say_so_on_every_page():
    """On the screen, in every sheet and its printed header, in every row."""
    publication = a_publication(is_synthetic=True)
    assert "SYNTHETIC" in document_of(publication, "en").xpath("//p[@class='mark']")[0].text_content()
    for sheet in sheets_of(publication, "en").worksheets:
        assert "SYNTHETIC" in sheet["A1"].value
        assert "SYNTHETIC" in sheet.oddHeader.left.text
    assert {row["synthetic"] for row in rows_of(publication)} == {"1"}


def test_names_of_synthetic_tables_say_so_too(tmp_path):
    """Once is enough."""
    publication = a_publication(is_synthetic=True)
    names = [next(iter(table_files(publication, "en", tmp_path / name))).name for name in ("a.csv", "SYNTHETIC-b.csv")]
    assert names == ["SYNTHETIC-a.csv", "SYNTHETIC-b.csv"]


@pytest.mark.parametrize("ending", ["xlsx", "html", "csv"])
def test_beside_the_tables_lies_what_an_audit_reads(tmp_path, ending):
    """The very figures that were shown."""
    files = table_files(a_publication(), "it", tmp_path / f"tables.{ending}")
    put_in_place(files)
    place, beside = files
    assert publication_in(beside.read_text()) == publication_in(text_of(a_publication()))
    assert sorted(tmp_path.iterdir()) == sorted([place, beside])


def test_a_wrong_ending_or_language_is_refused(tmp_path):
    """With what would be right."""
    with pytest.raises(Refused, match=r"\.xlsx, \.html, \.csv"):
        kind_of(tmp_path / "tables.pdf")
    with pytest.raises(Refused, match="it, en"):
        language_of(a_publication(), "fr")
    assert language_of(a_publication(), "english") == "en"
    assert language_of(a_publication(), None) == "it"


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_workbook(tmp_path):
    """And sees the same numbers."""
    book = tmp_path / "tables.xlsx"
    book.write_bytes(workbook_of(book_of(a_publication(), "it")))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    call = [OFFICE, home, "--headless", "--convert-to", "html:HTML (StarCalc)", "--outdir", str(tmp_path), str(book)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own file
    text = (tmp_path / "tables.html").read_text()
    assert "Questi servizi sono organizzati a livello di Zona Omogenea?" in text
    assert "44%" in text

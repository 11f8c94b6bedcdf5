"""The codebook, in four formats, opened by other programs."""

import os
import shutil
import subprocess

import openpyxl
import pytest
from lxml import etree

from admin_scripts.codebooks.book import Codebook
from admin_scripts.codebooks.ddi import NAMESPACE, ddi_of
from admin_scripts.codebooks.markdown import markdown_of
from admin_scripts.codebooks.spss import syntax_of
from admin_scripts.codebooks.workbook import write_book
from admin_scripts.exporting.csv_files import CsvFiles
from admin_scripts.exporting.explained import Tally, codebook
from tests.admin_scripts.exported import DICTIONARY, chunks, export, written

OF_DDI = {"d": NAMESPACE}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PSPP = shutil.which("pspp")
XSD = os.environ.get("COLLOQUIO_DDI_XSD", "")


@pytest.fixture(scope="module")
def book() -> Codebook:
    """Of the answers made by hand, counted in two chunks."""
    tally = Tally()
    for _, missing in chunks():
        tally.add(missing)
    return Codebook(export(), tally, DICTIONARY, "2", is_synthetic=False)


def rows_of(book):
    """By column."""
    return {row["variable"]: row for row in codebook(book.export, book.tally, book.asked)}


@pytest.fixture(scope="module")
def xml(book):
    return etree.fromstring(ddi_of(book))


def test_each_column_says_how_many_answered_and_why_the_others_did_not(book):
    """Four kinds of missing and what was withheld are kept apart; a column of one choice has its question's figures."""
    rows = rows_of(book)

    monitor = rows["monitor"]
    assert [monitor[key] for key in ("asked", "answered", "prefer_not", "dont_know", "skipped")] == [3, 1, 1, 1, 0]
    assert rows["meetings"]["broke_off"] == 1
    assert rows["services/roads"]["skipped"] == rows["services"]["skipped"] == 1
    assert rows["title"]["answered"] == 2
    assert rows["form_version"]["answered"] is None


def test_wording_choices_and_who_was_asked_are_there_in_every_language(book):
    """The condition in words, the labels of the choices with their codes, and the names in SPSS where they differ."""
    rows = rows_of(book)

    assert rows["agree"]["question (en)"] == "Do you agree?"
    assert "yes=Etichetta yes" in rows["agree"]["choices (it)"]
    assert "yes=3" in rows["agree"]["codes"]
    assert (rows["agree"]["asked of (it)"], rows["agree"]["asked of (en)"]) == ("A tutti", "To everybody")
    assert rows["services/roads"]["spss"] == "services_roads"
    assert "spss" not in rows["services"] or not rows["services"]["spss"]


def test_ddi_names_files_questions_choices_and_missing(xml):
    """What a data catalogue shows."""
    agree = xml.find(".//d:var[@name='agree']", OF_DDI)

    assert [one.text for one in xml.iterfind(".//d:fileName", OF_DDI)] == ["trip.responses", "trip.practice"]
    assert {one.get(LANGUAGE) for one in agree.iterfind("d:qstn/d:qstnLit", OF_DDI)} == {"it", "en"}
    assert [one.text for one in agree.iterfind("d:universe", OF_DDI)] == ["A tutti", "To everybody"]
    assert [(one.get("type"), one.text) for one in agree.iterfind("d:sumStat", OF_DDI)] == [
        ("vald", "2"),
        ("invd", "1"),
    ]
    values = {one.findtext("d:catValu", None, OF_DDI): one for one in agree.iterfind("d:catgry", OF_DDI)}
    assert values["4"].get("missing") == values["-97"].get("missing") == "Y"
    assert values["-97"].findtext("d:catStat", None, OF_DDI) == "1"


def test_ddi_groups_the_columns_of_several_answers(xml):
    """And every reference leads to a variable or a file."""
    known = {one.get("ID") for one in xml.iter() if one.get("ID")}
    groups = xml.findall(".//d:varGrp", OF_DDI)

    assert [(one.get("name"), one.get("type")) for one in groups] == [("services", "multipleResp"), ("order", "other")]
    assert {key for one in groups for key in one.get("var").split()} <= known
    assert {one.get("files") for one in xml.iterfind(".//d:var", OF_DDI)} <= known


def test_no_codebook_says_how_many_chose_what(xml):
    """Only kinds of missing are counted: how many chose something is for the gate to publish."""
    counted = [one for one in xml.iterfind(".//d:catgry", OF_DDI) if one.find("d:catStat", OF_DDI) is not None]

    assert counted
    assert {one.get("missing") for one in counted} == {"Y"}


@pytest.mark.skipif(not XSD, reason="COLLOQUIO_DDI_XSD does not name the official schema, which is not in this project")
def test_ddi_is_valid_by_the_official_schema(book):
    """DDI-Codebook 2.5."""
    schema = etree.XMLSchema(etree.parse(XSD))

    schema.assertValid(etree.fromstring(ddi_of(book)))


def test_the_workbook_opens_with_variables_choices_and_what_words_mean(book, tmp_path):
    """Text that looks like a formula stays text, and the same codebook gives the same bytes."""
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_book(book, first)
    write_book(book, second)

    opened = openpyxl.load_workbook(first)
    assert opened.sheetnames == ["about", "variables", "choices"]
    heading = [cell.value for cell in opened["variables"][1]]
    variables = [row[heading.index("variable")] for row in opened["variables"].iter_rows(min_row=2, values_only=True)]
    assert list(rows_of(book)) == list(dict.fromkeys(variables))
    assert first.read_bytes() == second.read_bytes()


def test_markdown_has_a_heading_for_each_variable(book):
    """With the wording in both languages; marks of the questionnaire are none of Markdown."""
    text = markdown_of(book)

    assert text.startswith("# Codebook: Gita\n")
    assert "### so\\_so" not in text
    assert "| 2 | so\\_so | Etichetta so\\_so | Label so\\_so |" in text
    assert "- Answered: 1; 1 prefer not; 1 dont know" in text


@pytest.mark.skipif(PSPP is None, reason="PSPP is not installed")
def test_pspp_reads_the_csv_export_with_the_syntax(book, tmp_path):
    """Without an error; the codes are those of the .sav export, and the choice that says nothing counts as missing."""
    written(CsvFiles, tmp_path)
    responses = book.export.tables[0]
    more = "FREQUENCIES agree.\nMRSETS /DISPLAY NAME=ALL.\nLIST index_2 monitor services_roads born.\n"
    (tmp_path / "trip.sps").write_text(syntax_of(book, responses) + more)

    done = subprocess.run(  # noqa: S603 - our own syntax
        [PSPP, "-o", "-", "-O", "format=csv", "trip.sps"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "error" not in (done.stdout + done.stderr).lower()
    assert done.returncode == 0
    assert "Etichetta yes" in done.stdout
    assert "$services" in done.stdout
    assert "3,4,1,1899/12/31" in done.stdout


def test_the_syntax_is_for_the_files_of_the_export(book):
    """Under the names that the CSV export gives them."""
    files = CsvFiles.files(export())

    for table in book.export.tables:
        name = f"{book.export.stem}.{table.title}.csv"
        assert name in files
        assert f"/FILE='{name}'" in syntax_of(book, table)

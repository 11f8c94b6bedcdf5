"""The codebook, in four formats, opened by other programs."""

import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace

import openpyxl
import pyarrow as pa
import pytest
from lxml import etree

from admin_scripts.codebooks.book import Codebook
from admin_scripts.codebooks.ddi import NAMESPACE, ddi_of
from admin_scripts.codebooks.markdown import markdown_of
from admin_scripts.codebooks.spss import syntax_of
from admin_scripts.codebooks.workbook import write_book
from admin_scripts.exporting.csv_files import CsvFiles
from admin_scripts.exporting.explained import Tally, codebook
from admin_scripts.exporting.layout import tables_of
from admin_scripts.microdata.variables import Dictionary, Measure, Missing
from conversations.forms import ControlKind
from tests.admin_scripts.exported import DICTIONARY, choices, chunks, export, variable, written

REFUSED = Missing.PREFER_NOT
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


def test_ddi_says_which_values_are_missing(xml):
    """Each kind once: as the choice that says so, which has the count, else as a code; texts have no codes."""
    agree, told, said = (xml.find(f".//d:var[@name='{name}']", OF_DDI) for name in ("agree", "meetings", "said"))

    assert kinds_of(agree) == [("4", "prefer_not", "1")]
    assert kinds_of(told) == [("-96", "broke_off", "1")]
    assert kinds_of(said) == [(None, "skipped", "1")]
    assert [dict(one.attrib) for one in agree.iterfind("d:invalrng/*", OF_DDI)] == [
        {"UNITS": "INT", "min": "-99", "max": "-94"},
        {"UNITS": "INT", "VALUE": "4"},
    ]
    assert said.find("d:invalrng", OF_DDI) is None
    assert xml.findtext(".//d:dataMsng", None, OF_DDI).endswith(" trip.responses.missing.")


def test_ddi_counts_two_choices_of_one_kind_together():
    """How many chose which of the two is in no codebook."""
    both = choices("yes", "rather_not", "no_answer", missing=dict.fromkeys(("rather_not", "no_answer"), REFUSED))
    asked = variable("asked", ControlKind.SELECT_ONE, Measure.NOMINAL, both)
    dictionary = Dictionary({"": (asked,)}, {}, {"Italiano": "Italiano"})
    tables = tables_of(dictionary, {"": pa.schema({"asked": pa.string()})}, {})
    plan = replace(export(), tables=tables)
    tally = Tally(Counter({("", "asked", 0): 1, ("", "asked", int(REFUSED)): 2}))
    xml = etree.fromstring(ddi_of(Codebook(plan, tally, dictionary, "1", is_synthetic=False)))

    kinds = [("2", "prefer_not", None), ("3", "prefer_not", None), ("-97", "prefer_not", "2")]
    assert kinds_of(xml.find(".//d:var", OF_DDI)) == kinds


def kinds_of(var):
    """The categories of a variable that are missing values: value, kind and count."""
    missing = var.iterfind("d:catgry[@missing='Y']", OF_DDI)
    return [
        (one.findtext("d:catValu", None, OF_DDI), one.get("missType"), one.findtext("d:catStat", None, OF_DDI))
        for one in missing
    ]


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


def test_ddi_names_no_id_twice_and_only_codes_of_languages(book):
    """IDs are names in XML; a questionnaire that has names of languages instead of codes says no language."""
    named = replace(book.dictionary, languages={"Italiano": "Italiano", "pt-BR": "Português"})
    root = etree.fromstring(ddi_of(replace(book, dictionary=named, is_synthetic=True)))
    ids = [one.get("ID") for one in root.iter() if one.get("ID")]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Z][0-9]+", one) for one in ids)
    assert {one.get(LANGUAGE) for one in root.iterfind(".//d:universe", OF_DDI)} == {None, "pt-BR"}
    assert [one.text for one in root.iterfind(".//d:titl", OF_DDI)] == [
        "Codebook: [SYNTHETIC] Gita",
        "[SYNTHETIC] Gita",
    ]


@pytest.mark.skipif(not XSD, reason="COLLOQUIO_DDI_XSD does not name the official schema, which is not in this project")
@pytest.mark.parametrize("is_synthetic", [False, True])
def test_ddi_is_valid_by_the_official_schema(book, is_synthetic):
    """DDI-Codebook 2.5.

    The DDI Alliance gives the schema away on its site (ddialliance.org, under DDI-Codebook, version 2.5 or 2.5.1) as an
    archive. Unpack all of it, as codebook.xsd imports the files beside it, and give the path of codebook.xsd in
    COLLOQUIO_DDI_XSD.
    """
    schema = etree.XMLSchema(etree.parse(XSD))

    schema.assertValid(etree.fromstring(ddi_of(replace(book, is_synthetic=is_synthetic))))


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
        assert f"{name} of {len(table.fields)} columns in the same folder" in syntax_of(book, table)

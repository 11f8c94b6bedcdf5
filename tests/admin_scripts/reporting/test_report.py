"""The report: whole, accessible, the same bytes from the same input, and in the coordinator's own templates."""

import hashlib
import io
import itertools
import json
import shutil
import subprocess
from dataclasses import replace
from unittest.mock import ANY
from zipfile import ZipFile

import pytest
from lxml import html

from admin_scripts.publication import Group, Panel
from admin_scripts.refusal import Refused
from admin_scripts.reporting.content import content
from admin_scripts.reporting.findings import MOST, findings
from admin_scripts.reporting.formats import Format
from admin_scripts.reporting.groups import called, key
from admin_scripts.reporting.manifest import manifest_of, program_version
from admin_scripts.reporting.rendering import PAGE, Medium, render, write_templates
from admin_scripts.reporting.writing import written
from admin_scripts.wording import wording_for
from admin_scripts.wording.terms import left_out_words
from tests.admin_scripts.publications import a_publication

IT, EN = wording_for("it"), wording_for("en")


def a_short_one(**change):
    """Two questions and open answers: what takes long is tried on little."""
    publication = a_publication(is_synthetic=True)
    return replace(publication, tables=publication.tables[1:3], **change)


@pytest.fixture(scope="module")
def report():
    return content(IT, a_publication(is_synthetic=True), "1.0")


@pytest.fixture(scope="module")
def page(report):
    return html.fromstring(render(report, IT, Medium.HTML))


def test_the_headings_are_in_order_and_the_landmarks_are_there(page):
    """One h1, no level left out, a skip link to the content, each section named by its heading, ids once."""
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.get("lang") == "it"
    assert page.xpath("//a[@class='skip'][@href='#content']")
    assert page.xpath("//main[@id='content']")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(page.xpath("//*[@aria-labelledby]/@aria-labelledby")) <= set(ids)


def test_tables_and_charts_can_be_heard(page):
    """A caption and a scope for every heading; every chart has its alternative text."""
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in page.iter("th"))
    charts = page.xpath("//figure/*[local-name()='svg']")
    assert len(charts) > 8
    assert all(chart.get("role") == "img" and len(chart.get("aria-label")) > 40 for chart in charts)


def test_the_page_needs_nothing_else(page):
    """One file: no address of a script, a style or a picture."""
    assert not page.xpath("//script | //link | //*[@src]")
    assert "url(http" not in html.tostring(page, encoding="unicode")


def test_the_mark_of_a_synthetic_survey_is_on_the_page_and_on_each_chart(page, report):
    """And on none that people have answered."""
    assert page.xpath("//p[@class='mark']")[0].text.startswith("DATI SINTETICI")
    assert all("DATI SINTETICI" in html.tostring(chart, encoding="unicode") for chart in page.xpath("//figure"))
    real = render(content(IT, a_short_one(is_synthetic=False), "1.0"), IT, Medium.HTML)
    assert "SINTETICI" not in real
    assert report.mark


def test_every_percentage_has_its_base(report):
    """P67: every table says n, in a column or in its caption."""
    grids = [grid for section in report.sections for question in section.questions for grid in question.grids]
    assert grids
    assert all("n" in grid.head or "n = " in grid.caption for grid in grids)


def test_the_summary_says_what_the_figures_say():
    """Percentages with their base and margin, eight sentences at most, in the report's language; nothing hidden."""
    said = findings(EN, a_publication())
    assert said[0] == "69 of 134 people have answered (51.5%)."
    assert len(said) <= MOST
    assert any("44% (n = 36; margin of error" in sentence for sentence in said)
    assert not any("How often is the report written" in sentence for sentence in said)
    assert any("no difference" in sentence for sentence in said)


def test_what_needs_no_page_has_none():
    """A calculation, the first question of a ranking, what all say alike or too few, and what nobody chose of many."""
    tables = {table.variable: table for table in a_publication().tables}
    rank, level, few = tables["ostacolo"], tables["livello_zo"], tables["report_frequenza"]
    panel = level.panels[0]
    line = panel.lines[0]
    only = replace(line, share=replace(line.share, percent=100.0))
    never = tuple(replace(line, code=f"{n}", share=replace(line.share, count=0)) for n in range(20))
    listed = replace(level, variable="listed", panels=(replace(panel, lines=(*panel.lines, *never)),))
    alike = replace(level, variable="alike", panels=(replace(panel, lines=(only,)),))
    made_up = replace(level, variable="made_up", wording={})
    first = replace(level, variable="first", wording={"en": "Which is the main obstacle?"})
    report = content(EN, replace(a_publication(), tables=(rank, first, made_up, few, alike, listed), quotes=()), "1")
    shown = {question.id: question for section in report.sections for question in section.questions}
    assert list(shown) == ["question-ostacolo", "question-listed"]
    assert "Nobody chose one of the other 20 answers." in shown["question-listed"].grids[0].notes
    told = [said for section in report.sections for said in section.beside]
    assert [said.rpartition("”: ")[2] for said in told] == ["fewer than 5.", ANY]
    assert "100% answered" in told[1]


def test_what_everybody_ranked_or_chose_is_still_shown():
    """All of them put it among the first or chose it, and differ in the rest."""
    tables = {table.variable: table for table in a_publication().tables}
    for name in ("ostacolo", "monitoraggio"):
        panel = tables[name].panels[0]
        line = replace(panel.lines[0], share=replace(panel.lines[0].share, percent=100.0))
        told = replace(tables[name], panels=(replace(panel, lines=(line, *panel.lines[1:])),))
        report = content(EN, replace(a_publication(), tables=(told,), quotes=()), "1")
        assert [question.id for section in report.sections for question in section.questions] == [f"question-{name}"]
        assert len(report.summary) == 2


def test_a_long_list_of_single_answers_is_a_line():
    """A chart of equal bars tells nothing; the answers are named, with the base."""
    level = next(table for table in a_publication().tables if table.variable == "livello_zo")
    panel = level.panels[0]
    line = panel.lines[0]
    given = [replace(line, code=f"{n}", share=replace(line.share, count=int(n < 14), percent=7.0)) for n in range(30)]
    listed = replace(level, panels=(replace(panel, lines=tuple(given)),))
    report = content(EN, replace(a_publication(), tables=(listed,), quotes=()), "1")
    (question,) = (question for section in report.sections for question in section.questions)
    assert not question.pictures
    assert not question.grids
    assert any(note.startswith("Given once each: ") for note in question.notes)
    assert any("n = 36" in note for note in question.notes)


def test_merged_groups_of_many_words_are_named_in_a_line():
    """A heading of five names would be higher than the table; short ones stay, two long ones differ by a letter."""

    def panel(*names):
        return Panel(Group(names, {"it": " + ".join(names)}), 9, 9, 20, 9.0)

    long, other, short = panel("Direzione generale" * 2, "Segreteria" * 4), panel("b" * 40, "c" * 40), panel("d", "e")
    assert called(IT, [long, short]).names == {key(long): "Gruppi uniti (2)", key(short): "d + e"}
    assert list(called(IT, [long, other]).names.values()) == ["Gruppi uniti A (2)", "Gruppi uniti B (2)"]
    assert called(IT, [long]).notes[0].startswith("Gruppi uniti (2): Direzione generale")


def test_why_a_margin_was_not_used_is_told_in_the_reports_language():
    """Whatever the reason and its numbers."""
    assert left_out_words(IT, "18 classes have fewer than 5 responses") == "classi con meno di 5 risposte: 18"
    assert left_out_words(IT, "it has only one class") == "ha una sola classe"
    assert left_out_words(EN, "2 classes have fewer than 5 responses") == "2 classes have fewer than 5 responses"


def test_what_somebody_wrote_stays_text():
    """Open answers, titles and labels are escaped."""
    quoted = replace(a_publication().quotes[0], texts=("<script>alert(1)</script>",))
    made = content(IT, a_short_one(title="A <b>", quotes=(quoted,)), "1.0")
    text = render(made, IT, Medium.HTML)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "A &lt;b&gt;" in text


def test_a_coordinator_changes_one_template(report, tmp_path):
    """Ours are copied, one is changed, the rest is as it was; a second copy destroys nothing."""
    write_templates(tmp_path / "own")
    (tmp_path / "own" / "summary.html").write_text("<section><h2>{{ report.summary[0] }}</h2></section>")
    text = render(report, IT, Medium.DOCX, tmp_path / "own")
    assert "<section><h2>Hanno risposto 69 persone su 134" in text
    with pytest.raises(Refused, match=r"has .*summary.html.* already"):
        write_templates(tmp_path / "own")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("<p>\n{% if %}\n", 2, "Expected an expression"),
        ("<p>\n\n{{ report.sumary }}", 3, "sumary"),
        ("{{ ().__class__.__bases__ }}", 1, "unsafe"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_file_and_line(report, tmp_path, text, line, told):
    """And what reaches out of the sandbox is one."""
    (tmp_path / "summary.html").write_text(text)
    with pytest.raises(Refused, match=rf"summary.html, line {line}: .*{told}"):
        render(report, IT, Medium.HTML, tmp_path)


def test_a_folder_of_templates_has_to_be_there(report, tmp_path):
    """A misspelt name is told."""
    with pytest.raises(Refused, match="no folder"):
        render(report, IT, Medium.HTML, tmp_path / PAGE)


def test_the_docx_is_a_document_of_word():
    """Headings, alternative texts, repeated table heads, language, properties; the same bytes twice."""
    docx = pytest.importorskip("docx")
    publication = a_short_one()
    file = written(publication, Format.DOCX, "it")
    assert file == written(publication, Format.DOCX, "it")
    document = docx.Document(io.BytesIO(file))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "List Bullet"} <= styles
    assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)  # noqa: SLF001
    assert all("w:tblHeader" in table._tbl.xml for table in document.tables)  # noqa: SLF001
    assert document.core_properties.language == "it"
    assert "DATI SINTETICI" in document.sections[0].header.paragraphs[0].text
    assert {entry.date_time[0] for entry in ZipFile(io.BytesIO(file)).infolist()} == {1980}


def test_the_pdf_is_tagged_and_the_same_twice(tmp_path):
    """Title, language, structure and the text can be read by other programs."""
    try:
        import weasyprint  # noqa: F401, PLC0415
    except OSError:
        pytest.skip("Pango is not installed, without which there is no PDF")
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler's pdfinfo and pdftotext are not installed")
    file = tmp_path / "report.pdf"
    publication = a_short_one()
    file.write_bytes(written(publication, Format.PDF, "it"))
    assert hashlib.sha256(file.read_bytes()).digest() == hashlib.sha256(written(publication, Format.PDF, "it")).digest()
    told, structure = seen("pdfinfo", file), seen("pdfinfo", "-struct", file)
    assert "Tagged:          yes" in told
    assert "Title:           Indagine Zone Omogenee" in told
    assert all(tag in structure for tag in ("H1", "H2", "Table", "TH", "Caption", "Figure"))
    text = seen("pdftotext", "-layout", file, "-")
    assert "44%" in text
    assert all("DATI SINTETICI" in one for one in text.split("\f") if one.strip())


def seen(*words):
    """What another program says."""
    return subprocess.run([*map(str, words)], capture_output=True, text=True, check=True).stdout  # noqa: S603


def test_the_manifest_has_the_hash_of_every_file():
    """And what the report was made from; no clock."""
    told = json.loads(manifest_of(a_publication(), {"a.html": b"page"}, {"lang": "it"}, program_version()))
    assert told["files"] == {"a.html": hashlib.sha256(b"page").hexdigest()}
    assert told["data_hash"] == a_publication().data_hash
    assert told["program"][0].isdigit()


def test_a_second_format_joins_the_manifest_of_the_first():
    """If it is the same report; of other responses or options it begins anew."""
    first = manifest_of(a_publication(), {"a.html": b"page"}, {"lang": "it"}, "1")
    both = manifest_of(a_publication(), {"a.pdf": b"pdf"}, {"lang": "it"}, "1", first)
    other = manifest_of(a_publication(), {"a.pdf": b"pdf"}, {"lang": "en"}, "1", first)
    assert set(json.loads(both)["files"]) == {"a.html", "a.pdf"}
    assert set(json.loads(other)["files"]) == {"a.pdf"}

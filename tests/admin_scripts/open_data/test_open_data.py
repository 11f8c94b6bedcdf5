"""Open data: no number under k, a schema that would find one, metadata that catalogues take, readable by others."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import duckdb
import frictionless
import pandas as pd
import pyshacl
import pytest
from rdflib import DCTERMS, Graph

from admin_scripts.files import put_in_place
from admin_scripts.open_data.folder import files_of, mistakes_in, zip_of
from admin_scripts.open_data.rows import Leak
from admin_scripts.opendata import about_of, open_data_files
from admin_scripts.published_file import publication_in
from admin_scripts.refusal import Refused
from admin_scripts.wording import wording_for
from tests.admin_scripts.publications import a_publication

WISHES = {
    "rights_holder": "Città metropolitana",
    "holder_id": "cmmi",
    "identifier": "cmmi:zone2020",
    "access_url": "https://example.org/open-data/zone2020",
}
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dcatapit: <http://dati.gov.it/onto/dcatapit#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass dcatapit:Dataset ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dct:title ; sh:minCount 1 ; sh:uniqueLang true ] ,
    [ sh:path dct:description ; sh:minCount 1 ; sh:uniqueLang true ] ,
    [ sh:path dct:modified ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:date ] ,
    [ sh:path dcat:theme ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:accrualPeriodicity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:rightsHolder ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dcatapit:Agent ] ,
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcatapit:Distribution ] .
[] a sh:NodeShape ; sh:targetClass dcatapit:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dcatapit:LicenseDocument ] ,
    [ sh:path dct:format ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
[] a sh:NodeShape ; sh:targetClass dcatapit:Agent ;
  sh:property [ sh:path dct:identifier ; sh:minCount 1 ] , [ sh:path foaf:name ; sh:minCount 1 ] .
"""
"""What DCAT-AP_IT makes mandatory, in a shape of our own."""


def cell_by_cell(**more):
    """The publication as the cell rule leaves it: no groups, no number under five."""
    publication = a_publication(**more)
    tables = []
    for table in publication.tables:
        panel = table.panels[0]
        lines = tuple(
            replace(line, share=None if line.share.count < 5 else line.share) for line in panel.lines if line.is_answer
        )
        tables.append(replace(table, panels=(replace(panel, lines=lines),)))
    return replace(publication, tables=tuple(tables), quotes=())


def the_files(publication=None):
    """All files of the folder."""
    publication = publication or cell_by_cell()
    return files_of(publication, about_of(publication, WISHES)[0], wording_for("it"))


def rows_of(files, table):
    """The rows of one CSV."""
    return list(csv.DictReader(io.StringIO(files[f"{table}.csv"].decode())))


def shape_holds(graph):
    """Whether the mandatory properties are there."""
    return pyshacl.validate(graph, shacl_graph=Graph().parse(data=SHAPE, format="turtle"), inference="none")[0]


def test_no_number_under_k_is_in_any_file():
    """Hidden rows say so and are blank; zero is under k too."""
    rows = rows_of(the_files(), "results")
    assert {row["status"] for row in rows} == {"shown", "hidden"}
    assert all(int(row["n"]) >= 5 for row in rows if row["status"] == "shown")
    assert not [row for row in rows if row["status"] == "hidden" and (row["n"] or row["percent"] or row["low"])]


def test_how_many_were_asked_is_not_told_where_few_kept_silent():
    """64 of 69 may be told, 66 of 69 not."""
    panel = cell_by_cell().tables[4].panels[0]
    publication = cell_by_cell()
    table = replace(publication.tables[4], panels=(replace(panel, asked=panel.answered + 3),))
    told = rows_of(the_files(replace(publication, tables=(table,))), "results")
    assert {row["asked"] for row in told} == {""}
    assert {row["asked"] for row in rows_of(the_files(), "results") if row["question"] == "incontri_numero"} == {"69"}


def test_the_schema_itself_finds_a_leaked_cell():
    """K is the minimum of every count: a 2 that somebody writes in is a mistake by the published schema."""
    files = the_files()
    assert mistakes_in(files) == []
    leaked = files["results.csv"].replace(b",11,36,36,31,", b",2,36,36,31,", 1)
    assert leaked != files["results.csv"]
    mistakes = mistakes_in({**files, "results.csv": leaked})
    assert len(mistakes) == 1
    assert 'constraint "minimum" is "5"' in mistakes[0]


def test_a_number_that_comes_through_the_gate_stops_everything():
    """A publication that was not made cell by cell is not written as open data."""
    with pytest.raises(Leak):
        the_files(a_publication())


def test_the_folder_is_a_data_package_of_version_1(tmp_path):
    """Keys, foreign keys, a description of every column, the licence."""
    for name, content in the_files().items():
        (tmp_path / name).write_bytes(content)
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    assert package.validate().valid
    told = json.loads((tmp_path / "datapackage.json").read_text())
    assert told["profile"] == "tabular-data-package"
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    fields = [field for resource in told["resources"] for field in resource["schema"]["fields"]]
    assert all(field["description"] for field in fields)
    assert {field["constraints"]["minimum"] for field in fields if field["name"] in ("n", "base", "asked")} == {5}


@pytest.mark.parametrize(("name", "syntax"), [("dcat-ap_it.ttl", "turtle"), ("dcat-ap_it.rdf", "xml")])
def test_the_metadata_have_all_that_dcat_ap_it_demands(name, syntax):
    """And without a rights holder they would not."""
    graph = Graph().parse(data=the_files()[name], format=syntax)
    assert shape_holds(graph)
    graph.remove((None, DCTERMS.rightsHolder, None))
    assert not shape_holds(graph)


def test_the_same_figures_make_the_same_bytes():
    """The archive too."""
    assert zip_of(the_files(), "a") == zip_of(the_files(), "a")


def test_others_read_it(tmp_path):
    """Pandas and DuckDB see the numbers and types that were written."""
    files = open_data_files(cell_by_cell(), WISHES, "it", tmp_path)
    put_in_place(files)
    archive = next(iter(files))
    path = tmp_path / "zone2020.opendata" / "results.csv"
    frame = pd.read_csv(path)
    level = frame[frame["question"] == "livello_zo"]
    assert level["n"].tolist() == [11, 9, 16]
    told = duckdb.sql(f"select code, n, percent from read_csv('{path}') where question = 'livello_zo'").fetchall()  # noqa: S608
    assert told == [("tutti", 11, 31), ("parte", 9, 25), ("nessuno", 16, 44)]
    assert sorted(zipfile.ZipFile(archive).namelist()) == sorted(f"zone2020.opendata/{name}" for name in the_files())
    assert publication_in((tmp_path / "zone2020.opendata.published.json").read_text()).quotes == ()


def test_synthetic_open_data_say_so_in_every_row_and_title(tmp_path):
    """And in the names of the files."""
    publication = cell_by_cell(is_synthetic=True)
    files = the_files(publication)
    assert all(row["synthetic"] == "1" for table in ("questions", "results") for row in rows_of(files, table))
    assert json.loads(files["datapackage.json"])["title"].startswith("DATI SINTETICI")
    assert next(iter(open_data_files(publication, WISHES, "it", tmp_path))).name.startswith("SYNTHETIC-")


def test_what_nobody_knows_is_asked_for_or_assumed_aloud():
    """The survey's sender holds the rights; the last day is the day of change."""
    about, assumed = about_of(a_publication(), {})
    assert (about.holder, about.modified, about.theme) == ("Città metropolitana", date(2026, 10, 30), "GOVE")
    assert [sentence.rpartition("Give ")[2].split()[0] for sentence in assumed] == [
        "--holder-id",
        "--identifier",
        "--access-url",
    ]
    with pytest.raises(Refused, match="--rights-holder"):
        about_of(replace(a_publication(), sender=""), {})
    with pytest.raises(Refused, match="2026-11-30"):
        about_of(a_publication(), {"modified": "30/11/2026"})


def test_a_questionnaire_that_names_no_language_is_open_data_too():
    """Who was asked in words and how many were asked are two columns."""
    files = the_files(replace(cell_by_cell(), languages={}))
    assert {"asked_whom"} <= rows_of(files, "questions")[0].keys()


@pytest.mark.parametrize(
    "text", ["here", "ftp://example.org/x", "https://example.org/a b", "https://e.org/" + 600 * "a"]
)
def test_an_address_that_is_none_is_refused(text):
    """It stands in the metadata as an address: of the web, without spaces, not endless."""
    with pytest.raises(Refused, match="--access-url"):
        about_of(a_publication(), {**WISHES, "access_url": text})

"""The files for SPSS and Stata, read back by pyreadstat, PSPP and pandas."""

import shutil
import subprocess

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_scripts.exporting.cut import cut_bytes
from admin_scripts.exporting.dta_files import DtaFiles
from admin_scripts.exporting.legal_names import RESERVED, spss_names, stata_names
from admin_scripts.exporting.sav_files import SavFiles
from admin_scripts.exporting.stat_tables import MOST_CELLS
from admin_scripts.refusal import Refused
from tests.admin_scripts.exported import export, written


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stat")
    return written(SavFiles, folder) | written(DtaFiles, folder)


def test_the_sav_file_has_codes_and_says_why_some_are_missing(files):
    """A choice that means "rather not" stays what it is and counts as missing; where there are two they are recoded."""
    table, meta = pyreadstat.read_sav(files["trip.responses.sav"], user_missing=True)
    assert table["agree"].tolist() == [3, 4, 1]
    assert {"lo": 4, "hi": 4} in meta.missing_ranges["agree"]
    assert table["monitor"].tolist() == [1, -95, -97]
    assert meta.variable_value_labels["monitor"][-95] == "Etichetta unsure"
    assert table["services_roads"].tolist() == [1, -98, 1]
    assert table["meetings"].tolist() == [12, -96, 0]
    assert table["said_missing"].tolist() == [0, -98, 0]
    table, _ = pyreadstat.read_sav(files["trip.responses.sav"])
    assert table["agree"].isna().tolist() == [False, True, False]


def test_the_sav_file_explains_itself(files):
    """Labels, cut with care, measure, formats; the whole of a long text; days."""
    table, meta = pyreadstat.read_sav(files["trip.responses.sav"])
    assert meta.column_names_to_labels["agree"].endswith("citt…")
    assert meta.variable_measure["agree"] == "ordinal"
    assert meta.original_variable_types["index"] == "F6.2"
    assert table["said"][2] == "ò" * 300
    assert str(table["born"][2]) == "1899-12-31"


def test_several_answers_are_a_multiple_response_set(files):
    """As SPSS, PSPP and pyreadstat know it, under the names of its columns."""
    _, meta = pyreadstat.read_sav(files["trip.responses.sav"])
    found = meta.mr_sets["services"]
    assert (found["type"], found["counted_value"], found["label"]) == ("D", 1, "Domanda services?")
    assert found["variable_list"] == ["services_roads", "services_schools"]


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not installed")
def test_pspp_reads_labels_missing_and_sets(files, tmp_path):
    """Without a warning."""
    syntax = tmp_path / "look.sps"
    syntax.write_text(
        f"GET FILE='{files['trip.responses.sav']}'.\nMRSETS /DISPLAY NAME=ALL.\nDISPLAY DICTIONARY /VARIABLES=agree.\n"
        "FREQUENCIES VARIABLES=monitor.\n"
    )
    call = ["pspp", "-O", "format=csv", str(syntax)]
    said = subprocess.run(call, check=True, capture_output=True, text=True, timeout=60).stdout  # noqa: S603
    assert "warning" not in said
    assert "$services,Domanda services?,Dichotomies,1,services_roads" in said.replace('"', "")
    assert "-99 THRU -94; 4" in said
    missing = [line.split(",")[-4:-2] for line in said.splitlines() if "Etichetta unsure" in line and "%" in line]
    assert missing, said


def test_the_dta_file_has_extended_missing_values(files):
    """Each with its label; pandas reads the answers with theirs."""
    table, meta = pyreadstat.read_dta(files["trip.responses.dta"], user_missing=True)
    assert table["agree"].tolist() == [3, "c", 1]
    assert meta.variable_value_labels["agree"]["c"] == "Etichetta rather_not"
    assert table["monitor"].tolist() == [1, "e", "c"]
    assert table["meetings"].tolist() == [12, "d", 0]
    read = pd.read_stata(files["trip.responses.dta"])
    assert read["agree"].tolist()[::2] == ["Etichetta yes", "Etichetta no"]
    assert read["said"][2] == "ò" * 300
    assert read["born"][2] == pd.Timestamp("1899-12-31")


def test_more_answers_than_memory_holds_are_refused():
    """With what to do instead."""
    with pytest.raises(Refused, match="--format parquet or csv"):
        SavFiles(export(total=MOST_CELLS), {})


HEADERS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80), unique=True, max_size=20)


@given(
    HEADERS | st.lists(st.sampled_from(["a/b", "a_b", "A_B", "_all", "with", "à", "_index", "index", "1", "a" * 90]))
)
def test_every_column_has_a_name_that_is_allowed(headers):
    """In SPSS and Stata, none twice in whatever case; one that is allowed is kept."""
    for names, length in ((spss_names(headers), 64), (stata_names(headers), 27)):
        found = list(names.values())
        assert len({name.lower() for name in found}) == len(set(headers))
        assert all(name.isascii() and name.replace("_", "a").isalnum() and name[0].isalpha() for name in found)
        assert all(len(name) <= length and name.lower() not in RESERVED for name in found)
        assert names.get("a_b", "a_b").startswith("a_b")


@given(st.text(), st.integers(min_value=3, max_value=300))
def test_a_label_is_cut_between_letters(text, room):
    """And only if it has to be."""
    cut = cut_bytes(text, room)
    assert len(cut.encode()) <= room
    assert cut == text or cut.endswith("…")

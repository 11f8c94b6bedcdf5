"""Files that people open: text stays text, numbers stay numbers, nothing is left half written."""

import errno
import gc
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from admin_scripts.files import put_in_place
from admin_scripts.formulas import harmless
from admin_scripts.refusal import Refused
from admin_scripts.sheet_titles import sheet_titles
from admin_scripts.workbook import write_csv, write_workbook

FORMULAS = ['=HYPERLINK("http://x.example")', "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1"]


def test_text_that_looks_like_a_formula_is_text_in_a_workbook(tmp_path):
    """The cell is of type text and carries the mark of a leading apostrophe; what was written is read."""
    frame = pd.DataFrame({"text": [*FORMULAS, "#N/A", "plain"], "number": range(9)})
    write_workbook(tmp_path / "book.xlsx", {"responses": frame})
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["responses"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [text.replace("\r", "\n") for text in FORMULAS] + ["#N/A", "plain"]
    assert [cell.quotePrefix for cell in cells] == [True] * len(FORMULAS) + [True, False]


def test_numbers_dates_and_blanks_keep_their_type_in_a_workbook(tmp_path):
    """-3 is a number below zero, not a formula."""
    day = pd.Timestamp("2026-11-23").date()
    frame = pd.DataFrame({"n": [-3, None], "x": [1.5, None], "d": [day, None], "t": ["a", "b"]}).convert_dtypes()
    write_workbook(tmp_path / "book.xlsx", {"responses": frame})
    header, first, second = openpyxl.load_workbook(tmp_path / "book.xlsx")["responses"].iter_rows()
    assert [cell.value for cell in header] == ["n", "x", "d", "t"]
    assert [(cell.value, cell.data_type) for cell in first[:2]] == [(-3, "n"), (1.5, "n")]
    assert first[2].is_date
    assert [cell.value for cell in second] == [None, None, None, "b"]


def test_characters_that_excel_forbids_are_left_out(tmp_path):
    """One of them would make the whole workbook unreadable."""
    write_workbook(tmp_path / "book.xlsx", {"responses": pd.DataFrame({"text": ["a\x00b\x0bc"]})})
    assert openpyxl.load_workbook(tmp_path / "book.xlsx")["responses"]["A2"].value == "abc"


def test_text_that_looks_like_a_formula_gets_an_apostrophe_in_a_csv(tmp_path):
    """In cells and headings; numbers do not."""
    write_csv(tmp_path / "x.csv", pd.DataFrame({"=head": [*FORMULAS, "plain"], "n": [-3] * 8}))
    read = pd.read_csv(tmp_path / "x.csv", dtype=str)
    assert list(read.columns) == ["'=head", "n"]
    assert list(read["'=head"]) == [harmless(text) for text in FORMULAS] + ["plain"]
    assert set(read["n"]) == {"-3"}


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8(tmp_path):
    """Else accents are garbled there."""
    write_csv(tmp_path / "x.csv", pd.DataFrame({"città": ["Sì"]}))
    assert (tmp_path / "x.csv").read_bytes() == "\ufeffcittà\r\nSì\r\n".encode()


def test_names_of_tables_become_titles_that_excel_allows():
    """At most 31 characters, different also in lower case."""
    assert sheet_titles(["a/b", "A_b", "x" * 40, "x" * 41]) == ["a_b", "A_b_2", "x" * 31, "x" * 29 + "_2"]


def test_only_the_owner_can_read_a_file(tmp_path):
    """Exports and invitations are personal data."""
    put_in_place({tmp_path / "new" / "x.csv": lambda own: own.write_text("x")})
    assert (tmp_path / "new" / "x.csv").stat().st_mode & 0o777 == 0o600


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path):
    """And left as it is."""
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(Refused, match=r"README.md is a file; name a folder"):
        put_in_place({tmp_path / "README.md" / "x.csv": lambda own: own.write_text("x")})
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_full_disk_leaves_nothing_half_written(tmp_path):
    """Neither the first file, which was written well, nor the temporary ones; what was there stays."""

    def full(own):
        raise OSError(errno.ENOSPC, "No space left on device", str(own))

    (tmp_path / "a.csv").write_text("earlier")
    with pytest.raises(Refused, match="No space left on device"):
        put_in_place({tmp_path / "a.csv": lambda own: own.write_text("later"), tmp_path / "b.csv": full})
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "earlier"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_workbook_that_meets_a_full_disk_fails_once():
    """No traceback of a zip file left open comes after the error."""
    with pytest.raises(OSError, match="No space left on device"):
        write_workbook(Path("/dev/full"), {"responses": pd.DataFrame({"text": ["a"]})})
    gc.collect()

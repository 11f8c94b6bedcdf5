"""Each format is read back by another program, and says what was answered and why some answers are missing."""

import csv
import json
import shutil
import subprocess
from datetime import date

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
import xlsxwriter

from admin_scripts.exporting.csv_files import CsvFiles
from admin_scripts.exporting.dta_files import DtaFiles
from admin_scripts.exporting.json_files import JsonFiles
from admin_scripts.exporting.odk_files import OdkFiles
from admin_scripts.exporting.parquet_files import ParquetFiles
from admin_scripts.exporting.sav_files import SavFiles
from admin_scripts.exporting.xlsx_book import MOST_ROWS, Sheet, Styles, XlsxBook
from admin_scripts.refusal import Refused
from tests.admin_scripts.exported import SCHEMA, export, written

UTF8 = "csv:Text - txt - csv (StarCalc):44,34,76"
SINKS = [CsvFiles, XlsxBook, SavFiles, DtaFiles, ParquetFiles, JsonFiles, OdkFiles]


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.filterwarnings("ignore:.*is_sparse:DeprecationWarning")
def test_the_same_answers_give_the_same_bytes(sink, tmp_path):
    """No file says when it was made."""
    first, second = written(sink, tmp_path / "first"), written(sink, tmp_path / "second")
    assert [path.read_bytes() for path in first.values()] == [path.read_bytes() for path in second.values()]


def test_csv_is_what_was_answered(tmp_path):
    """Numbers, days and texts; blank where missing."""
    table = pd.read_csv(written(CsvFiles, tmp_path)["trip.responses.csv"])
    assert list(table.columns) == SCHEMA.names
    assert table["meetings"].tolist()[::2] == [12, 0]
    assert table["born"].tolist()[::2] == ["1980-02-29", "1899-12-31"]
    assert table["said"][0] == '\'=1+1 "è"\nora'
    assert table.loc[1, "services":].isna().all()


def test_a_table_of_the_same_shape_says_why_an_answer_is_missing(tmp_path):
    """One word a cell, in each column of a question with several; blank where there is an answer."""
    files = written(CsvFiles, tmp_path)
    answers, why = (pd.read_csv(files[f"trip.responses{which}.csv"]) for which in ("", ".missing"))
    assert list(why.columns) == list(answers.columns)
    assert why["response_id"].tolist() == answers["response_id"].tolist()
    assert why.loc[1, ["agree", "monitor", "services/roads", "order/first", "meetings"]].tolist() == [
        "prefer_not",
        "dont_know",
        "skipped",
        "not_asked",
        "broke_off",
    ]
    assert why.loc[0, "agree":].isna().all()


@pytest.mark.parametrize("labels", [False, True])
def test_labels_take_the_place_of_names(labels, tmp_path):
    """In the language asked for, also of several; the columns of choices keep their names and numbers."""
    with written(CsvFiles, tmp_path, labels=labels, language="en")["trip.responses.csv"].open("rb") as file:
        table = pd.read_csv(file)
    assert table["agree"][0] == ("Label yes" if labels else "yes")
    assert table["services"][2] == ("Label schools; Label roads" if labels else "schools roads")
    assert table["services/roads"].tolist()[::2] == [1, 1]


def test_pandas_and_duckdb_read_the_parquet_files(tmp_path):
    """With types; repeats are joined by their links; each column carries what it means."""
    files = written(ParquetFiles, tmp_path)
    table = pd.read_parquet(files["trip.responses.parquet"])
    assert table["agree"].tolist() == ["yes", "rather_not", "no"]
    assert table["born"][2] == date(1899, 12, 31)
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    responses, rows, why = (
        duckdb.read_parquet(str(files[f"trip.{name}.parquet"]))
        for name in ("responses", "practice", "responses.missing")
    )
    joined = rows.set_alias("r").join(responses.set_alias("a"), "r._parent_index = a._index")
    assert joined.project("title, meetings").order("title").fetchall() == [("-Rete", 12), ("Sportello", 12)]
    assert why.project("agree, services").fetchall() == [(None, None), ("prefer_not", "skipped"), (None, None)]
    import pyarrow.parquet as pq  # noqa: PLC0415 - a second

    told = pq.read_schema(files["trip.responses.parquet"]).field("monitor").metadata
    assert told[b"label"] == b"Domanda monitor?"
    assert json.loads(told[b"choices"])["unsure"] == "Etichetta unsure"


def test_json_is_one_array_of_rows(tmp_path):
    """Read whole by json and by pandas; null where an answer is missing."""
    files = written(JsonFiles, tmp_path)
    rows = json.loads(files["trip.responses.json"].read_text())
    assert [row["index"] for row in rows] == [1.25, None, -2.0]
    assert len(pd.read_json(files["trip.practice.json"])) == 2
    assert json.loads(files["trip.practice.missing.json"].read_text())[0]["title"] is None


def test_the_workbook_has_a_sheet_for_each_table(tmp_path):
    """Numbers are numbers, days are days, and what looks like a formula is text that stays text."""
    book = openpyxl.load_workbook(written(XlsxBook, tmp_path)["trip.xlsx"])
    assert book.sheetnames == ["responses", "practice", "responses.missing", "practice.missing", "codebook"]
    sheet = book["responses"]
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert row["meetings"].value == 12
    assert row["born"].is_date
    assert (row["said"].value, row["said"].data_type, row["said"].quotePrefix) == ('=1+1 "è"\nora', "s", True)
    assert sheet["N4"].value == "1899-12-31", "no spreadsheet knows that day"
    assert book["codebook"]["C2"].data_type == "s"


def test_more_rows_than_a_sheet_has_are_refused(tmp_path):
    """In words, before anything is written."""
    with pytest.raises(Refused, match="1,048,575 rows"):
        XlsxBook(export(total=MOST_ROWS + 1), {"trip.xlsx": tmp_path / "trip.xlsx"})


@pytest.mark.skipif(shutil.which("libreoffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_workbook(tmp_path):
    """What it shows on the first sheet is what was answered."""
    path = written(XlsxBook, tmp_path)["trip.xlsx"]
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    call = ["libreoffice", profile, "--headless", "--convert-to", UTF8, "--outdir", str(tmp_path), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    with (tmp_path / "trip.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["meetings"] for row in rows] == ["12", "", "0"]
    assert rows[0]["said"] == '=1+1 "è"\nora'


def test_the_layout_of_odk_central_is_that_of_its_export(tmp_path):
    """Names with their groups, places in four columns, a key for each row and that of the row around it."""
    files = written(OdkFiles, tmp_path)
    table = pd.read_csv(files["trip-odk/trip.csv"], dtype=str)
    assert list(table.columns[:5]) == ["SubmissionDate", "g-agree", "g-monitor", "g-services", "g-services/roads"]
    assert list(table.columns[-3:]) == ["meta-instanceID", "KEY", "FormVersion"]
    assert table.loc[0, ["g-where-Latitude", "g-where-Accuracy"]].tolist() == ["45.5", "4"]
    rows = pd.read_csv(files["trip-odk/trip-practice.csv"])
    assert rows[["PARENT_KEY", "KEY"]].to_numpy().tolist() == [["aa", "aa/practice[1]"], ["aa", "aa/practice[2]"]]
    assert OdkFiles.media(export()) == "trip-odk/media"


def test_whatever_text_is_in_a_cell_is_read_from_it(tmp_path):
    """Signs that XML has a meaning for, signs that it has no room for, errors and very long texts."""
    texts = ['a & <b> "c"', "#N/A", "-1", "two\r\nlines ", "bell\x07", "x" * 40_000, "🙂è", "12", None]
    page = pa.record_batch({"=text": pa.array(texts), "day": pa.array([date(1900, 1, 31)] * len(texts))})
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = Sheet(book.add_worksheet(), Styles(book))
    sheet.head(page.schema.names)
    sheet.write(page)
    sheet.end()
    book.close()
    rows = list(openpyxl.load_workbook(path).active.iter_rows())
    read = [row[0].value for row in rows[1:]]
    assert read == ['a & <b> "c"', "#N/A", "-1", "two\nlines ", "bell", "x" * 32_767, "🙂è", "12", None]
    assert [row[0].quotePrefix for row in rows[:5]] == [True, False, True, True, False]
    assert rows[1][1].value == "1900-01-31", "the first days of 1900 are not the same to all spreadsheets"

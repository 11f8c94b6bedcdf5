"""Nothing that a respondent, an author or a register says is run by the spreadsheet that opens an export."""

import csv
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from admin_scripts.check import examine
from admin_scripts.export import Format, read_from, sink_of
from admin_scripts.exporting import run
from admin_scripts.formulas import DANGEROUS
from admin_scripts.participants import import_register
from admin_scripts.survey import Wish, create_from_examined
from conversations.protocol import Mode
from storage.engine import snapshot, transaction
from storage.media import MediaFolder
from storage.surveys import open_survey
from tests.admin_scripts.field_work import NOON, ROME, SECRET, hands_in
from tests.sheets import workbook

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
EVIL = '=HYPERLINK("http://x.example")'
ARMED = """
| survey  |
|         | type              | name | label      | media::image | relevant |
|         | text              | said | +1+cmd     | -1.png       |          |
|         | select_one l      | one  | @one       |              |          |
|         | select_multiple l | many | -many      |              |          |
|         | image             | pic  | +pic       |              |          |
|         | datetime          | when | When?      |              |          |
|         | time              | at   | At?        |              |          |
| choices |
|         | list_name | name | label  |
|         | l         | -2   | -x     |
|         | l         | @b   | +b     |
"""
ANSWERS = (
    ("/data/said", EVIL),
    ("/data/one", "-2"),
    ("/data/many", "-2 @b"),
    ("/data/pic", "=cmd.png"),
    ("/data/when", "2026-03-29T02:30:00.000"),
    ("/data/at", "02:30:00.000"),
)
REGISTER = f'person_id,name,email,language,unit\n=P1,@Ada,ada@x.example,it,"{EVIL.replace(chr(34), chr(34) * 2)}"\n'


def ignore(*_):
    """Nobody waits, and nothing gets out."""


@pytest.fixture(params=[False, True], ids=["of people", "synthetic"])
async def exported(request, engine, tmp_path):
    path = tmp_path / "armed.xlsx"
    path.write_bytes(workbook(ARMED))
    (tmp_path / "-1.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "people.csv").write_text(REGISTER)
    await create_from_examined(engine, examine(path), Wish("armed", Mode.IDENTIFIED), ROME)
    await import_register(engine, "armed", tmp_path / "people.csv", skip_bad=False, secret=SECRET)
    async with transaction(engine) as connection:
        await open_survey(connection, "armed", now=NOON)
    await hands_in(engine, "=P1", ANSWERS, "armed")
    async with snapshot(engine) as connection:
        source, total = await read_from(connection, "armed")
    if request.param:
        source = replace(source, survey=replace(source.survey, is_synthetic=True), mark="synthetic")

    def write(form, labels=None):
        wish = run.Wish(sink_of(form), tmp_path / "out", labels)
        return run.write_export(
            source, total, wish, MediaFolder(tmp_path / "media"), on_progress=ignore, record=ignore
        ).paths

    return write


@pytest.mark.parametrize("labels", [None, ""])
async def test_no_cell_of_any_table_is_a_formula(exported, labels):
    """Answers, labels, names of choices and files, the register, headings, the codebook: as CSV and as XLSX."""
    (book,) = exported(Format.XLSX, labels)
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    armed = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(DANGEROUS)]
    assert {EVIL, "=P1", "=cmd.png"} <= {cell.value for cell in armed}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in armed)
    for path in (*exported(Format.CSV, labels), *exported(Format.ODK, labels)):
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        assert [cell for row in rows for cell in row if cell.startswith(DANGEROUS)] == []


async def test_an_hour_that_no_clock_showed_is_exported_as_it_was_given(exported):
    """Half past two of the night in which the clocks go forward: an answer like any other."""
    row = pd.read_parquet(exported(Format.PARQUET)[0]).iloc[0]
    assert "2026-03-29" in row["when"]
    assert "02:30" in row["when"]
    assert "02:30" in row["at"]


async def test_what_was_made_up_says_so_in_every_row(exported):
    """In the first column of every table; and in the names of the files."""
    paths = exported(Format.PARQUET)
    is_synthetic = paths[0].name.startswith("SYNTHETIC-")
    for path in paths[:2]:
        assert (pd.read_parquet(path).columns[0] == "synthetic") == is_synthetic

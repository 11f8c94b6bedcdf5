"""Nothing that a respondent, an author or a register says is run by the spreadsheet that opens an export."""

import csv
from dataclasses import replace

import openpyxl
import pytest

from admin_scripts.check import examine
from admin_scripts.export import Format, frames_of, harvest, write_export
from admin_scripts.formulas import DANGEROUS
from admin_scripts.participants import import_register
from admin_scripts.survey import Wish, create_from_examined
from conversations.protocol import Mode
from storage.engine import snapshot, transaction
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


@pytest.fixture(params=[False, True], ids=["of people", "synthetic"])
async def harvested(request, engine, tmp_path):
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
        found = await harvest(connection, "armed")
    return replace(found, survey=replace(found.survey, is_synthetic=request.param))


@pytest.mark.parametrize("labels", [None, ""])
async def test_no_cell_of_any_table_is_a_formula(harvested, labels, tmp_path):
    """Answers, labels, names of choices and files, the register, headings, the codebook: as CSV and as XLSX."""
    frames = frames_of(harvested, labels)
    (book,) = write_export(frames, "armed", Format.XLSX, tmp_path / "xlsx")
    cells = [cell for sheet in openpyxl.load_workbook(book) for row in sheet.iter_rows() for cell in row]
    armed = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(DANGEROUS)]
    assert {EVIL, "=P1", "=cmd.png"} <= {cell.value for cell in armed}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in armed)
    for path in write_export(frames, "armed", Format.CSV, tmp_path / "csv"):
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
        assert [cell for row in rows for cell in row if cell.startswith(DANGEROUS)] == []


async def test_an_hour_that_no_clock_showed_is_exported_as_it_was_given(harvested):
    """Half past two of the night in which the clocks go forward: an answer like any other."""
    row = frames_of(harvested, None)["responses"].iloc[0]
    assert "2026-03-29" in str(row["when"])
    assert "02:30" in str(row["when"])
    assert "02:30" in str(row["at"])

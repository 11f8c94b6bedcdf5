"""The files that respondents have sent, beside the tables of an export."""

import stat

import pandas as pd
import pytest

from admin_scripts.__main__ import main
from tests.admin_scripts.field_work import field, on, submits
from tests.sheets import workbook

PHOTO, OTHER, LOST = (f"{letter * 32}.jpg" for letter in "abc")
FORM = """
| survey |
| | type | name | label::Italiano (it) | constraint |
| | text | word | Una parola? | |
| | image | view | Che cosa vede? | |
| settings |
| | form_title | form_id | version | default_language |
| | Gita | trip | 1 | Italiano (it) |
"""


@pytest.fixture
def answered(configured, tmp_path, monkeypatch):
    """Two people have sent pictures, one of which has been lost; a third file is of nobody who has submitted."""
    monkeypatch.setenv("COLLOQUIO_DATA_DIR", str(tmp_path / "data"))
    book, register = tmp_path / "trip.xlsx", tmp_path / "people.csv"
    book.write_bytes(workbook(FORM))
    register.write_text("id,language\np1,it\np2,it\n")
    for name in (PHOTO, OTHER):
        path = tmp_path / "data" / "media" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())

    async def answers(engine):
        await field(engine, book, register, name="trip")
        await submits(engine, "p1", {"/data/word": OTHER, "/data/view": PHOTO}, name="trip")
        await submits(engine, "p2", {"/data/word": "", "/data/view": LOST}, name="trip")

    on(configured, answers)
    return tmp_path / "out"


def test_an_export_has_the_files_that_were_sent(answered, capsys):
    """Those of its responses and no others, for the owner alone; how many are missing is said."""
    (answered / "trip-media").mkdir(parents=True)
    (answered / "trip-media" / OTHER).touch()
    (answered / "trip-media" / "notes.txt").touch()
    assert main(["export", "trip", "--out", str(answered), "--whole", "--purpose", "test"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "trip-media: 1 file sent by respondents." in said
    assert "Warning: 1 file that responses name is not in the folder media" in said
    copies = answered / "trip-media"
    assert sorted(path.name for path in copies.iterdir()) == [PHOTO, "notes.txt"]
    assert (copies / PHOTO).read_bytes() == PHOTO.encode()
    assert stat.S_IMODE((copies / PHOTO).stat().st_mode) == 0o600
    codebook = pd.read_csv(answered / "trip.codebook.csv").set_index("variable")
    assert codebook.loc["view", "note"] == "name of a file in the folder trip-media"
    assert set(pd.read_csv(answered / "trip.responses.csv")["view"]) == {PHOTO, LOST}

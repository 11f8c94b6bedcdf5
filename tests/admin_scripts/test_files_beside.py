"""Where the files of a questionnaire are looked for, and that a survey is created with them."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.beside import files_beside
from admin_scripts.check import examine
from admin_scripts.refusal import Refused
from admin_scripts.survey import Wish, create_from_file
from conversations.protocol import Mode
from storage.engine import snapshot
from storage.forms import load_definition, load_form_file
from tests.sheets import workbook

TOWN = """
| survey |
|        | type                           | name | label  | media::image |
|        | select_one_from_file towns.csv | town | Where? | map.png      |
"""
PNG = b"\x89PNG\r\n\x1a\n"
CSV = b"name,label\nmi,Milano\n"


@pytest.fixture
def questionnaire(tmp_path: Path) -> Path:
    path = tmp_path / "towns.xlsx"
    path.write_bytes(workbook(TOWN))
    return path


def test_files_are_found_beside_the_workbook_and_in_its_media_folder(questionnaire):
    """FORM-media, as ODK names it; it goes before the workbook's own folder."""
    media = questionnaire.parent / "towns-media"
    media.mkdir()
    (questionnaire.parent / "towns.csv").write_bytes(b"an older one")
    (media / "towns.csv").write_bytes(CSV)
    (questionnaire.parent / "map.png").write_bytes(PNG)
    examined = examine(questionnaire)
    assert examined.files == {"towns.csv": CSV, "map.png": PNG}
    assert examined.problems == ()


def test_what_is_missing_is_told_by_name(questionnaire):
    """All of it at once."""
    assert sorted(problem.code for problem in examine(questionnaire).problems) == ["missing-file", "missing-file"]
    (questionnaire.parent / "towns.csv").mkdir()
    assert len(examine(questionnaire).problems) == 2


def test_a_file_that_is_too_big_is_told_and_not_read_to_its_end(questionnaire):
    """Ten million bytes are enough for a list or a picture."""
    (questionnaire.parent / "towns.csv").write_bytes(CSV)
    with (questionnaire.parent / "map.png").open("wb") as picture:
        picture.truncate(500_000_000)
    assert [problem.code for problem in examine(questionnaire).problems] == ["media-file"]


@pytest.mark.parametrize("place", [".", "towns-media"])
@pytest.mark.parametrize("target", ["../../secret.png", "/etc/passwd", "deeper/inside.png", ".hidden.png"])
def test_a_link_to_a_file_elsewhere_is_refused_by_name(tmp_path, place, target):
    """A workbook that came from others, with its media, takes nothing of this machine into a survey."""
    folder = tmp_path / "a" / "b" / "own" / place
    folder.mkdir(parents=True)
    (folder / target).parent.mkdir(exist_ok=True)
    if not target.startswith("/"):
        (folder / target).write_bytes(PNG)
    (folder / "map.png").symlink_to(target)
    with pytest.raises(Refused, match=r"map\.png is a link to .*outside the questionnaire's folder"):
        files_beside(tmp_path / "a" / "b" / "own" / "towns.xlsx", ["map.png"])


def test_a_media_folder_that_is_elsewhere_is_refused(questionnaire, tmp_path_factory):
    """Whatever is in it."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "map.png").write_bytes(PNG)
    (questionnaire.parent / "towns-media").symlink_to(elsewhere)
    with pytest.raises(Refused, match="outside the questionnaire's folder"):
        examine(questionnaire)


def test_a_link_to_a_file_beside_it_is_followed(questionnaire):
    """One picture for two questionnaires."""
    (questionnaire.parent / "shared.png").write_bytes(PNG)
    (questionnaire.parent / "map.png").symlink_to("shared.png")
    assert examine(questionnaire).files == {"map.png": PNG}


async def test_a_survey_is_created_with_its_files(engine: AsyncEngine, questionnaire):
    """They are kept with the version, and its choices are theirs."""
    (questionnaire.parent / "towns.csv").write_bytes(CSV)
    (questionnaire.parent / "map.png").write_bytes(PNG)
    survey = await create_from_file(engine, questionnaire, Wish("towns", Mode.CONFIDENTIAL), "Europe/Rome")
    async with snapshot(engine) as connection:
        form = await load_definition(connection, survey.form_hash)
        assert await load_form_file(connection, survey.form_hash, "map.png") == PNG
    assert len(form.instances["towns"].children[0].children) == 1

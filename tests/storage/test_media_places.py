"""Where files are kept: a folder, a file:// address, or any other address of fsspec; the same is promised of all."""

import itertools
from datetime import UTC, datetime

import pytest

from storage.errors import SettingsRefused
from storage.media import FileTooLarge, MediaFolder, open_media
from storage.settings import Settings

NUMBERS = itertools.count()


async def chunks(*pieces):
    for piece in pieces:
        yield piece


@pytest.fixture(params=["folder", "file", "memory"])
def media(request, tmp_path):
    """What the settings of an installation lead to."""
    address = {
        "folder": str(tmp_path / "elsewhere"),
        "file": f"file://{tmp_path}/else%20where",
        "memory": f"memory://media-{next(NUMBERS)}",
    }
    return open_media(Settings(data_dir=tmp_path, media=address[request.param], most_megabytes=1))


async def test_a_file_is_kept_under_its_hash_and_can_be_copied_out(media, tmp_path):
    """Whole, and the same content twice is one file."""
    kept = await media.keep(chunks(b"GIF89a", b" picture"), name="x.exe")
    again = await media.keep(chunks(b"GIF89a picture"))
    assert again.name == kept.name
    assert kept.name.endswith(".gif")
    media.copy(kept.name, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"GIF89a picture"
    assert media.last_coming(kept.name) == again.coming
    assert list(media.came_before(datetime.now(UTC).timestamp() + 60)) == [kept.name]
    assert media.came_before(datetime.now(UTC).timestamp() - 60) == {}


async def test_what_came_anew_is_not_deleted_for_the_one_before(media):
    """It may be another person's answer by now."""
    first = await media.keep(chunks(b"%PDF-1.7 text"))
    second = await media.keep(chunks(b"%PDF-1.7 text"))
    assert not media.delete(first.name, first.coming)
    assert media.delete(second.name, second.coming)
    assert media.last_coming(second.name) is None
    assert not media.delete(second.name, second.coming)
    assert media.came_before(datetime.now(UTC).timestamp() + 60) == {}


async def test_more_than_the_installation_allows_is_not_kept(media, tmp_path):
    """Nothing of it, also not where it was received."""
    with pytest.raises(FileTooLarge):
        await media.keep(chunks(bytes(1 << 20), b"."))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert media.came_before(datetime.now(UTC).timestamp() + 60) == {}


async def test_nothing_is_left_behind_where_files_are_received(tmp_path):
    """At another address there are the files, and nowhere else."""
    media = open_media(Settings(data_dir=tmp_path, media=f"memory://media-{next(NUMBERS)}"))
    await media.keep(chunks(b"GIF89a"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_without_a_setting_it_is_the_folder_beside_the_database(tmp_path):
    """As it always was."""
    media = open_media(Settings(data_dir=tmp_path))
    assert isinstance(media, MediaFolder)
    assert media.path_of("ab.gif") == tmp_path / "media" / "ab" / "ab.gif"


def test_an_address_that_nothing_here_can_reach_is_refused_at_once(tmp_path):
    """Not when the first file comes."""
    with pytest.raises(SettingsRefused, match="COLLOQUIO_MEDIA: "):
        open_media(Settings(data_dir=tmp_path, media="nowhere://bucket"))


@pytest.mark.parametrize("most", [0, 21])
def test_a_limit_beyond_what_telegram_gives_a_bot_is_refused(tmp_path, most):
    """Twenty megabytes at most."""
    with pytest.raises(ValueError, match="most_megabytes"):
        Settings(data_dir=tmp_path, most_megabytes=most)

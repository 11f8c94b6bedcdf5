"""The files beside a questionnaire: kept with its version, found again by their name."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import snapshot, transaction
from storage.errors import FormUnknown
from storage.forms import load_form_file, load_form_files, save_form


async def test_files_are_kept_with_their_version(engine: AsyncEngine):
    """A picture for whoever shows it, all of them for whoever runs the questionnaire."""
    files = {"towns.csv": b"name,label\n", "map.png": b"\x89PNG"}
    async with transaction(engine) as connection:
        kept = await save_form(connection, "<a/>", b"workbook", files)
    async with snapshot(engine) as connection:
        assert await load_form_file(connection, kept, "map.png") == b"\x89PNG"
        assert await load_form_files(connection, kept) == files


async def test_another_file_is_another_version(engine: AsyncEngine):
    """The old one keeps its own, so that whoever began with it sees no change."""
    async with transaction(engine) as connection:
        old = await save_form(connection, "<a/>", b"workbook", {"towns.csv": b"name,label\n"})
        new = await save_form(connection, "<a/>", b"workbook", {"towns.csv": b"name,label\na,A\n"})
        assert await load_form_file(connection, old, "towns.csv") == b"name,label\n"
    assert old != new


async def test_a_file_that_a_version_does_not_have_is_refused(engine: AsyncEngine):
    """A name is looked up among the version's own files and nowhere else."""
    async with transaction(engine) as connection:
        kept = await save_form(connection, "<a/>", b"workbook", {"map.png": b"\x89PNG"})
        for form_hash, name in ((kept, "../map.png"), ("f" * 64, "map.png")):
            with pytest.raises(FormUnknown):
                await load_form_file(connection, form_hash, name)

"""What was let out of a survey is on record."""

from datetime import date

from storage.engine import snapshot, transaction
from storage.releases import Kind, Release, list_releases, log_release
from tests.storage.field import Field

FIRST = Release(date(2026, 11, 23), Kind.PUBLISHED, "ada", "", 69, "0a" * 32, {"by": "area"}, [["q", "area", ["a"], 9]])
SECOND = Release(date(2026, 11, 24), Kind.WHOLE, "bea", "coding", 71, "0b" * 32, {}, [])


async def test_releases_come_back_in_their_order(field: Field):
    """Each with who asked for it, what for, and how many people every figure was about."""
    async with transaction(field.engine) as connection:
        await log_release(connection, field.survey.id, FIRST)
        await log_release(connection, field.survey.id, SECOND)
    async with snapshot(field.engine) as connection:
        assert await list_releases(connection, field.survey.id) == (FIRST, SECOND)
        assert await list_releases(connection, field.survey.id + 1) == ()

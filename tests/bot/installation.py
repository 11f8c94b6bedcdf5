"""A survey that is open, with its people, as the admin commands would have left it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.forms.xlsform import read_xlsform
from conversations.protocol import Mode
from storage.engine import transaction
from storage.forms import save_form
from storage.register import Person, import_people, participants
from storage.surveys import NewSurvey, create_survey, open_survey

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))
SECRET = b"a secret of the tests, long enough"


async def install(  # noqa: PLR0913 - what an installation is made of
    engine: AsyncEngine,
    workbook: bytes,
    people: Iterable[Person],
    *,
    name: str = "indagine",
    title: str = "Indagine",
    secret: bytes = SECRET,
    opens: bool = True,
    files: Mapping[str, bytes] | None = None,
) -> dict[str, str]:
    """Create the survey from a workbook, open it unless told otherwise; each person's token by id."""
    compiled = read_xlsform(workbook)
    assert compiled.xform, compiled.problems
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, compiled.xform, workbook, files)
        new = NewSurvey(name, title, form_hash, Mode.CONFIDENTIAL, sender="Ente", contact="indagine@example.org")
        survey = await create_survey(connection, new)
        await import_people(connection, survey.id, list(people), secret=secret)
        if opens:
            await open_survey(connection, name, now=NOON - timedelta(days=1))
        rows = await participants(connection, survey.id)
    return {row.person.person_id: row.token(secret) for row in rows}

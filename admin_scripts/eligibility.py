"""Who of the register is not asked, or is asked again."""

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.refusal import Refused
from storage.engine import transaction
from storage.participation import exclude as exclude_person
from storage.participation import marks
from storage.surveys import get_survey

LONGEST = 200


async def exclude(engine: AsyncEngine, name: str, person_id: str, reason: str) -> str:
    """Not eligible any more, for that reason; the reason it had before, "" for none."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST:
        raise Refused(f"A reason of 1 to {LONGEST} characters is needed, for the report: --reason 'has retired'.")
    return await _mark(engine, name, person_id, reason)


async def include(engine: AsyncEngine, name: str, person_id: str) -> str:
    """Eligible again; the reason it had, "" for none."""
    return await _mark(engine, name, person_id, "")


async def _mark(engine: AsyncEngine, name: str, person_id: str, reason: str) -> str:
    async with transaction(engine) as connection:
        survey = await get_survey(connection, name)
        noted = (await marks(connection, survey.id)).get(person_id)
        await exclude_person(connection, survey.id, person_id, reason)
        return noted.excluded if noted else ""

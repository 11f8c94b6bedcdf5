"""The sessions of those who stopped half-way, for what counts and exports them; of the eligible only."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from conversations.protocol import Mode, Session
from conversations.session.record import from_record
from storage.dispositions import DISPOSITION, Disposition
from storage.register import Person
from storage.surveys import Survey
from storage.tables import participants, sessions

_BATCH = 200  # rows fetched at once
_OF_SURVEY: BindParameter[int] = bindparam("survey")
_PERSON = ("person_id", "name", "email", "language", "weight", "attributes")
_HALF_WAY = (
    select(
        sessions.c.form_hash,
        sessions.c.record,
        DISPOSITION.label("disposition"),
        *(participants.c[name].label(f"of_{name}") for name in _PERSON),
    )
    .join(participants, participants.c.id == sessions.c.participant_id)
    .where(sessions.c.survey_id == _OF_SURVEY, DISPOSITION.in_((Disposition.PARTIAL, Disposition.BREAK_OFF)))
)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Somebody who has answered something and not handed in; `person` as far as the mode of the survey goes."""

    form_hash: str
    session: Session
    disposition: Disposition
    person: Person | None


async def stream_unfinished(connection: AsyncConnection, survey: Survey) -> AsyncIterator[Unfinished]:
    """All of them in any order, few at a time in memory; inside a `snapshot`."""
    options = {"yield_per": _BATCH}
    values = {"survey": survey.id, "has_more": False}
    async with connection.stream(_HALF_WAY, values, execution_options=options) as rows:
        async for form_hash, record, disposition, *person in rows:
            known = Person(*person) if survey.mode is Mode.IDENTIFIED else None
            yield Unfinished(form_hash, from_record(record), Disposition(disposition), known)

"""Many people at any point of a survey, written straight into the tables: what only counts them need not walk there."""

from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import Status
from storage.engine import transaction
from storage.surveys import Survey
from storage.tables import answers, chats, participants, sessions

_numbers = count(1)


@dataclass(frozen=True)
class One:
    """Somebody in a register; without a status he never came. `answered` are paths, the last one last."""

    status: Status | None = None
    done: int = 0
    asked: int = 0
    place: str = ""
    answered: tuple[str, ...] = ()
    channel: str = "web"
    undeliverable: str = ""
    excluded: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


async def add(engine: AsyncEngine, survey: Survey, *people: One) -> None:
    """Put them into the register of the survey."""
    rows: dict[str, list[dict[str, object]]] = {"participants": [], "chats": [], "sessions": [], "answers": []}
    for one in people:
        number = next(_numbers)
        known, session = f"{number:032x}", uuid4().hex
        rows["participants"].append(_participant(survey, one, known))
        if one.status is not None:
            rows["chats"].append(_chat(one, known, session))
            rows["sessions"].append(_session(survey, one, known, session))
            rows["answers"] += [
                {"bucket": 7, "session_id": session, "revision": at, "path": path, "value": "x"}
                for at, path in enumerate(one.answered)
            ]
    async with transaction(engine) as connection:
        for table in (participants, chats, sessions, answers):
            if rows[table.name]:
                await connection.execute(insert(table), rows[table.name])


def _participant(survey: Survey, one: One, known: str) -> dict[str, object]:
    said = {"undeliverable": one.undeliverable, "excluded": one.excluded, "attributes": one.attributes}
    blank = {"name": "", "email": "", "language": "", "weight": 1.0, "generation": 0}
    return {"id": known, "survey_id": survey.id, "person_id": f"X{known}", "token_hash": known, **blank, **said}


def _chat(one: One, known: str, session: str) -> dict[str, object]:
    shown = {"shown_message": "", "shown_place": "", "shown_revision": 0}
    at = {"session_bucket": 7, "session_id": session}
    return {"bucket": 7, "channel": one.channel, "address": known, "id": f"c{known[1:]}", **at, **shown}


def _session(survey: Survey, one: One, known: str, session: str) -> dict[str, object]:
    record = {"status": one.status, "language": "", "seed": 1, "place": one.place}
    return {
        "bucket": 7,
        "id": session,
        "survey_id": survey.id,
        "participant_id": known,
        "chat_id": f"c{known[1:]}",
        "form_hash": survey.form_hash,
        "status": one.status,
        "revision": 1,
        "record": record,
        "done": one.done,
        "asked": one.asked,
    }

"""The register of a survey: who may be asked, each with a personal invitation."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.due import CORRECTED, Posting
from storage.errors import PersonTwice, PersonUnknown, SecretChanged, SurveyUnknown
from storage.tables import outbox, sessions, surveys
from storage.tables import participants as table
from storage.tokens import invitation_token, is_token_of, token_hash

_HOLD_SURVEY = select(surveys.c.id).where(surveys.c.id == bindparam("survey")).with_for_update(key_share=True)
_ALL = select(table).where(table.c.survey_id == bindparam("survey"))
_ONE = select(table).where(table.c.survey_id == bindparam("survey"), table.c.person_id == bindparam("person"))
_HOLD_ONE = _ONE.with_for_update()
_ADD = insert(table)
_PERSON = ("name", "email", "language", "weight", "attributes")
_CHANGE = update(table).where(table.c.id == bindparam("known"))  # the columns are the keys of the rows given
_BELIEVE = update(table).where(table.c.id == bindparam("known")).values(undeliverable="")
_UNBIND = update(sessions).where(sessions.c.participant_id == bindparam("known")).values(chat_id=None, sealed_for=None)
_SEAL = (
    update(sessions)
    .where(sessions.c.participant_id == bindparam("known"))
    .values(sealed_for=func.coalesce(sessions.c.chat_id, sessions.c.sealed_for), chat_id=None)
)
_WITHDRAW = (
    update(outbox)
    .where(
        outbox.c.participant_id == bindparam("known"),
        outbox.c.wave_id.is_(None),
        outbox.c.state == Posting.QUEUED,
    )
    .values(state=Posting.CANCELLED, reason="a newer link was made")
)
_CORRECT = (
    update(outbox)
    .where(
        outbox.c.participant_id == bindparam("known"),
        outbox.c.channel == "email",
        outbox.c.state.in_((Posting.SENDING, Posting.SENT, Posting.DOUBT)),
    )
    .values(reason=CORRECTED)
)


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the register: `person_id` is the organisation's, `language` an IETF tag or empty."""

    person_id: str
    name: str = ""
    email: str = ""
    language: str = ""
    weight: float = 1.0
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """A person in one survey; `generation` counts how often the invitation was renewed."""

    id: str
    survey_id: int
    generation: int
    token_hash: str
    person: Person

    def token(self, secret: bytes) -> str:
        """The invitation's token. Raises SecretChanged when this secret is not the one it was made with."""
        token = invitation_token(secret, self.survey_id, self.id, self.generation)
        if not is_token_of(self.token_hash, token):
            raise SecretChanged
        return token


@dataclass(frozen=True, slots=True)
class Imported:
    """How many people an import added, changed, and found as they were."""

    added: int
    changed: int
    unchanged: int


def person_in(row: RowMapping) -> Person:
    """The person in a row that has the table's columns."""
    return Person(row["person_id"], **{name: row[name] for name in _PERSON})


async def import_people(
    connection: AsyncConnection, survey_id: int, people: Sequence[Person], *, secret: bytes
) -> Imported:
    """Add who is new and update who changed; nobody is removed and no token changes.

    Raises PersonTwice and SurveyUnknown; then nothing is imported.
    """
    _refuse_doubles(people)
    if await connection.scalar(_HOLD_SURVEY, {"survey": survey_id}) is None:
        raise SurveyUnknown(str(survey_id))
    known = {one.person.person_id: one for one in await participants(connection, survey_id)}
    added = [_newcomer(survey_id, person, secret) for person in people if person.person_id not in known]
    changed = [
        {"known": known[person.person_id].id, **asdict(person)}
        for person in people
        if person.person_id in known and known[person.person_id].person != person
    ]
    moved = [
        {"known": known[person.person_id].id}
        for person in people
        if person.person_id in known and known[person.person_id].person.email != person.email
    ]
    for statement, rows in ((_ADD, added), (_CHANGE, changed), (_BELIEVE, moved), (_CORRECT, moved)):
        if rows:
            await connection.execute(statement, rows)
    return Imported(len(added), len(changed), len(people) - len(added) - len(changed))


def _refuse_doubles(people: Sequence[Person]) -> None:
    seen: set[str] = set()
    for person in people:
        if person.person_id in seen:
            raise PersonTwice(person.person_id)
        seen.add(person.person_id)


def _newcomer(survey_id: int, person: Person, secret: bytes) -> dict[str, Any]:
    known = uuid4().hex
    token = invitation_token(secret, survey_id, known, 0)
    return {"id": known, "survey_id": survey_id, "generation": 0, "token_hash": token_hash(token), **asdict(person)}


async def participants(connection: AsyncConnection, survey_id: int) -> list[Participant]:
    """Everybody in the register of this survey, by person_id."""
    rows = (await connection.execute(_ALL, {"survey": survey_id})).mappings()
    return sorted((_participant_in(row) for row in rows), key=lambda one: one.person.person_id)


async def get_participant(connection: AsyncConnection, survey_id: int, person_id: str) -> Participant:
    """One person of this survey's register. Raises PersonUnknown."""
    row = (await connection.execute(_ONE, {"survey": survey_id, "person": person_id})).mappings().first()
    if row is None:
        raise PersonUnknown(person_id)
    return _participant_in(row)


def _participant_in(row: RowMapping) -> Participant:
    return Participant(row["id"], row["survey_id"], row["generation"], row["token_hash"], person_in(row))


async def renew_invitation(
    connection: AsyncConnection, survey_id: int, person_id: str, *, secret: bytes, mailed: bool = False
) -> str:
    """A new token; earlier ones and the chat bound by them are good for nothing any more. Raises PersonUnknown.

    A session that was started goes on with it in the chat where it was. In another chat it goes on only if the link was
    `mailed` to the person and seen by nobody else; otherwise one begins anew there, and sees no answer.
    """
    row = (await connection.execute(_HOLD_ONE, {"survey": survey_id, "person": person_id})).mappings().first()
    if row is None:
        raise PersonUnknown(person_id)
    generation = row["generation"] + (1 if row["next_token_hash"] is None else 2)  # past a link that is on its way
    token = invitation_token(secret, survey_id, row["id"], generation)
    renewed = {"generation": generation, "token_hash": token_hash(token), "next_token_hash": None}
    await connection.execute(_CHANGE, {"known": row["id"]} | renewed)
    await connection.execute(_UNBIND if mailed else _SEAL, {"known": row["id"]})
    await connection.execute(_WITHDRAW, {"known": row["id"]})
    return token

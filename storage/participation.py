"""What people wish and what coordinators know of them: no reminders, a new link, not eligible."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.protocol import Status
from storage.due import NEVER_LEFT, Posting
from storage.engine import insert_unless_there, snapshot, transaction
from storage.errors import PersonUnknown
from storage.surveys import SURVEY_COLUMNS, State, Survey, survey_in
from storage.tables import outbox, participants, sessions, surveys
from storage.tokens import invitation_token, token_hash

UNUSED_LINKS = 3
"""How many new links one person is sent until one of them is used: strangers, too, can ask for them."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Why somebody is not eligible, and what came back from the e-mail address; each "" where nothing is noted."""

    excluded: str
    undeliverable: str


_MARKED = select(participants.c.person_id, participants.c.excluded, participants.c.undeliverable).where(
    participants.c.survey_id == bindparam("survey"),
    or_(participants.c.excluded != "", participants.c.undeliverable != ""),
)
_BE_QUIET = update(participants).where(participants.c.id == bindparam("of_participant")).values(is_quiet=True)
_SURVEY_OF = (
    select(*SURVEY_COLUMNS)
    .join(participants, participants.c.survey_id == surveys.c.id)
    .where(participants.c.id == bindparam("participant"))
)
_WITH_EMAIL = (
    select(participants.c.id, *SURVEY_COLUMNS)
    .join(surveys, surveys.c.id == participants.c.survey_id)
    .outerjoin(sessions, sessions.c.participant_id == participants.c.id)
    .where(
        func.lower(participants.c.email) == bindparam("email"),
        participants.c.excluded == "",
        or_(sessions.c.status.is_(None), sessions.c.status != Status.DECLINED),
    )
)
_MARK = update(participants).where(
    participants.c.survey_id == bindparam("of_survey"), participants.c.person_id == bindparam("of_person")
)
_LINK = (
    select(participants.c.survey_id, participants.c.generation, participants.c.email)
    .where(participants.c.id == bindparam("participant"))
    .with_for_update()
)
_SENT = (
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.participant_id == bindparam("participant"),
        outbox.c.occasion.like(bindparam("occasions")),
        outbox.c.state.not_in(NEVER_LEFT),
    )
)
_POST = insert_unless_there(outbox)
_POST_AGAIN = update(outbox).where(
    outbox.c.participant_id == bindparam("of_participant"),
    outbox.c.occasion == bindparam("of_occasion"),
    outbox.c.state.in_(NEVER_LEFT),
)
_CHANGE = update(participants).where(participants.c.id == bindparam("of_participant"))
_UNBIND = (
    update(sessions)
    .where(sessions.c.participant_id == bindparam("of_participant"))
    .values(chat_id=None, sealed_for=None)
)


async def survey_of(engine: AsyncEngine, participant: str) -> Survey | None:
    """The survey of a participant; None if there is no such one."""
    async with snapshot(engine) as connection:
        row = (await connection.execute(_SURVEY_OF, {"participant": participant})).first()
        return None if row is None else survey_in(row)


async def be_quiet(connection: AsyncConnection, participant: str) -> bool:
    """No more reminders, from now on; also of those that wait to be sent. Whether there is such a participant."""
    return (await connection.execute(_BE_QUIET, {"of_participant": participant})).rowcount == 1


async def set_reminders(connection: AsyncConnection, survey_id: int, person_id: str, *, wanted: bool) -> None:
    """Whether a person gets reminders, as was told to a coordinator. Raises PersonUnknown."""
    changed = await connection.execute(_MARK, {"of_survey": survey_id, "of_person": person_id, "is_quiet": not wanted})
    if changed.rowcount == 0:
        raise PersonUnknown(person_id)


async def exclude(connection: AsyncConnection, survey_id: int, person_id: str, reason: str) -> None:
    """Not eligible, for that reason; "" takes it back. Raises PersonUnknown."""
    changed = await connection.execute(_MARK, {"of_survey": survey_id, "of_person": person_id, "excluded": reason})
    if changed.rowcount == 0:
        raise PersonUnknown(person_id)


async def marks(connection: AsyncConnection, survey_id: int) -> dict[str, Marks]:
    """person_id -> what is noted, for those of whom something is."""
    return {person: Marks(*noted) for person, *noted in await connection.execute(_MARKED, {"survey": survey_id})}


# ---------------------------------------------------------------- a new link


async def participants_with_email(engine: AsyncEngine, email: str, *, now: datetime) -> list[str]:
    """The participants, in surveys that are not over, whom this address belongs to.

    Not who has declined: nobody writes to them again was promised, and anybody can ask.
    """
    async with snapshot(engine) as connection:
        rows = await connection.execute(_WITH_EMAIL, {"email": email.strip().lower()})
        return [row[0] for row in rows if survey_in(row[1:]).state(now) is not State.CLOSED]


async def send_link(engine: AsyncEngine, participant: str, *, secret: bytes, now: datetime) -> bool:
    """Have a new link sent by e-mail, at once and at most once a day; the old one works until the new one is used.

    Whether there is somebody to send it to, who has not been sent enough of them.
    """
    async with transaction(engine) as connection:
        row = (await connection.execute(_LINK, {"participant": participant})).first()
        if row is None or not row.email or await _has_enough(connection, participant, row.generation + 1):
            return False
        token = invitation_token(secret, row.survey_id, participant, row.generation + 1)
        await connection.execute(_CHANGE, {"of_participant": participant, "next_token_hash": token_hash(token)})
        await post_link(connection, participant, row.generation + 1, now=now)
        return True


async def _has_enough(connection: AsyncConnection, participant: str, generation: int) -> bool:
    """Whether the link of this generation, which nobody has used, was sent on so many days."""
    key = {"participant": participant, "occasions": f"r{generation}-%"}
    return int((await connection.execute(_SENT, key)).scalar_one()) >= UNUSED_LINKS


async def post_link(connection: AsyncConnection, participant: str, generation: int, *, now: datetime) -> bool:
    """Write the message with the link of this generation, unless today's is written already; whether it was.

    One of today's that could not be sent is tried again.
    """
    key = {"participant_id": participant, "occasion": f"r{generation}-{now.astimezone(UTC):%Y%m%d}"}
    posting = {
        "channel": "email",
        "state": Posting.QUEUED,
        "due_at": now,
        "attempts": 0,
        "reason": "",
        "said": "",
    }
    if (await connection.execute(_POST[connection.dialect.name], key | posting)).rowcount == 1:
        return True
    dead = {f"of_{name.removesuffix('_id')}": value for name, value in key.items()}
    return (await connection.execute(_POST_AGAIN, dead | posting)).rowcount == 1


async def adopt_link(connection: AsyncConnection, participant: str, token: str) -> None:
    """The new link is used for the first time: the old one and the chat bound by it are good for nothing any more."""
    row = (await connection.execute(_LINK, {"participant": participant})).one()
    adopted = {"generation": row.generation + 1, "token_hash": token_hash(token), "next_token_hash": None}
    await connection.execute(_CHANGE, {"of_participant": participant} | adopted)
    await connection.execute(_UNBIND, {"of_participant": participant})

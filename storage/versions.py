"""A survey goes on with a newer version of its questionnaire: who would be moved, and moving them one by one.

Each session is moved in a transaction of its own, under the locks of a turn. So it may be stopped at any moment: the
survey has the newer version first, new sessions begin with it, and whoever is left over is moved by the next run.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from conversations.forms import FormDefinition
from conversations.session.migration import Way
from conversations.session.record import to_record
from conversations.upgrading import OPEN, MigrationReport, Moved, move_session, way_between
from storage.chats import CURRENT
from storage.engine import snapshot, transaction
from storage.errors import VersionChanged
from storage.forms import load_definition
from storage.sessions import SESSION_COLUMNS, StoredSession, session_in
from storage.surveys import Survey
from storage.tables import chats, responses, sessions, surveys

_WAITING = and_(
    sessions.c.survey_id == bindparam("survey"),
    sessions.c.form_hash != bindparam("version"),
    sessions.c.status.in_(OPEN),
)
_SESSIONS = select(*SESSION_COLUMNS).join(surveys, surveys.c.id == sessions.c.survey_id)
_ALL = _SESSIONS.where(_WAITING)
_VERSIONS = select(sessions.c.form_hash).where(_WAITING).distinct()
_IS_ADOPTED = surveys.c.form_hash == bindparam("version")
"""So that two who put a survey on two versions do not move its sessions to and fro."""

_FIRST = (
    select(sessions.c.bucket, sessions.c.id)
    .join(surveys, surveys.c.id == sessions.c.survey_id)
    .where(_WAITING, _IS_ADOPTED)
    .order_by(sessions.c.bucket, sessions.c.id)
    .limit(1)
)
_OF_SESSION = and_(sessions.c.bucket == bindparam("of_bucket"), sessions.c.id == bindparam("of_id"))
_HOLD_CHATS = (
    select(chats.c.id)
    .join(sessions, CURRENT)
    .where(_OF_SESSION)
    .order_by(chats.c.bucket, chats.c.channel, chats.c.address)
    .with_for_update(of=chats)
)
_HOLD = _SESSIONS.where(_OF_SESSION, _WAITING, _IS_ADOPTED).with_for_update(of=sessions)
_CHANGE = update(sessions).where(_OF_SESSION)
_ADOPT = update(surveys).where(surveys.c.id == bindparam("of_survey"), surveys.c.form_hash == bindparam("of_hash"))
_SHOWN = update(chats).where(
    chats.c.session_bucket == bindparam("of_bucket"),
    chats.c.session_id == bindparam("of_id"),
    chats.c.shown_revision == bindparam("of_revision"),
)
_USED: Mapping[str, Select[Any]] = {
    "sessions": select(sessions.c.form_hash).where(sessions.c.survey_id == bindparam("survey")).distinct(),
    "responses": select(responses.c.form_hash).where(responses.c.survey_id == bindparam("survey")).distinct(),
}
_ANSWERED = select(responses.c.form_hash, responses.c.answers).where(responses.c.survey_id == bindparam("survey"))
_BATCH = 500


async def versions_in_use(connection: AsyncConnection, survey_id: int) -> set[str]:
    """The versions with which somebody has begun or handed in."""
    return {found for used in _USED.values() for found in await connection.scalars(used, {"survey": survey_id})}


async def is_under_way(connection: AsyncConnection, survey: Survey, version: str) -> bool:
    """Whether there are open sessions of other versions than this one."""
    return (await connection.execute(_FIRST, {"survey": survey.id, "version": version})).first() is not None


async def count_answered(
    connection: AsyncConnection, survey_id: int, choices: Mapping[tuple[str, str, str], str]
) -> Counter[str]:
    """How many responses hold one of these choices; by the value that `choices` has for (version, path, choice).

    Paths are generic; a response counts once for each value.
    """
    found: Counter[str] = Counter()
    options = {"yield_per": _BATCH}
    async with connection.stream(_ANSWERED, {"survey": survey_id}, execution_options=options) as rows:
        async for version, answers in rows:
            chosen = ((version, _generic(path), name) for path, value in answers for name in value.split())
            found.update({choices[one] for one in chosen if one in choices})
    return found


def _generic(ref: str) -> str:
    return "".join(piece.partition("]")[2] if n else piece for n, piece in enumerate(ref.split("[")))


async def preview_move(
    connection: AsyncConnection, survey: Survey, new: FormDefinition, *, now: datetime
) -> MigrationReport:
    """What `move_sessions` would do now; changes nothing."""
    report, key = MigrationReport(), {"survey": survey.id, "version": new.hash}
    versions = (await connection.scalars(_VERSIONS, key)).all()
    ways = {version: way_between(await load_definition(connection, version), new) for version in versions}
    async with connection.stream(_ALL, key, execution_options={"yield_per": _BATCH}) as rows:
        async for row in rows:
            stored = session_in(row)
            report.add(_moved(ways[stored.form_hash], stored, now))
    return report


async def adopt_version(connection: AsyncConnection, survey: Survey, version: str) -> None:
    """From now on new sessions begin with this version, which is stored already. Raises VersionChanged."""
    wish = {"of_survey": survey.id, "of_hash": survey.form_hash, "form_hash": version}
    if (await connection.execute(_ADOPT, wish)).rowcount == 0:
        raise VersionChanged


async def move_sessions(engine: AsyncEngine, survey: Survey, new: FormDefinition, *, now: datetime) -> MigrationReport:
    """Move every open session to this version, each in its own transaction, until there is none of another."""
    report, ways = MigrationReport(), _Ways(new)
    while True:
        async with snapshot(engine) as connection:
            first = (await connection.execute(_FIRST, {"survey": survey.id, "version": new.hash})).first()
        if first is None:
            return report
        moved = await _move(engine, survey, ways, {"of_bucket": first.bucket, "of_id": first.id}, now)
        if moved is not None:
            report.add(moved)


async def _move(
    engine: AsyncEngine, survey: Survey, ways: "_Ways", key: dict[str, object], now: datetime
) -> Moved | None:
    """Move one session; None if it was handed in meanwhile. The chat is held first, as in a turn."""
    async with transaction(engine) as connection:
        await connection.execute(_HOLD_CHATS, key)
        row = (await connection.execute(_HOLD, key | {"survey": survey.id, "version": ways.new.hash})).first()
        if row is None:
            return None
        stored = session_in(row)
        moved = _moved(await ways.of(connection, stored.form_hash), stored, now)
        await connection.execute(_CHANGE, key | _columns(moved, ways.new.hash))
        unseen = {"of_revision": stored.session.revision, "shown_revision": moved.session.revision}
        await connection.execute(_SHOWN, key | unseen)
        return moved


def _moved(way: Way, stored: StoredSession, now: datetime) -> Moved:
    return move_session(way, stored.survey.terms, stored.session, now=now.astimezone(stored.survey.zone))


def _columns(moved: Moved, version: str) -> dict[str, object]:
    """Not `active_at`: nobody has answered anything."""
    session = moved.session
    done, asked = session.progress
    return {
        "form_hash": version,
        "status": session.status.value,
        "revision": session.revision,
        "record": to_record(session),
        "done": done,
        "asked": asked,
    }


class _Ways:
    """From each older version to the newer one, worked out once."""

    def __init__(self, new: FormDefinition) -> None:
        self.new = new
        self._known: dict[str, Way] = {}

    async def of(self, connection: AsyncConnection, version: str) -> Way:
        """From this version; raises FormUnknown."""
        if version not in self._known:
            self._known[version] = way_between(await load_definition(connection, version), self.new)
        return self._known[version]

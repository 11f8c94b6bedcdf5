"""A survey with three people, as the tests of the storage need it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import AnswerKept, Mode, Session, Status, StatusMoved
from storage.engine import snapshot, transaction
from storage.forms import save_form
from storage.register import Person, import_people, participants
from storage.surveys import NewSurvey, Survey, create_survey
from storage.turns import OpenTurn, Sender, StoredSession, open_turn

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET = b"a secret of the tests alone, never used"
PEOPLE = [
    Person("P1", "Ada", "ada@example.org", "it", 1.0, {"area": "north"}),
    Person("P2", "Bea", "bea@example.org", "en", 1.5, {"area": "south"}),
    Person("P3", "Cleo", "cleo@example.org", "it", 1.0, {"area": "south"}),
]
WELCOME = Session(Status.NOTIFIED, language="", seed=7)


@dataclass(frozen=True)
class Field:
    """A survey in a database, and the tokens of its people."""

    engine: AsyncEngine
    survey: Survey
    tokens: dict[str, str]

    async def begin(self, sender: Sender, person: str = "P1", claim: str = "begin") -> StoredSession:
        """The person's link is opened by the sender."""
        async with open_turn(self.engine, sender, claim, now=NOON) as turn:
            invitation = await turn.find_invitation(self.tokens[person])
            assert invitation is not None
            return await turn.start(invitation, WELCOME)

    async def look(self, sender: Sender) -> StoredSession | None:
        """What the sender's chat is at."""
        async with open_turn(self.engine, sender, None, now=NOON) as turn:
            return turn.stored


async def plan_survey(engine: AsyncEngine, name: str, mode: Mode, people: Sequence[Person] = PEOPLE) -> Field:
    """A survey of this mode with the three people, or others."""
    async with transaction(engine) as connection:
        form_hash = await save_form(connection, "<h:html/>", b"workbook")
        survey = await create_survey(connection, NewSurvey(name, "A title", form_hash, mode))
        await import_people(connection, survey.id, people, secret=SECRET)
        known = await participants(connection, survey.id)
    return Field(engine, survey, {one.person.person_id: one.token(SECRET) for one in known})


async def count(engine: AsyncEngine, table: Table) -> int:
    """How many rows it has."""
    async with snapshot(engine) as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def answer(turn: OpenTurn, value: str, path: str = "/data/q") -> Session:
    """What a turn does: the session goes on by one revision, and one answer is kept."""
    before = turn.stored.session
    after = replace(
        before, status=Status.ANSWERING, revision=before.revision + 1, place=path, filled={"answers": {path: value}}
    )
    await turn.save(after, [StatusMoved(Status.ANSWERING), AnswerKept(path, value)])
    return after

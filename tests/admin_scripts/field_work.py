"""A survey with people and responses, made through the same doors as the real ones."""

import asyncio
import functools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from admin_scripts.check import examine
from admin_scripts.participants import import_register
from admin_scripts.survey import Wish, create_from_examined
from conversations.protocol import Mode, Session, Status, StatusMoved, Submitted
from conversations.session import FormSession
from storage.engine import open_engine, snapshot, transaction
from storage.forms import load_definition
from storage.register import participants
from storage.surveys import Survey, get_survey, open_survey
from storage.turns import Sender, open_turn

EXAMPLES = Path(__file__).parents[2] / "examples"
SECRET = b"a secret of the tests, long enough"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
"""Noon in Rome."""
ROME = "Europe/Rome"


examined = functools.cache(examine)


async def field(
    engine: AsyncEngine,
    form: Path = EXAMPLES / "zone_omogenee_po.xlsx",
    register: Path = EXAMPLES / "staff.csv",
    *,
    mode: Mode = Mode.CONFIDENTIAL,
    name: str = "zone",
) -> Survey:
    """An open survey with its register."""
    await create_from_examined(engine, examined(form), Wish(name, mode), ROME)
    await import_register(engine, name, register, skip_bad=False, secret=SECRET)
    async with transaction(engine) as connection:
        return await open_survey(connection, name, now=NOON)


async def moves(engine: AsyncEngine, person_id: str, status: Status, name: str = "zone") -> None:
    """A person opens the invitation and gets as far as that status."""
    async with open_turn(engine, Sender("web", person_id), f"{person_id} {status}", now=NOON) as turn:
        if turn.stored is None:
            invitation = await turn.find_invitation(await _token(engine, name, person_id))
            assert invitation
            await turn.start(invitation, Session(Status.NOTIFIED, "Italiano (it)", 1))
        await turn.save(Session(status, "Italiano (it)", 1, revision=1), (StatusMoved(status),))


async def submits(
    engine: AsyncEngine, person_id: str, answers: Mapping[str, str], rows: Sequence[str] = (), name: str = "zone"
) -> None:
    """A person answers by path, after adding a row to each repeat of `rows`, and hands in."""
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        form = await load_definition(connection, survey.form_hash)
    filled = FormSession.start(form, now=NOON, language=form.default_language, seed=1)
    for row in rows:
        filled.add_repeat(row)
    for path, value in answers.items():
        assert filled.answer(path, value) is None, path
    await hands_in(engine, person_id, tuple(filled.submission_values()), name)


async def hands_in(
    engine: AsyncEngine,
    person_id: str,
    answers: tuple[tuple[str, str], ...],
    name: str = "zone",
    progress: tuple[int, int] = (24, 24),
) -> None:
    """A person's response, whatever it says, after so many questions."""
    await moves(engine, person_id, Status.ANSWERING, name)
    async with open_turn(engine, Sender("web", person_id), f"{person_id} submits", now=NOON) as turn:
        changes = (Submitted(answers, "receipt"), StatusMoved(Status.SUBMITTED))
        await turn.save(Session(Status.SUBMITTED, "Italiano (it)", 1, revision=2, progress=progress), changes)


async def _token(engine: AsyncEngine, name: str, person_id: str) -> str:
    async with snapshot(engine) as connection:
        survey = await get_survey(connection, name)
        people = await participants(connection, survey.id)
    return next(one.token(SECRET) for one in people if one.person.person_id == person_id)


def on(url: str, *steps: object) -> None:
    """Run one coroutine function after the other on the database, for tests that then run a command."""

    async def run() -> None:
        engine = open_engine(url)
        for step in steps:
            await step(engine)
        await engine.dispose()

    asyncio.run(run())

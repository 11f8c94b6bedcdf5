"""Several turns at once, in one process and in two."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import AnswerKept, Status
from storage.engine import open_engine, snapshot, transaction
from storage.register import renew_invitation
from storage.tables import answers, sessions
from storage.turns import Sender, Standing, open_turn
from tests.storage.field import NOON, SECRET, WELCOME, Field

ADA = Sender("telegram", "1001")
EVE = Sender("telegram", "2002")


@pytest.fixture
async def engines(field: Field, database_url: str) -> AsyncIterator[list[AsyncEngine]]:
    """Two engines on one database: what two processes have."""
    other = open_engine(database_url)
    yield [field.engine, other]
    await other.dispose()


async def press(engine: AsyncEngine, claim: str, *, place: str) -> bool:
    """A button drawn at `place`, pressed: it counts only while the session is there."""
    async with open_turn(engine, ADA, claim, now=NOON) as turn:
        session = turn.stored.session
        if turn.repeated or session.place != place:
            return False
        revision = session.revision + 1
        after = replace(session, place=f"{place}+", revision=revision, status=Status.ANSWERING)
        await turn.save(after, [AnswerKept("/data/q", claim)])
        return True


async def take(engine: AsyncEngine, sender: Sender, claim: str, token: str) -> Standing | None:
    """The link is opened; the sender takes part if he may."""
    async with open_turn(engine, sender, claim, now=NOON) as turn:
        found = await turn.find_invitation(token)
        if found is None:
            return None
        if found.standing is Standing.FREE:
            await turn.start(found, WELCOME)
        elif found.standing is Standing.OWN:
            await turn.resume(found)
        return found.standing


async def test_presses_at_once_store_one_answer(field: Field, engines: list[AsyncEngine]):
    """Turns of one respondent happen one after the other, wherever they are heard."""
    await field.begin(ADA)

    taken = await asyncio.gather(*(press(engines[n % 2], str(n), place="") for n in range(16)))

    assert sum(taken) == 1
    async with snapshot(field.engine) as connection:
        assert await connection.scalar(select(func.count()).select_from(answers)) == 1


async def test_one_update_delivered_at_once_counts_once(field: Field, engines: list[AsyncEngine]):
    """Whoever takes the claim first has it; the other finds it taken when it is committed."""
    await field.begin(ADA)

    taken = await asyncio.gather(*(press(engines[n % 2], "same", place="") for n in range(8)))

    assert sum(taken) == 1


async def test_two_senders_of_one_link_leave_one_session(field: Field, engines: list[AsyncEngine]):
    """A forwarded link opened by two at the same moment binds to one of them."""
    token = field.tokens["P1"]

    standings = await asyncio.gather(*(take(engines[n % 2], (ADA, EVE)[n % 2], str(n), token) for n in range(8)))

    first = {Standing.FREE, Standing.OWN}
    assert [standings.count(Standing.FREE), standings.count(Standing.FOREIGN)] == [1, 4]
    assert {standings[n] in first for n in (0, 2, 4, 6)} != {standings[n] in first for n in (1, 3, 5, 7)}
    async with snapshot(field.engine) as connection:
        assert await connection.scalar(select(func.count()).select_from(sessions)) == 1


async def test_a_link_renewed_while_it_is_opened_is_either_dead_or_unbound(field: Field, engines: list[AsyncEngine]):
    """Whichever comes first, the old link's sender is out afterwards."""

    async def renew() -> str:
        async with transaction(engines[1]) as connection:
            return await renew_invitation(connection, field.survey.id, "P1", secret=SECRET)

    old = field.tokens["P1"]
    *_, token = await asyncio.gather(*(take(engines[0], ADA, str(n), old) for n in range(4)), renew())

    assert await field.look(ADA) is None
    async with open_turn(engines[0], EVE, "new", now=NOON) as turn:
        assert (await turn.find_invitation(token)).standing is Standing.FREE


async def test_many_respondents_at_once_all_get_through(engines: list[AsyncEngine], field: Field):
    """Nobody is turned away because others are answering."""
    people = [Sender("telegram", str(n)) for n in range(60)]

    async def look_in(n: int, sender: Sender) -> bool:
        async with open_turn(engines[n % 2], sender, "1", now=NOON) as turn:
            return turn.repeated

    assert not any(await asyncio.gather(*(look_in(n, sender) for n, sender in enumerate(people))))
    assert field.survey

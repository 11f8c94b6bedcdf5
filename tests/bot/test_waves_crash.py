"""kill -9 between any two steps of a wave: nobody gets two of it, nobody is left out, and what is in doubt is shown."""

import asyncio
from contextlib import suppress

import pytest

from storage.due import Posting
from storage.errors import StorageError
from tests.bot.lives import FieldWork, Life
from tests.bot.steps import Kill, Killed, Steps, UnheardCommit


async def killed(work: FieldWork, at: int) -> set[str] | None:
    """A wave that is killed at that step, and restarted: who is in doubt. None if it had fewer steps."""
    await work.starts_over()
    kill = Kill(at)
    with suppress(Killed):
        await Life(work, kill, kill).lasts_until_all_is_sent()
    if not kill.has_struck:
        return None
    on_its_way = {who for who, state in (await work.states()).items() if state is Posting.SENDING}
    await work.lives_on()
    states, arrived = await work.states(), work.arrived()
    assert {who for who, state in states.items() if state is Posting.DOUBT} == on_its_way
    assert {state for who, state in states.items() if who not in on_its_way} <= {Posting.SENT}
    assert [arrived[who] for who in states if who not in on_its_way] == [1] * (work.people - len(on_its_way))
    assert all(arrived.get(who, 0) <= 1 for who in on_its_way)
    return on_its_way


async def test_killed_at_any_step_nobody_gets_two_and_nobody_is_left_out(work: FieldWork):
    """Only what was on its way just then is in doubt: it is not sent again, and stands in the list of troubles."""
    at, kills_that_left_doubt = 1, 0
    while (in_doubt := await killed(work, at)) is not None:
        kills_that_left_doubt += bool(in_doubt)
        at += 1
    await work.all_got_one()
    assert 0 < kills_that_left_doubt < at - 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_commit_whose_answer_is_never_heard_leaves_nothing_in_doubt(work: FieldWork):
    """The process lives on and asks again; what was begun but not sent is taken back."""
    at = 1
    while True:
        await work.starts_over()
        steps = Steps(at, _break_the_line)
        with suppress(StorageError):
            await Life(work, commits=steps).lasts_until_all_is_sent()
        await work.lives_on()
        await work.all_got_one()
        if steps.count < at:
            return
        at += 1


def _break_the_line() -> None:
    raise UnheardCommit


async def test_told_to_end_at_any_step_it_finishes_what_is_on_its_way(work: FieldWork):
    """And the cancellation is never swallowed; the next process sends the rest."""
    at = 1
    while await told_to_end(work, at):
        await work.lives_on()
        await work.all_got_one()
        at += 1
    await work.all_got_one()


async def told_to_end(work: FieldWork, at: int) -> bool:
    """A process that is told so at that step; whether it came so far."""
    await work.starts_over()
    stopped = asyncio.Event()
    steps = Steps(at, stopped.set)
    life, told = map(asyncio.create_task, (Life(work, steps, steps).lasts_until_all_is_sent(), stopped.wait()))
    await asyncio.wait({life, told}, return_when=asyncio.FIRST_COMPLETED)
    for task in (life, told):
        task.cancel()
    done, _ = await asyncio.wait({life}, timeout=work.telegram.patience)
    assert done, f"told to end at step {at}, it does not"
    assert Posting.SENDING not in (await work.states()).values()
    return steps.count >= at

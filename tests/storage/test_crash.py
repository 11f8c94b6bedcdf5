"""A process killed in the middle of a transaction."""

import asyncio
import os
import signal
import sys

from sqlalchemy import func, select, text

from storage.engine import open_engine, snapshot
from storage.tables import answers, claims
from storage.turns import Sender, open_turn
from tests.storage.field import NOON, Field

ADA = Sender("telegram", "1001")
_ANSWER_FOR_EVER = """
import asyncio, sys
from dataclasses import replace
from conversations.protocol import AnswerKept
from storage.engine import open_engine
from storage.turns import Sender, open_turn
from tests.storage.field import NOON

async def main():
    engine = open_engine(sys.argv[1])
    for number in range(1_000_000):
        async with open_turn(engine, Sender("telegram", "1001"), str(number), now=NOON) as turn:
            session = replace(turn.stored.session, revision=turn.stored.session.revision + 1)
            await turn.save(session, [AnswerKept("/data/q", str(number))])
            if number == int(sys.argv[2]):
                print("in the middle", flush=True)
                sys.stdin.readline()
        print(number, flush=True)

asyncio.run(main())
"""


async def killed_at(number: int, url: str) -> list[bytes]:
    """Run turns until the transaction of this one is open and written to, kill -9, give what was committed."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _ANSWER_FOR_EVER, url, str(number), stdin=pipe, stdout=pipe
    )
    committed = []
    while (line := await process.stdout.readline()) != b"in the middle\n":
        committed.append(line)
    os.kill(process.pid, signal.SIGKILL)
    await process.communicate()
    return committed


async def test_a_killed_process_leaves_whole_turns_only(field: Field, database_url: str):
    """Every turn it had committed is there, the one it was in is not, and the next process goes on at once."""
    await field.begin(ADA)

    committed = await killed_at(5, database_url)

    engine = open_engine(database_url)
    async with open_turn(engine, ADA, "5", now=NOON) as turn:
        assert (len(committed), turn.stored.session.revision, turn.repeated) == (5, 5, False)
    async with snapshot(engine) as connection:
        assert await connection.scalar(select(func.count()).select_from(answers)) == 5
        assert await connection.scalar(select(func.count()).select_from(claims)) == 1 + 5 + 1
        if engine.dialect.name == "sqlite":
            assert await connection.scalar(text("PRAGMA integrity_check")) == "ok"
    await engine.dispose()

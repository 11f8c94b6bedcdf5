"""The process as an administrator sees it: one sentence and an exit code."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from sqlalchemy import text

from storage.bots import known_bot
from storage.engine import open_engine, snapshot, transaction
from storage.migrate import migrate
from tests.bot.telegram_peer import BOT, TelegramPeer

ROOT = Path(__file__).parents[2]


async def bot(folder: Path, *arguments: str, **settings: str) -> Process:
    """Start it, on data of its own."""
    environment = os.environ | {
        "COLLOQUIO_DATA_DIR": str(folder),
        "COLLOQUIO_DATABASE_URL": f"sqlite:///{folder}/colloquio.db",
        "COLLOQUIO_WEB_PORT": "0",
        **settings,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE
    )


async def ended(process: Process) -> tuple[int | None, str]:
    """The exit code and all that it said."""
    out, err = await process.communicate()
    return process.returncode, (out + err).decode()


async def test_it_serves_until_it_is_told_to_stop(tmp_path: Path):
    """The first line says where; SIGTERM and Ctrl-C end it cleanly."""
    for number in (signal.SIGTERM, signal.SIGINT):
        process = await bot(tmp_path)
        assert process.stderr is not None
        assert b"http://127.0.0.1:" in await process.stderr.readline()
        process.send_signal(number)
        code, said = await ended(process)
        assert code == 0
        assert "Traceback" not in said


async def test_a_wrong_token_is_one_sentence(tmp_path: Path, peer: TelegramPeer):
    """And the exit code says that it failed."""
    mistyped = "123456:" + "mistyped-token"
    process = await bot(tmp_path, COLLOQUIO_TELEGRAM_TOKEN=mistyped, COLLOQUIO_TELEGRAM_API_URL=peer.url)
    code, said = await ended(process)
    assert code == 1
    assert "COLLOQUIO_TELEGRAM_TOKEN" in said.splitlines()[-1]
    assert "mistyped" not in said
    assert "Traceback" not in said


async def test_the_bot_that_is_served_is_known_to_the_commands(tmp_path: Path, peer: TelegramPeer):
    """They write links to it, without a setting."""
    process = await bot(tmp_path, COLLOQUIO_TELEGRAM_TOKEN=peer.token, COLLOQUIO_TELEGRAM_API_URL=peer.url)
    assert process.stderr is not None
    assert b"http://127.0.0.1:" in await process.stderr.readline()
    engine = open_engine(f"sqlite:///{tmp_path}/colloquio.db")
    known = ""
    try:
        async with asyncio.timeout(60):
            while not known:
                async with snapshot(engine) as connection:
                    known = await known_bot(connection)
    finally:
        await engine.dispose()
        process.kill()
        await ended(process)
    assert known == BOT["username"]


async def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path, peer: TelegramPeer):
    """It names the setting that helps."""
    port = peer.url.rpartition(":")[2]
    code, said = await ended(await bot(tmp_path, COLLOQUIO_WEB_PORT=port))
    assert code == 1
    assert "COLLOQUIO_WEB_PORT" in said.splitlines()[-1]
    assert "Traceback" not in said


async def test_a_newer_database_is_left_alone(tmp_path: Path):
    """One sentence; nothing is changed."""
    engine = open_engine(f"sqlite:///{tmp_path}/colloquio.db")
    await migrate(engine)
    async with transaction(engine) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'of_tomorrow'"))
    await engine.dispose()
    code, said = await ended(await bot(tmp_path))
    assert code == 1
    assert "newer version" in said
    assert "Traceback" not in said


async def test_a_wrong_setting_is_one_sentence(tmp_path: Path):
    """Before anything is opened."""
    code, said = await ended(await bot(tmp_path, COLLOQUIO_WEB_PORT="abc"))
    assert code == 1
    assert "COLLOQUIO_WEB_PORT" in said
    assert not (tmp_path / "colloquio.db").exists()

"""The process is told to end in the middle of a wave, again and again: it ends each time, and nothing is lost by it."""

import asyncio
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import app, sender
from bot.telegram import polling
from storage.due import Posting
from storage.settings import Settings
from tests.bot.installation import SECRET
from tests.bot.lives import A_WHILE, FieldWork
from tests.bot.mail_server import MailServer
from tests.bot.telegram_peer import TelegramPeer

STARTS = 15
"""On each database."""
CALLS_MORE = 4
"""From one start to the next; a part of them are about the bot's menu and texts."""
CHATS, ADDRESSES = 80, 40


async def test_told_to_end_again_and_again_during_a_wave_it_ends_each_time_and_loses_nothing(
    engine: AsyncEngine, database_url: str, peer: TelegramPeer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """SIGTERM after a few calls more each time: what is on its way is finished, and nothing is in doubt."""
    for module in (sender, polling):
        monkeypatch.setattr(module, "CLOSING_PATIENCE", 3600.0)  # whatever is stuck shall be seen
    async with MailServer() as mail:
        work = FieldWork(engine, database_url, peer, mail)
        await work.invites(CHATS, ADDRESSES)
        await work.plans(engine)
        for number in range(STARTS):
            await _serves_for(work, CALLS_MORE * number, tmp_path)
            work.now += A_WHILE
            assert Posting.SENDING not in (await work.states()).values()
        while Posting.QUEUED in (await work.states()).values():  # no more leave at once than the rate lets
            before = sum(work.arrived().values())
            await work.lives_on()
            assert sum(work.arrived().values()) > before
        await work.all_got_one()


async def _serves_for(work: FieldWork, calls: int, folder: Path) -> None:
    """Until it has been called so often by Telegram's and the mail server's side, or has begun to serve at least."""
    left = [calls]

    def count() -> None:
        left[0] -= 1
        if left[0] == 0:
            signal.raise_signal(signal.SIGTERM)

    async def ready(_engine: AsyncEngine, _address: str) -> None:
        work.telegram.watch = work.mail.watch = count
        if not calls:
            signal.raise_signal(signal.SIGTERM)

    serving = asyncio.create_task(app.serve(_settings(work, folder), ready, clock=_ticking(work.now)))
    done, _ = await asyncio.wait({serving}, timeout=work.telegram.patience)
    assert done, f"after {max(left[0], 0)} of {calls} calls it goes on: {_whereabouts()}"
    await serving


def _whereabouts() -> list[str]:
    """What each task waits for."""
    stacks = [task.get_stack(limit=1) for task in asyncio.all_tasks()]
    return sorted(f"{frame.f_code.co_qualname}:{frame.f_lineno}" for stack in stacks for frame in stack)


def _ticking(now: datetime):
    begun = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - begun)


def _settings(work: FieldWork, folder: Path) -> Settings:
    return Settings(
        data_dir=folder,
        database_url=work.url,
        secret=SECRET.decode(),
        telegram_token=work.telegram.token,
        telegram_api_url=work.telegram.url,
        smtp_url=work.mail.url(),
        mail_from="survey@example.org",
        web_port=0,
    )

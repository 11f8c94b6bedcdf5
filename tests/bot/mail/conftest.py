"""A survey whose invitations have left, and what takes their bounces."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.mail.returns import Returns
from conversations.protocol import Mode, WaveKind
from storage.settings import Settings
from tests.storage.field import SECRET, Field, plan_survey
from tests.storage.posted import MONDAY, deliver, opened, wave

BOUNCES = "bounces@example.org"


def clock() -> datetime:
    """A moment on that Monday."""
    return MONDAY


@pytest.fixture
async def sent(engine: AsyncEngine) -> Field:
    """Three people have been invited by e-mail, by the wave whose occasion is "w1"."""
    field = await plan_survey(engine, "zones", Mode.CONFIDENTIAL)
    await opened(field)
    await wave(field, WaveKind.INVITATION)
    assert await deliver(field) == ["P1", "P2", "P3"]
    return field


@pytest.fixture
def returns(sent: Field) -> Returns:
    """What takes the bounces of that survey."""
    return Returns(sent.engine, secret=SECRET, bounce_address=BOUNCES, clock=clock)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Without anything that is not asked for."""
    return Settings(_env_file=None, data_dir=tmp_path, secret=SECRET.decode(), bounce_address=BOUNCES)  # type: ignore[call-arg]

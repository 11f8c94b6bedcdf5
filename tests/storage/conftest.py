"""Surveys in a fresh database."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import Mode
from tests.storage.field import Field, plan_survey


@pytest.fixture
async def field(engine: AsyncEngine) -> Field:
    """A confidential survey."""
    return await plan_survey(engine, "zones", Mode.CONFIDENTIAL)


@pytest.fixture
async def identified(engine: AsyncEngine) -> Field:
    """An identified survey."""
    return await plan_survey(engine, "mayors", Mode.IDENTIFIED)

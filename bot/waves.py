"""Looks again and again which waves are due, and takes back what processes that died have left in the outbox."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ending import is_ending
from bot.trail import trail_of
from storage.due import Reason
from storage.errors import StorageError
from storage.leases import free_leases
from storage.waves import RanWave, run_due_waves
from storage.workdays import WorkingHours

_log = logging.getLogger(__name__)

EACH = 5.0
"""Seconds between two looks."""

Sleep = Callable[[float], Awaitable[None]]


async def keep_waves(
    engine: AsyncEngine, hours: WorkingHours, clock: Callable[[], datetime], *, sleep: Sleep = asyncio.sleep
) -> None:
    """For as long as the process runs."""
    while not is_ending():
        try:
            await look_for_waves(engine, hours, now=clock())
        except StorageError as error:
            _log.error("Waves wait for the database: %s", error)
        except Exception as error:  # noqa: BLE001 - the next look tries again; people must be answered meanwhile
            _log.error("Waves wait: %s", trail_of(error))
        await sleep(EACH)


async def look_for_waves(engine: AsyncEngine, hours: WorkingHours, *, now: datetime) -> list[RanWave]:
    """Run what is due now."""
    freed = await free_leases(engine, now=now)
    if freed.doubtful:
        _log.warning(
            "Of %d messages nobody knows whether they arrived. `colloquio outbox show` lists them.", freed.doubtful
        )
    ran = await run_due_waves(engine, hours, now=now)
    for one in ran:
        _log.info("Survey '%s': %s, %d people.", one.survey, one.wave.kind, _due(one))
    return ran


def _due(ran: RanWave) -> int:
    return sum(count for (reason, _), count in ran.counts.items() if reason is Reason.DUE)

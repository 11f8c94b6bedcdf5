"""What people ask for outside of any conversation: no more reminders, a new link."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from conversations.protocol import Terms
from storage.engine import transaction
from storage.participation import be_quiet, participants_with_email, send_link, survey_of
from storage.surveys import State
from storage.tokens import participant_of_quiet_token

PACE = 0.5
"""Seconds that asking for a link takes at least: how long it takes must not tell whether an address is known."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The survey that a wish is about."""

    terms: Terms
    is_open: bool


class Wishes:
    """One for all channels; raises StorageError only."""

    def __init__(self, engine: AsyncEngine, secret: bytes, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._secret = secret
        self._clock = clock

    async def about(self, quiet_token: str) -> Granted | None:
        """What a link of «no more reminders» is about; None where it isn't one of ours. Changes nothing."""
        participant = participant_of_quiet_token(self._secret, quiet_token)
        survey = await survey_of(self._engine, participant) if participant is not None else None
        return Granted(survey.terms, survey.state(self._clock()) is State.OPEN) if survey is not None else None

    async def be_quiet(self, quiet_token: str) -> Granted | None:
        """No more reminders for whoever has this link; None where it isn't one of ours."""
        granted = await self.about(quiet_token)
        participant = participant_of_quiet_token(self._secret, quiet_token)
        if granted is not None and participant is not None:
            async with transaction(self._engine) as connection:
                await be_quiet(connection, participant)
        return granted

    async def send_links(self, email: str) -> None:
        """Have new links sent to everybody with this address, if there is anybody; in the same time either way."""
        async with _no_faster_than(PACE):
            now = self._clock()
            for participant in await participants_with_email(self._engine, email, now=now):
                await send_link(self._engine, participant, secret=self._secret, now=now)


@asynccontextmanager
async def _no_faster_than(seconds: float) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(ends - loop.time())

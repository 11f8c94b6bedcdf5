"""What people ask for outside of any conversation: no more reminders, a new link."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clients import Clients
from bot.trail import trail_of
from conversations.protocol import Terms
from storage.engine import transaction
from storage.participation import be_quiet, participants_with_email, send_link, survey_of
from storage.surveys import State
from storage.tokens import participant_of_quiet_token

AT_MOST = 1000
"""People whose new link is still to be looked for; more at once are strangers, who would fill the memory."""

_log = logging.getLogger(__name__)


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
        self._asked: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._clients = Clients()

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

    def may_ask(self, client: str) -> bool:
        """Whether not too many links were asked for from there."""
        return self._clients.may_ask(client, now=self._clock())

    def ask_for_links(self, email: str) -> None:
        """Have `send_links` done after the answer, so that the answer is the same, and as fast, for every address."""
        if len(self._asked) >= AT_MOST:
            _log.warning("Too many ask for a new link at once; one of them will have to ask again.")
            return
        task = asyncio.create_task(self._in_turn(email))
        self._asked.add(task)
        task.add_done_callback(self._done)

    async def send_links(self, email: str) -> None:
        """Have new links sent to everybody with this address, if there is anybody."""
        now = self._clock()
        for participant in await participants_with_email(self._engine, email, now=now):
            await send_link(self._engine, participant, secret=self._secret, now=now)

    async def end(self) -> None:
        """Finish what was asked for; never raises."""
        while self._asked:
            await asyncio.wait(self._asked)

    async def _in_turn(self, email: str) -> None:
        async with self._turn:
            await self.send_links(email)

    def _done(self, task: asyncio.Task[None]) -> None:
        """Say what failed, without the address, which the error may hold."""
        self._asked.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            _log.error("A new link could not be sent: %s", trail_of(error))

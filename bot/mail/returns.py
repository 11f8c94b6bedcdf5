"""What becomes of a message to the bounce address, however it reached us: the person and the outbox learn of it."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.mail.bounces import Returned, Sort, read_returned
from bot.mail.verp import attempt_in, tag_in
from storage.engine import transaction
from storage.participation import be_quiet
from storage.settling import bounced
from storage.tokens import occasion_of_bounce_tag

_log = logging.getLogger(__name__)


class Returns:
    """One for all ways in."""

    def __init__(
        self, engine: AsyncEngine, *, secret: bytes, bounce_address: str, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._secret = secret
        self._bounce_address = bounce_address
        self._clock = clock
        self.unread = 0
        """Messages that were no bounces: they are kept nowhere."""

    def is_ours(self, recipient: str) -> bool:
        """Whether this is the address that one of our messages comes back to."""
        return self._occasion([recipient]) is not None

    async def take(self, raw: bytes, recipients: Sequence[str]) -> None:
        """Keep what it says; when this returns, that is stored. Raises StorageError."""
        returned = read_returned(raw)
        occasion = self._occasion(recipients)
        if occasion is None or returned.sort is Sort.OTHER:
            self.unread += 1
            _log.info("The bounce address got something that is no bounce (%d so far); it is not kept.", self.unread)
        elif returned.sort is Sort.FAILED:
            await self._bounced(*occasion, returned)
        elif returned.sort is Sort.QUIET:
            async with transaction(self._engine) as connection:
                await be_quiet(connection, occasion[0])

    def _occasion(self, recipients: Sequence[str]) -> tuple[str, str] | None:
        """The participant and the occasion that a recipient names, and we have signed."""
        tags = (tag_in(self._bounce_address, recipient) for recipient in recipients)
        return next((found for tag in tags if tag and (found := occasion_of_bounce_tag(self._secret, tag))), None)

    async def _bounced(self, participant: str, occasion: str, returned: Returned) -> None:
        status, is_hard, now = returned.status, returned.is_hard, self._clock()
        occasion, attempt = attempt_in(occasion)
        is_news = await bounced(
            self._engine, participant, occasion, status=status, is_hard=is_hard, now=now, attempt=attempt
        )
        if is_news:
            _log.info("A message came back: %s, %s.", status or "no code", "for good" if is_hard else "for now")

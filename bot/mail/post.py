"""What carries e-mail out of the outbox: writes the letter, composes the message, hands it to a server or a folder."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.mail.folder import FolderCarrier
from bot.mail.message import NOBODY, Mail, MailPlace, NoAddress, NoSender, compose
from bot.mail.smtp import SmtpCarrier
from bot.post import form_hash_of, letter_of
from bot.shelf import FormShelf
from storage.postings import Blame, Errand, Later, Outcome, Rejected
from storage.settings import Settings

_log = logging.getLogger(__name__)

OUTBOX = "outbox"
"""The folder in data_dir for messages that no server takes."""

PAUSE = 60.0

NO_SENDER = "COLLOQUIO_MAIL_FROM is not set, and the contact of the survey is no plain e-mail address"


class Carrier(Protocol):
    """Where messages go."""

    async def carry(self, mail: Mail) -> Outcome:
        """Take it over."""

    async def close(self) -> None:
        """No more for now."""


class MailPost:
    """E-mail as a channel of the outbox."""

    def __init__(
        self, engine: AsyncEngine, forms: FormShelf, place: MailPlace, carrier: Carrier, clock: Callable[[], datetime]
    ) -> None:
        self._engine = engine
        self._forms = forms
        self._place = place
        self._carrier = carrier
        self._clock = clock
        self._senderless: set[str] = set()

    @classmethod
    def of(
        cls, settings: Settings, engine: AsyncEngine, forms: FormShelf, base: str, clock: Callable[[], datetime]
    ) -> Self:
        """As the settings say; `base` is where people reach the web pages."""
        if settings.smtp_url is not None and not settings.mail_from:
            _log.warning(
                "COLLOQUIO_MAIL_FROM is not set: e-mails come from the contact of their survey, and wait where that is"
                " no plain address."
            )
        return cls(engine, forms, _place_of(settings, base), carrier_of(settings), clock)

    async def send(self, errand: Errand) -> tuple[Outcome, str]:
        """What came of it, and the occasion in whose words. Raises StorageError only."""
        now = self._clock()
        form = await self._forms.fetch(self._engine, form_hash_of(errand))
        letter = letter_of(errand, form, now)
        try:
            mail = compose(letter, errand, self._place, now=now)
        except NoAddress:
            return Rejected("no e-mail address", Blame.ADDRESS), letter.occasion
        except NoSender:
            return self._held(errand.survey.name), letter.occasion
        return await self._carrier.carry(mail), letter.occasion

    def _held(self, survey: str) -> Later:
        """It would leave as nobody's, and be refused or taken for spam."""
        if survey not in self._senderless:  # once, and not every minute
            self._senderless.add(survey)
            _log.error("The e-mails of %s wait, and all behind them: %s.", survey, NO_SENDER)
        return Later(NO_SENDER, PAUSE, pauses_all=True)

    async def close(self) -> None:
        """Take leave of the server."""
        await self._carrier.close()


def _place_of(settings: Settings, base: str) -> MailPlace:
    """Only what goes to a folder may come from nobody."""
    return MailPlace(
        base.rstrip("/"),
        settings.secret_key(),
        settings.mail_from,
        settings.bounce_address,
        reads_returns=bool(settings.bounce_listen or settings.imap_url),
        nobody="" if settings.smtp_url else NOBODY,
    )


def carrier_of(settings: Settings) -> Carrier:
    """The server of COLLOQUIO_SMTP_URL; without one, the folder `outbox` in data_dir."""
    if settings.smtp_url is None:
        return FolderCarrier(Path(settings.data_dir) / OUTBOX)
    return SmtpCarrier(settings.smtp_url.get_secret_value())

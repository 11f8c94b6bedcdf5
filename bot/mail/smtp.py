"""Messages to a mail server: one connection for many of them, opened anew when it is gone."""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from contextlib import suppress

from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPRecipientRefused

from bot.mail.message import Mail
from bot.mail.servers import MailServer, PasswordInClear
from bot.mail.streak import Streak, is_about_us
from bot.mail.verdicts import (
    EverybodyRefused,
    codes_of,
    explained,
    is_for_the_administrator,
    is_trouble,
    reason_in,
    refusal,
)
from storage.postings import Later, Outcome, Sent

_log = logging.getLogger(__name__)

CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 30.0
WHOLE_SECONDS = 50.0
"""For one message, whatever happens: less than a lease of the outbox."""

FIRST_PAUSE = 15.0
LONGEST_PAUSE = 900.0


class SmtpCarrier:
    """Hands messages over, one at a time; never raises for anything that a server does."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._server = MailServer.at(url)
        self._clock = clock
        self._paused_until = -math.inf
        self._client: SMTP | None = None
        self._turn = asyncio.Lock()
        self._troubles = 0
        self._met = 0
        self._said = ""
        self._streak = Streak()

    async def carry(self, mail: Mail) -> Outcome:
        """Hand it over; Sent once the server has taken it upon itself."""
        met = self._met
        async with self._turn:
            pause = self._paused_until - self._clock()
            if self._met != met:  # those that waited while another one found out
                return Later("the mail server is in trouble", max(pause, FIRST_PAUSE), pauses_all=True)
            if pause > 0:
                return Later("the mail server is in trouble", pause, pauses_all=True)
            is_going = False
            try:
                async with asyncio.timeout(WHOLE_SECONDS):
                    client = await self._addressed(mail)
                    is_going = True
                    await client.data(mail.message.as_bytes())
            except (SMTPException, PasswordInClear, OSError, TimeoutError) as error:
                return await self._failed(error, mail, is_going=is_going)
            self._is_well()
            return Sent()

    async def close(self) -> None:
        """Take leave of the server, if there is a connection."""
        if self._client is not None:
            with suppress(SMTPException, OSError):
                await self._client.quit(timeout=1)
        self._let_go()

    async def _addressed(self, mail: Mail) -> SMTP:
        """A connection on which the sender and the recipient have been accepted."""
        if self._client is not None and self._client.is_connected:
            try:
                return await _address(self._client, mail)
            except SMTPException as error:
                if not is_trouble(error):
                    raise
        self._let_go()
        self._client = await self._connected()
        return await _address(self._client, mail)

    async def _connected(self) -> SMTP:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            timeout=COMMAND_SECONDS,
            use_tls=server.is_encrypted,
            start_tls=False,
            tls_context=server.tls(),
        )
        await client.connect(timeout=CONNECT_SECONDS)
        try:
            await self._introduce(client)
        except BaseException:
            client.close()
            raise
        return client

    async def _introduce(self, client: SMTP) -> None:
        if not self._server.is_encrypted:
            await client.ehlo()
            if client.supports_extension("starttls"):
                await client.starttls()
            elif self._server.needs_encryption:
                raise PasswordInClear
        if self._server.user:
            await client.login(self._server.user, self._server.password)

    async def _failed(self, error: Exception, mail: Mail, *, is_going: bool) -> Outcome:
        if isinstance(error, SMTPRecipientRefused | SMTPDataError) and not is_trouble(error):
            if not self._streak.goes_on(mail.recipient, error):
                await self._start_over()
                if mail.attempt == 1 and is_about_us(error):  # who comes next will tell whether it is
                    return Later(reason_in(error), 0.0)
                return refusal(error)
            error, is_going = EverybodyRefused(codes_of(error)), False
        self._let_go()
        pause = self._pause(error)
        if is_going and not isinstance(error, SMTPDataError):
            self._paused_until = self._clock() + pause.seconds
            # It may have been taken. SMTP says to send it again, and the same Message-ID tells that it is the same;
            # but a server that does so each time is not to get it for ever, so this counts as an attempt.
            return Later("the mail server broke off before it answered", pause.seconds)
        return pause

    async def _start_over(self) -> None:
        """A refused recipient is forgotten by the server, and the connection is as good as before."""
        try:
            if self._client is not None:
                await self._client.rset(timeout=CONNECT_SECONDS)
        except (SMTPException, OSError):
            self._let_go()

    def _pause(self, error: Exception) -> Later:
        is_ours = is_for_the_administrator(error)
        seconds = LONGEST_PAUSE if is_ours else min(FIRST_PAUSE * 2**self._troubles, LONGEST_PAUSE)
        self._troubles += 1
        self._met += 1
        why = explained(error)
        if why != self._said:  # once, and not for each attempt
            level = logging.ERROR if is_ours or isinstance(error, EverybodyRefused) else logging.WARNING
            _log.log(level, "The mail server: %s. All mail waits; the next attempt is in %d seconds.", why, seconds)
        self._said = why
        return Later(f"the mail server: {why}", seconds, pauses_all=True)

    def _is_well(self) -> None:
        if self._said:
            _log.info("The mail server takes messages again.")
        self._troubles, self._said = 0, ""
        self._streak.ends()

    def _let_go(self) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None


async def _address(client: SMTP, mail: Mail) -> SMTP:
    await client.mail(mail.sender)
    await client.rcpt(mail.recipient)
    return client

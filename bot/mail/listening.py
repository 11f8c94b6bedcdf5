"""The door for bounces: LMTP or SMTP for one kind of recipient; they are confirmed when they are stored."""

import asyncio
import logging
from functools import partial

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.mail.returns import Returns
from bot.mail.servers import MailServer
from bot.trail import trail_of
from storage.errors import StorageError

_log = logging.getLogger(__name__)

LARGEST = 1024 * 1024
"""Bytes of a message; ours have some ten thousand, and servers cut what they send back."""

IDLE_SECONDS = 60

_PROTOCOLS = {"lmtp": LMTP, "smtp": SMTP}


async def listen(url: str, returns: Returns) -> asyncio.Server:
    """Listen at "lmtp://HOST:PORT" or "smtp://HOST:PORT" from now on. Raises OSError if that cannot be had."""
    place = MailServer.at(url)
    loop = asyncio.get_running_loop()
    protocol = partial(
        _PROTOCOLS[place.scheme],
        _Door(returns),
        data_size_limit=LARGEST,
        timeout=IDLE_SECONDS,
        hostname=place.host,
        ident="Colloquio",
        loop=loop,
    )
    return await loop.create_server(protocol, place.host, place.port)


class _Door:
    """What aiosmtpd asks; the names are its own."""

    def __init__(self, returns: Returns) -> None:
        self._returns = returns

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """One at a time, since LMTP wants an answer for each."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time, please"
        if not self._returns.is_ours(address):
            return "550 5.1.1 Nobody has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """It is confirmed when it is stored, and otherwise sent again by the other side."""
        content = envelope.content
        try:
            await self._returns.take(content if isinstance(content, bytes) else b"", envelope.rcpt_tos)
        except StorageError as error:
            _log.error("A bounce could not be stored: %s", error)
            return "451 4.3.0 Cannot be stored just now, please try again"
        return "250 2.0.0 Ok"

    async def handle_exception(self, error: Exception) -> str:
        """Something of ours is broken: the other side keeps what it brings."""
        _log.error("A bounce could not be taken: %s", trail_of(error))
        return "451 4.3.0 Cannot be taken just now, please try again"

"""What listens for bounces as long as the process runs, by the ways that the settings name."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from imaplib import IMAP4

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ending import is_ending
from bot.mail.imap import Mailbox
from bot.mail.returns import Returns
from bot.mail.servers import PasswordInClear
from bot.trail import trail_of
from storage.errors import StorageError
from storage.settings import Settings

_log = logging.getLogger(__name__)

VISIT_EACH = 60.0


async def serve_bounces(engine: AsyncEngine, settings: Settings, clock: Callable[[], datetime]) -> None:
    """Listen and look until cancelled; just wait where there is nothing to do. Raises OSError if the port is taken."""
    returns = Returns(engine, secret=settings.secret_key(), bounce_address=settings.bounce_address, clock=clock)
    with ExitStack() as stack:
        if settings.bounce_listen:
            from bot.mail.listening import listen  # noqa: PLC0415 - its library is imported by those who need it

            stack.callback((await listen(settings.bounce_listen, returns)).close)
        if settings.imap_url is not None:
            await _visit_for_ever(Mailbox(settings.imap_url.get_secret_value()), returns)
        await asyncio.Event().wait()


async def _visit_for_ever(mailbox: Mailbox, returns: Returns) -> None:
    is_well = True
    while not is_ending():
        try:
            await mailbox.visit(returns)
            is_well = True
        except Exception as error:
            if is_ending():
                raise
            if is_well:  # once, and not every minute
                _log.error("The mailbox of COLLOQUIO_IMAP_URL: %s. It is tried each minute.", _explained(error))
            is_well = False
        await asyncio.sleep(VISIT_EACH)


def _explained(error: Exception) -> str:
    """Without a word of the server's, which might name somebody."""
    if isinstance(error, PasswordInClear):
        return "it offers no encryption, and the password is not sent without"
    if isinstance(error, IMAP4.error) and not isinstance(error, IMAP4.abort):
        return "it refuses the user name, the password or the folder"
    if isinstance(error, StorageError):
        return "what came cannot be stored"
    if isinstance(error, IMAP4.error | OSError):
        return f"it cannot be reached, or breaks off ({type(error).__name__})"
    return f"its answers cannot be understood ({trail_of(error)})"

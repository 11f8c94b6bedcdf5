"""What a mail server's answers mean for a message: refused for good, or later; nobody's address is quoted."""

import re
import ssl
from typing import TypeGuard

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPConnectResponseError,
    SMTPDataError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from bot.mail.servers import PasswordInClear
from storage.postings import Blame, Later, Rejected

UNAVAILABLE = 421
LOGIN_WANTED = frozenset({530, 534, 535, 538})
REFUSED = 500

LONGEST_REASON = 200

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_NOBODY = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4"})
"""No such mailbox, domain, or spelling; moved away; a domain that takes no mail; switched off; no way to the domain."""

_ADDRESS = re.compile(r"\S*@\S*")


def status_in(text: str) -> str:
    """The first enhanced status code (RFC 3463) of a text: "5.1.1"; "" without one."""
    found = _STATUS.search(text)
    return found[1] if found else ""


class EverybodyRefused(Exception):
    """One recipient after the other is refused in words that are not about them; it says in which codes."""


def names_nobody(status: str) -> bool:
    """Whether a status says that nothing can be delivered to this address, rather than: not this, not now, not by us.

    All others may pass: 5.1.8 is about the sender, 5.2.2 a full mailbox, 5.4.6 and 5.4.14 a loop, 5.4.7 and the 5.4.3xx
    of Exchange took too long, 5.7 is a policy.
    """
    return status in _NOBODY


def reason_in(error: SMTPResponseException) -> str:
    """The server's words without addresses: "550 5.1.1 <…>: Recipient address rejected"."""
    text = _ADDRESS.sub("<…>", " ".join(error.message.split()))
    return f"{error.code} {text}".encode(errors="replace").decode()[:LONGEST_REASON]


def is_trouble(error: Exception) -> bool:
    """Whether it is the server's, the line's or the settings' fault, so that it would meet every other message too."""
    if isinstance(error, SMTPAuthenticationError | SMTPConnectResponseError | SMTPSenderRefused):
        return True
    if isinstance(error, SMTPRecipientRefused | SMTPDataError):
        return error.code == UNAVAILABLE or error.code in LOGIN_WANTED
    return True


def refusal(error: SMTPRecipientRefused | SMTPDataError) -> Rejected | Later:
    """What becomes of the one message that was refused."""
    reason = reason_in(error)
    if error.code < REFUSED:
        return Later(reason, 0.0)
    return Rejected(reason, Blame.ADDRESS if names_nobody(status_in(error.message)) else None)


def is_for_the_administrator(error: Exception) -> bool:
    """Whether it stays so until somebody puts the settings right."""
    if isinstance(error, SMTPSenderRefused):
        return error.code >= REFUSED
    if _wants_login(error):
        return True
    return isinstance(error, PasswordInClear | SMTPAuthenticationError) or _is_distrusted(error)


def explained(error: Exception) -> str:
    """What an administrator has to know, without a word of the server's that might name somebody."""
    if isinstance(error, PasswordInClear):
        return "it offers no encryption, and the password is not sent without"
    if isinstance(error, SMTPResponseException):
        return _answered(error)
    if isinstance(error, EverybodyRefused):
        return f"it refuses one recipient after the other ({error}): ask whoever runs it whether it takes our messages"
    if _is_distrusted(error):
        return "its certificate is not trusted"
    return f"it cannot be reached, or breaks off ({type(error).__name__})"


def _answered(error: SMTPResponseException) -> str:
    if isinstance(error, SMTPAuthenticationError):
        return f"it refuses the user name or the password of COLLOQUIO_SMTP_URL ({codes_of(error)})"
    if _wants_login(error):
        return f"it wants a user name and a password, or others: COLLOQUIO_SMTP_URL ({codes_of(error)})"
    if isinstance(error, SMTPSenderRefused) and is_for_the_administrator(error):
        return f"it refuses the address of COLLOQUIO_MAIL_FROM or COLLOQUIO_BOUNCE_ADDRESS ({codes_of(error)})"
    return f"it answers {codes_of(error)}"


def _wants_login(error: Exception) -> TypeGuard[SMTPResponseException]:
    return isinstance(error, SMTPResponseException) and error.code in LOGIN_WANTED


def _is_distrusted(error: Exception) -> bool:
    return any(isinstance(one, ssl.SSLCertVerificationError) for one in (error, error.__cause__))


def codes_of(error: SMTPResponseException) -> str:
    """As "550 5.7.1"."""
    return f"{error.code} {status_in(error.message)}".rstrip()

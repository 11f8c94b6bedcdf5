"""What a message to the bounce address says: not delivered, a mere notice, no more reminders, or anything else."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum
from typing import cast

from bot.mail.verdicts import names_nobody, status_in
from bot.trail import trail_of

_log = logging.getLogger(__name__)

READ = 256 * 1024
"""Bytes that are looked at: a report stands at the beginning, what follows is the message that came back."""

UNSUBSCRIBE = "unsubscribe"
"""The subject that our List-Unsubscribe header asks for."""

GENERIC = "5.0.0"
VAGUE = frozenset({GENERIC, "5.1.0"})
"""What servers say who know no better, when they give up: mostly that nobody has this address."""

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_MAILER = re.compile(r"\b(mailer-daemon|postmaster)@?", re.IGNORECASE)
_REFUSAL = re.compile(r"(?<!\d)5[0-5]\d[ -]")
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_FAILED = "failed"
_ARRIVED = frozenset({"delivered", "relayed", "expanded"})


class Sort(StrEnum):
    """What it is."""

    FAILED = "failed"
    NOTICE = "notice"  # delayed, or delivered: nothing follows from it
    QUIET = "quiet"
    OTHER = "other"  # somebody's answer, an absence, or not to be understood


@dataclass(frozen=True, slots=True)
class Returned:
    """`status` of what failed is an enhanced code (RFC 3463); `is_hard` says that nobody has this address."""

    sort: Sort
    status: str = ""
    is_hard: bool = False


def read_returned(raw: bytes) -> Returned:
    """What it is. Raises for nothing that anybody can send."""
    try:
        return _read(BytesParser().parsebytes(raw[:READ]))
    except Exception as error:  # noqa: BLE001 - strangers choose the charset, the depth and each byte
        _log.warning("A message to the bounce address cannot be read: %s", trail_of(error))
        return Returned(Sort.OTHER)


def _read(message: Message) -> Returned:
    outcomes = [(_action(block), _status(block)) for block in _blocks(message)]
    if outcomes:
        return _outcome(outcomes)
    if _header(message, "Subject").lower() == UNSUBSCRIBE:
        return Returned(Sort.QUIET)
    if _MAILER.search(_header(message, "From")):
        return _in_words(_text(message))
    return Returned(Sort.OTHER)


def _outcome(outcomes: list[tuple[str, str]]) -> Returned:
    """Of all recipients: an address that stands for several has been reached if one of them was."""
    actions = {action for action, _ in outcomes}
    if _FAILED not in actions or actions & _ARRIVED:
        return Returned(Sort.NOTICE)
    return _failed(next(status for action, status in outcomes if action == _FAILED))


def _failed(status: str) -> Returned:
    return Returned(Sort.FAILED, status, names_nobody(status) or status in VAGUE)


def _in_words(text: str) -> Returned:
    """A report for people only, of an old server."""
    status = status_in(text) or (GENERIC if _REFUSAL.search(text) else "")
    if not status.startswith("5"):
        return Returned(Sort.NOTICE if status else Sort.OTHER)
    return _failed(status)


# ---------------------------------------------------------------- within the message


def _parts(message: Message) -> Iterator[Message]:
    """The leaves; what lies within a message that was returned or forwarded is none of them."""
    parts = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(parts, list):
        for part in parts:
            yield from _parts(cast(Message, part))
    else:
        yield message


def _blocks(message: Message) -> Iterator[Message]:
    """The fields about each recipient, in whatever kind of message: some servers do not say that it is a report."""
    for part in _parts(message):
        if part.get_content_type() in _REPORTS:
            blocks = (BytesParser().parsebytes(block, headersonly=True) for block in _BLANK.split(part.as_bytes()))
            yield from (block for block in blocks if "Action" in block)


def _action(block: Message) -> str:
    return _header(block, "Action").partition(" ")[0].lower()


def _status(block: Message) -> str:
    """As exact as it is known: where the server names no more than a class, the next one's words may."""
    said = status_in(_header(block, "Status"))
    if said and not said.endswith(".0.0"):
        return said
    diagnosis = _header(block, "Diagnostic-Code")
    return status_in(diagnosis) or said or (GENERIC if _REFUSAL.search(diagnosis) else "")


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _text(message: Message) -> str:
    """The first part, which is what a report says to people."""
    content = next(_parts(message)).get_payload(decode=True)
    return content.decode(errors="replace") if isinstance(content, bytes) else ""

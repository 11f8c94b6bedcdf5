"""Whether a mail server refuses everybody: one recipient after the other, for what is not their fault."""

import re

from aiosmtplib import SMTPDataError, SMTPRecipientRefused

from bot.mail.verdicts import REFUSED, status_in

FEW, MANY = 3, 20
"""Recipients in a row: refused because of us, or put off for whatever reason. One alone says nothing of the server."""

_POLICY = re.compile(r"relay|authenti|polic|prohibit|not permitted|not allowed|spam|block|spoof", re.IGNORECASE)
_RELAYING = re.compile(r"relay|authenti", re.IGNORECASE)
_GREYLISTED = re.compile(r"gr[ea]y", re.IGNORECASE)
_OUR_ADDRESS = frozenset({"5.1.7", "5.1.8"})


class Streak:
    """Holds no more addresses than it needs to know that there are several."""

    def __init__(self) -> None:
        self._refused: set[str] = set()
        self._put_off: set[str] = set()

    def ends(self) -> None:
        """Somebody was not refused, or for what is about the address."""
        self._refused.clear()
        self._put_off.clear()

    def goes_on(self, recipient: str, error: SMTPRecipientRefused | SMTPDataError) -> bool:
        """Whether it is so long by now that it is about everybody."""
        if is_about_us(error):
            _remember(self._refused, recipient, FEW)
        elif _is_put_off(error):
            _remember(self._put_off, recipient, MANY)
        else:
            self.ends()
        return len(self._refused) >= FEW or len(self._put_off) >= MANY


def _remember(known: set[str], recipient: str, most: int) -> None:
    if len(known) < most:
        known.add(recipient)


def is_about_us(error: SMTPRecipientRefused | SMTPDataError) -> bool:
    """Whether a refusal is one of policy: relaying, a password, our reputation. It might meet anybody."""
    status = status_in(error.message)
    if error.code < REFUSED:
        return _RELAYING.search(error.message) is not None
    if status:
        return status.startswith("5.7.") or status in _OUR_ADDRESS
    return _POLICY.search(error.message) is not None


def _is_put_off(error: SMTPRecipientRefused | SMTPDataError) -> bool:
    """For now; but for greylisting, which puts everybody off once."""
    return error.code < REFUSED and _GREYLISTED.search(error.message) is None

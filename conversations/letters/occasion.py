"""Which letter fits: why the survey writes, and how far the person has come."""

from datetime import datetime, timedelta
from enum import StrEnum

from conversations.protocol import Status, Terms, WaveKind

LAST_HOURS = timedelta(hours=36)
"""Before the closing, in which a reminder says above all when that is."""


class Occasion(StrEnum):
    """What a letter is about; each has its own words."""

    INVITATION = "invitation"
    NOT_OPENED = "not_opened"
    OPENED = "opened"
    HALF_WAY = "half_way"
    LAST_DAY = "last_day"
    CLOSED = "closed"
    NEW_LINK = "new_link"


_AS_SAID = {
    None: Occasion.NEW_LINK,
    WaveKind.INVITATION: Occasion.INVITATION,
    WaveKind.LAST_DAY: Occasion.LAST_DAY,
    WaveKind.CLOSED: Occasion.CLOSED,
}
_AS_FAR = {
    None: Occasion.NOT_OPENED,
    Status.NOTIFIED: Occasion.OPENED,
    Status.DECLINED: Occasion.OPENED,
}


def occasion_of(kind: WaveKind | None, status: Status | None, terms: Terms, now: datetime) -> Occasion:
    """The letter for a wave of this kind, None for a new link, to somebody whose session has this status, None without.

    A reminder in the last 36 hours is about the closing; one that is late for it is about the end.
    """
    if kind is not WaveKind.REMINDER:
        return _AS_SAID[kind]
    if terms.closes_at is not None and terms.closes_at - now <= LAST_HOURS:
        return Occasion.LAST_DAY if now < terms.closes_at else Occasion.CLOSED
    return _AS_FAR.get(status, Occasion.HALF_WAY)

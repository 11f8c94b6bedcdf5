"""What a letter can say of somebody: how far, how long, until when."""

from dataclasses import dataclass
from datetime import datetime

from conversations.forms import FormDefinition
from conversations.letters.deadline import moment_in_words
from conversations.minutes import asked_kinds, estimated_minutes, minutes_left
from conversations.phrases import Phrases
from conversations.protocol import Session, Status, Terms
from conversations.walk import Walk


@dataclass(frozen=True, slots=True)
class Facts:
    """`deadline` is in words, "" without one; `minutes` are for what is still open, at least 1.

    `status` is None for who has not come yet: then everything is still open.
    """

    phrases: Phrases
    terms: Terms
    name: str
    status: Status | None
    deadline: str
    is_over: bool
    minutes: int
    done: int
    total: int


def facts_of(
    form: FormDefinition, terms: Terms, session: Session | None, *, phrases: Phrases, name: str, now: datetime
) -> Facts:
    """The facts of one person at one moment; `now` is in the survey's time zone."""
    closing = terms.closes_at.astimezone(now.tzinfo) if terms.closes_at else None
    minutes, done, total = _how_far(form, terms, session, now)
    return Facts(
        phrases=phrases,
        terms=terms,
        name=" ".join(name.split()),
        status=session.status if session else None,
        deadline=moment_in_words(closing, phrases) if closing else "",
        is_over=closing is not None and closing <= now,
        minutes=minutes,
        done=done,
        total=total,
    )


def _how_far(form: FormDefinition, terms: Terms, session: Session | None, now: datetime) -> tuple[int, int, int]:
    """Minutes left, questions done, questions in all: of the questionnaire as long as no answer has led into it."""
    if session is not None and not session.filled:
        return 1, *session.progress
    walk = Walk(form, terms, session, now) if session is not None else None
    done, total = walk.progress() if walk is not None else (0, 0)
    if walk is None or not done:
        return estimated_minutes(form), 0, len(asked_kinds(form))
    met = [stop.control.kind for stop in walk.route.stops]
    still_open = [stop.control.kind for stop in walk.route.stops if walk.is_open(stop)]
    return minutes_left(form, still_open, met), done, total

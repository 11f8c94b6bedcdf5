"""What a session holds besides answers, in words: what is not confirmed yet, and answers of the survey before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from conversations.drafts import draft_of, value_of
from conversations.forms import ControlKind, FormDefinition
from conversations.protocol import Session, Terms
from conversations.stops import Stop
from conversations.told_back import Told, in_words
from conversations.walk import Walk

_CHOOSING = (ControlKind.SELECT_MULTIPLE, ControlKind.RANK)


def told_unconfirmed(form: FormDefinition, terms: Terms, session: Session, *, now: datetime) -> tuple[Told, ...]:
    """What is ticked, put in order, picked or written so far, at the question that is asked and at the one left."""
    walk = Walk(form, terms, session, now)
    return tuple(_told(walk, stop, draft) for stop, draft in _drafts(walk))


def told_of_before(form: FormDefinition, terms: Terms, session: Session, *, now: datetime) -> tuple[Told, ...]:
    """The answers of the survey before that this questionnaire has looked up."""
    known = session.filled.get("last_saved", ())
    return in_words(Walk(form, terms, session, now), known if isinstance(known, (list, tuple)) else ())


def _drafts(walk: Walk) -> Iterator[tuple[Stop, tuple[str, ...]]]:
    """A draft that says no more than the answer that is stored is told with that."""
    session = walk.session
    for place, *draft in ((session.place, *session.draft), session.left or ("",)):
        stop = walk.route.at(place)
        if stop is not None and draft and draft != [*draft_of(stop.control.kind, walk.filled.value(stop.ref) or "")]:
            yield stop, tuple(draft)


def _told(walk: Walk, stop: Stop, draft: tuple[str, ...]) -> Told:
    """Half a date or half a line cannot be shown as an answer."""
    if stop.control.kind in _CHOOSING:
        return in_words(walk, [(stop.ref, value_of(stop.control.kind, draft))])[0]
    told = in_words(walk, [(stop.ref, "")])[0]
    return replace(told, answer="\n".join(draft), value="\n".join(draft))

"""The conversation as functions: a session and something heard in, the next session and prompt out."""

from dataclasses import replace
from datetime import datetime, timedelta

from conversations import stops
from conversations.codes import place_key, read_code
from conversations.forms import FormDefinition
from conversations.hearing import Outcome, hear
from conversations.hearing.pause import after_pause
from conversations.languages import language_of
from conversations.prompts import history_of, prompt_of, settled_blocks
from conversations.prompts.question import is_masked
from conversations.protocol import (
    Block,
    Edited,
    Entry,
    Heard,
    Manner,
    Misplaced,
    Prompt,
    Session,
    Status,
    Terms,
    Turn,
    Typed,
)
from conversations.session import STRANGER, FormSession, Known
from conversations.stops import asked_in
from conversations.verbatim import is_verbatim
from conversations.walk import Walk


def begin(
    form: FormDefinition,
    terms: Terms,
    *,
    language: str,
    seed: int,
    now: datetime,
    known: Known = STRANGER,
) -> Turn:
    """A new session, at the welcome. `language` is a wish: a tag or the questionnaire's name for it.

    `known`: what it may know of the person.
    """
    spoken = language_of(form, language)
    filled = FormSession.start(
        form, now=now, language=spoken, seed=seed, last_saved=known.last_saved, person=known.person
    )
    session = Session(
        status=Status.NOTIFIED,
        language=spoken,
        seed=seed,
        revision=1,
        place=stops.WELCOME,
        filled=filled.snapshot(),
    )
    walk = Walk(form, terms, session, now)
    walk.count_progress()
    return Turn(walk.session, (), prompt_of(walk), Manner.ASK)


def take_turn(
    form: FormDefinition,
    terms: Terms,
    session: Session,
    heard: Heard,
    *,
    now: datetime,
    away: timedelta = timedelta(),
) -> Turn:
    """What one thing heard brings; raises for nothing that anybody can say or press.

    `away`: since when nothing was heard of this session, as nearly as that is known.
    """
    walk = Walk(form, terms, session, now)
    walk.away = away
    return turn_in(walk, heard)


def turn_in(walk: Walk, heard: Heard) -> Turn:
    """The same for a walk that was just opened, for who looks at it afterwards; it hears nothing more."""
    session = walk.session
    outcome = hear(walk, heard)
    after = walk.closed(session)
    reminded = () if outcome.is_noted and not outcome.notices else after_pause(walk)
    prompt = _with(prompt_of(walk), outcome, reminded)
    manner = _manner(session, after, outcome)
    if reminded and manner is Manner.QUIET:
        manner = Manner.ASK
    settled = settled_blocks(walk, session.place) if manner is Manner.ASK else ()
    return Turn(
        walk.emptied() if after.status is Status.SUBMITTED else after,
        tuple(walk.changes),
        prompt,
        manner,
        outcome.toast,
        settled,
        _secret(walk, session, heard),
        is_verbatim=not outcome.notices and is_verbatim(walk, session, heard),
        noted=heard.message if outcome.is_noted and isinstance(heard, Edited) else "",
        is_foreign=outcome.is_foreign,
        is_return=bool(reminded),
        is_same=outcome.is_noted
        and _looks(prompt) == _looks(prompt_of(Walk(walk.form, walk.terms, session, walk.now))),
    )


def is_of(form: FormDefinition, terms: Terms, session: Session, code: str, *, now: datetime) -> bool:
    """Whether this button was made for a place of this session, or may have been: also one that is not asked now."""
    press, walk = read_code(code), Walk(form, terms, session, now)
    asked = (stop.place for stop in walk.route.stops) if session.filled else ()
    places = {*stops.OUTSIDE, *asked, *asked_in(form)}
    return press is not None and press.place_key in {place_key(session.seed, place) for place in places}


def _looks(prompt: Prompt) -> Prompt:
    return replace(prompt, revision=0)


def _secret(walk: Walk, before: Session, heard: Heard) -> str:
    """The message that holds what is not to be seen, right or wrong as an answer, or sent twice."""
    if not isinstance(heard, Typed | Misplaced) or not before.filled:
        return ""
    place = heard.place if isinstance(heard, Misplaced) else before.place if before.status is Status.ANSWERING else ""
    stop = walk.route.at(place)
    return heard.message if stop is not None and is_masked(stop.control) else ""


def _with(prompt: Prompt, outcome: Outcome, reminded: tuple[Block, ...]) -> Prompt:
    blocks = (*reminded, *outcome.notices, *prompt.blocks)
    return replace(prompt, blocks=blocks, actions=(*outcome.actions, *prompt.actions))


def _manner(before: Session, after: Session, outcome: Outcome) -> Manner:
    if outcome.notices or before.place != after.place or outcome.asks_again:
        return Manner.ASK
    return Manner.REFRESH if before != after else Manner.QUIET


def prompt_for(form: FormDefinition, terms: Terms, session: Session, *, now: datetime) -> Prompt:
    """What the respondent is to be shown now."""
    return prompt_of(Walk(form, terms, session, now))


def settled_for(
    form: FormDefinition, terms: Terms, session: Session, place: str, *, now: datetime
) -> tuple[Block, ...]:
    """What the message of an earlier place says once it is done."""
    return settled_blocks(Walk(form, terms, session, now), place)


def history(form: FormDefinition, terms: Terms, session: Session, *, now: datetime) -> tuple[Entry, ...]:
    """The questions answered so far, for a channel that shows the whole chat."""
    return history_of(Walk(form, terms, session, now)) if session.filled else ()

"""A reminder's buttons in a chat that has gone on to another survey: the code says whose reminder it is."""

from dataclasses import replace
from datetime import datetime

from bot.refusals import closed_to, is_always_heard
from conversations.codes import Verb, place_key, read_code
from conversations.forms import FormDefinition
from conversations.phrases import phrases_for
from conversations.protocol import Block, Heard, Pressed, Status, Style
from conversations.stops import REMINDER
from conversations.turn import take_turn
from storage.sessions import StoredSession
from storage.turns import OpenTurn

_OF_REMINDERS = (Verb.RESUME, Verb.QUIET)


async def reminded_of(opened: OpenTurn, heard: Heard) -> StoredSession | None:
    """The sender's other session under whose reminder this button stands; None for everything else."""
    press = read_code(heard.code) if isinstance(heard, Pressed) else None
    if press is None or press.verb not in _OF_REMINDERS:
        return None
    here = opened.stored
    if here is not None and press.place_key == place_key(here.session.seed, REMINDER):
        return None
    theirs = ((place_key(stored.session.seed, REMINDER), stored) for stored in await opened.sessions_here())
    return next((stored for key, stored in theirs if key == press.place_key), None)


def leads_there(other: StoredSession, heard: Heard, now: datetime) -> bool:
    """Whether the button turns the chat: not where there is nothing to go on with."""
    is_over = other.session.status is Status.SUBMITTED or closed_to(other, now) is not None
    return not is_over and not is_always_heard(heard)


async def said_of(
    opened: OpenTurn, other: StoredSession, form: FormDefinition, heard: Heard, now: datetime
) -> tuple[Block, ...]:
    """Do what is pressed while the chat stays where it is; what to say of it, with the survey's name."""
    local = now.astimezone(other.survey.zone)
    turn = take_turn(form, other.survey.terms, other.session, heard, now=local)
    closed = closed_to(other, now)
    if turn.changes:
        await opened.be_quiet(other)
    told = [block for block in turn.prompt.blocks if block.style is Style.NOTICE]
    told += closed.prompt.blocks if closed is not None else ()
    say, title = phrases_for(turn.prompt.language).say, other.survey.terms.title
    named = [say("“{title}”: {words}", title=title, words=block.text) for block in told]
    return tuple(replace(block, style=Style.NOTICE, text=words) for block, words in zip(told, named, strict=True))

"""Several surveys in one chat: buttons of another one than the chat is at, and the list of all."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.refusals import closed_to, is_always_heard, not_open
from conversations.codes import Verb, place_key, read_code
from conversations.forms import FormDefinition
from conversations.phrases import phrases_for
from conversations.protocol import (
    Beside,
    Block,
    Command,
    Commanded,
    Edited,
    Heard,
    Pressed,
    Status,
    Style,
)
from conversations.stops import REMINDER, SURVEYS
from conversations.turn import is_of, take_turn
from storage.sessions import StoredSession
from storage.turns import OpenTurn

_PLACES = {Verb.RESUME: REMINDER, Verb.QUIET: REMINDER, Verb.SWITCH: SURVEYS}
"""Where the buttons stand that say which survey they mean, wherever the chat is."""

FormOf = Callable[[str], Awaitable[FormDefinition]]
"""A questionnaire by its hash."""


async def meant_by(opened: OpenTurn, heard: Heard) -> StoredSession | None:
    """The sender's other session that a reminder's button or one of the list means; None for everything else."""
    press = read_code(heard.code) if isinstance(heard, Pressed) else None
    place = _PLACES.get(press.verb) if press is not None else None
    if press is None or place is None:
        return None
    here = opened.stored
    if here is not None and press.place_key == place_key(here.session.seed, place):
        return None
    theirs = ((place_key(stored.session.seed, place), stored) for stored in await opened.sessions_here())
    return next((stored for key, stored in theirs if key == press.place_key), None)


async def with_others(opened: OpenTurn, heard: Heard, now: datetime) -> Heard:
    """Who asks for the list of surveys is told of the others in this chat, too."""
    if not isinstance(heard, Commanded) or heard.command is not Command.SURVEYS:
        return heard
    others = (_beside(one, now) for one in await _others(opened))
    return replace(heard, beside=tuple(sorted(others, key=lambda one: (not one.is_open, one.title))))


async def with_owner(opened: OpenTurn, heard: Heard, form_of: FormOf, now: datetime) -> Pressed | Edited | None:
    """A button, or a corrected message, of another survey than the chat is at, with that survey; None: nobody's."""
    if not isinstance(heard, Pressed | Edited):
        return None
    for one in await _others(opened):
        if await _owns(one, heard, form_of, now):
            return replace(heard, owner=_beside(one, now))
    return None


async def _owns(one: StoredSession, heard: Pressed | Edited, form_of: FormOf, now: datetime) -> bool:
    if isinstance(heard, Edited):
        return heard.message in dict(one.session.typed)
    local = now.astimezone(one.survey.zone)
    return is_of(await form_of(one.form_hash), one.survey.terms, one.session, heard.code, now=local)


async def _others(opened: OpenTurn) -> list[StoredSession]:
    here = opened.stored.id if opened.stored is not None else ""
    return [one for one in await opened.sessions_here() if one.id != here]


def _beside(stored: StoredSession, now: datetime) -> Beside:
    return Beside(stored.survey.terms.title, stored.session, not_open(stored.survey, now) is None)


def leads_there(other: StoredSession, heard: Heard, now: datetime) -> bool:
    """Whether the button turns the chat: a reminder's not where there is nothing to go on with."""
    press = read_code(heard.code) if isinstance(heard, Pressed) else None
    if press is not None and press.verb is Verb.SWITCH:
        return True
    is_over = other.session.status is Status.SUBMITTED or closed_to(other, now) is not None
    return not is_over and not is_always_heard(heard, other.session)


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
    named = [
        block.text if title in block.text else say("“{title}”: {words}", title=title, words=block.text)
        for block in told
    ]
    return tuple(replace(block, style=Style.NOTICE, text=words) for block, words in zip(told, named, strict=True))

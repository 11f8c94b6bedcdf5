"""What a chat shows of a session, and what becomes of that with a turn."""

from dataclasses import replace
from datetime import datetime

from bot.files import is_file_taken
from bot.reply import Reply, Settled
from conversations.codes import place_key, read_code
from conversations.forms import FormDefinition
from conversations.protocol import (
    Block,
    ChatCleared,
    Command,
    Commanded,
    Heard,
    Manner,
    Pressed,
    Prompt,
    Session,
    Style,
    Submitted,
    Turn,
)
from conversations.stops import SUMMARY, WITHDRAWAL
from conversations.turn import history, prompt_for, settled_for
from storage.sessions import StoredSession
from storage.turns import OpenTurn

_ASIDE = (SUMMARY, WITHDRAWAL)
"""Places that are looked at between two questions."""

_TELLING = (Command.HELP, Command.STATUS, Command.PRIVACY, Command.LANGUAGE, Command.MYDATA)


def spoken(  # noqa: PLR0913, PLR0917 - all that a turn has come from and led to
    form: FormDefinition,
    opened: OpenTurn,
    stored: StoredSession,
    heard: Heard,
    turn: Turn,
    now: datetime,
    pressed: str,
) -> Reply:
    """The reply to what was heard, with what becomes of the messages before; `pressed` is the one with the button."""
    shown, there = shown_at(opened, stored, stored.session.place), pressed_here(heard, stored.session, pressed)
    manner = Manner.REFRESH if turn.manner is Manner.QUIET and there not in ("", shown) else turn.manner
    here = there or shown
    stays = turn.is_verbatim and not there
    goes = (turn.prompt.place, *turn.session.left[:1], *_ASIDE)  # what is said now or again later, or was to look at
    is_copy = here == shown and stored.session.place in goes
    settled = [Settled(here, turn.settled, is_copy)] if here and not stays else []
    settled += (*settled_elsewhere(form, opened, stored, turn, now, here), *left_behind(opened))
    return Reply(
        turn.prompt,
        manner,
        turn.toast,
        here,
        tuple(settled) if manner is Manner.ASK and not clears_chat(turn) else (),
        stored.id,
        stored.survey.terms,
        form=stored.form_hash,
        erase=turn.erase,
        is_taken=is_file_taken(heard, turn.changes),
        left_out=opened.left_out,
        replaces=(turn.is_verbatim and bool(there)) or _returns(stored.session, shown, pressed),
        noted=turn.noted,
        is_same=turn.is_same,
        celebrates=not turn.session.is_one_answer and any(isinstance(one, Submitted) for one in turn.changes),
        before=stored.session.place,
        clears=clears_chat(turn),
        gives_data=asks_for_data(heard),
        told=told_by(heard, turn.prompt),
    )


def derived(form: FormDefinition, opened: OpenTurn, stored: StoredSession, now: datetime, manner: Manner) -> Reply:
    """The reply that the stored session asks for; nothing was heard."""
    terms, local = stored.survey.terms, now.astimezone(stored.survey.zone)
    turn = Turn(stored.session, (), prompt_for(form, terms, stored.session, now=local), manner)
    return Reply(
        turn.prompt,
        manner,
        message=shown_at(opened, stored, stored.session.place),
        settled=(*settled_elsewhere(form, opened, stored, turn, now, ""), *left_behind(opened)),
        session=stored.id,
        terms=terms,
        history=history(form, terms, stored.session, now=local),
        is_derived=True,
        form=stored.form_hash,
        before=stored.session.place,
    )


def begun(opened: OpenTurn, stored: StoredSession, turn: Turn) -> Reply:
    """The first words to somebody who is invited."""
    return Reply(
        replace(turn.prompt, revision=stored.session.revision),
        turn.manner,
        settled=left_behind(opened),
        session=stored.id,
        terms=stored.survey.terms,
        form=stored.form_hash,
    )


def clears_chat(turn: Turn) -> bool:
    """Whether what stands in the chat is to go."""
    return any(isinstance(change, ChatCleared) for change in turn.changes)


def asks_for_data(heard: Heard) -> bool:
    """Whether the file of all that is stored about the person is wanted."""
    return isinstance(heard, Commanded) and heard.command is Command.MYDATA


def told_by(heard: Heard, prompt: Prompt) -> tuple[Block, ...]:
    """What a command was there to tell."""
    asks = isinstance(heard, Commanded) and heard.command in _TELLING
    return tuple(block for block in prompt.blocks if block.style is Style.NOTICE) if asks else ()


def _returns(before: Session, shown: str, pressed: str) -> bool:
    """Whether a summary half way, or whether to withdraw, has served: the question comes in its place."""
    return before.place in _ASIDE and bool(pressed) and pressed == shown


def pressed_here(heard: Heard, session: Session, message: str) -> str:
    """The message that was pressed, if its button belongs to where the session stands.

    Then that message is what the person has before the eyes, also if we never learnt that it had arrived; it may be
    out of date.
    """
    press = read_code(heard.code) if isinstance(heard, Pressed) else None
    is_here = press is not None and press.place_key == place_key(session.seed, session.place)
    return message if is_here else ""


def as_seen(stored: StoredSession | None, revision: int) -> StoredSession | None:
    """The session of somebody who had this revision before the eyes: what that says need not be told again."""
    if stored is None or revision < stored.session.revision:
        return stored
    return replace(stored, session=replace(stored.session, renewal=None), active_at=None)


def shown_at(opened: OpenTurn, stored: StoredSession, place: str) -> str:
    """The message that was shown of this place; none of a session that the chat has only just turned to."""
    shown = opened.shown
    is_it = shown is not None and (shown.session, shown.place) == (stored.id, place)
    return shown.message if shown is not None and is_it else ""


def left_behind(opened: OpenTurn) -> tuple[Settled, ...]:
    """What stood last in the chat, if that is of the survey that it has just turned away from."""
    behind = opened.behind
    return (Settled(behind.message, (), is_behind=True),) if behind is not None and behind.message else ()


def settled_elsewhere(
    form: FormDefinition, opened: OpenTurn, stored: StoredSession, turn: Turn, now: datetime, here: str
) -> tuple[Settled, ...]:
    """What was shown last, if that is another message than the one settled already."""
    shown, survey = opened.shown, stored.survey
    if shown is None or shown.session != stored.id or shown.message == here:
        return ()
    if shown.place == turn.prompt.place or not turn.session.filled:
        return (Settled(shown.message, (), is_copy=shown.place == turn.prompt.place),)
    local = now.astimezone(survey.zone)
    return (Settled(shown.message, settled_for(form, survey.terms, turn.session, shown.place, now=local)),)

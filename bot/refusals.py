"""When there is nothing to answer: no invitation, a survey that is not open; and what is said then."""

from datetime import datetime

from bot.reply import Reply
from conversations.advice import Advice, advice
from conversations.codes import Verb, place_key, read_code
from conversations.languages import tag_of
from conversations.protocol import Block, Command, Commanded, Heard, Manner, Pressed, Session, Status, Style, Typed
from conversations.stops import WITHDRAWAL
from storage.invitations import Invitation, Standing
from storage.sessions import StoredSession
from storage.surveys import State, Survey

_ALWAYS = (
    *(Command.HELP, Command.STATUS, Command.LANGUAGE, Command.PRIVACY),
    *(Command.STOP, Command.SURVEYS, Command.CLEAN, Command.MYDATA, Command.WITHDRAW),
)


def advise(key: Advice, language: str, manner: Manner = Manner.ASK) -> Reply:
    """One sentence in the language of a tag."""
    return Reply(advice(key, language), manner)


def not_stored(language: str) -> Reply:
    """That something failed here, in the language of a tag."""
    return advise(Advice.NOT_STORED, language)


def said_above(key: Advice, language: str) -> tuple[Block, ...]:
    """The same as words above what is asked."""
    return tuple(Block(Style.NOTICE, block.text) for block in advice(key, language).blocks)


def is_always_heard(heard: Heard, session: Session) -> bool:
    """Whether it is answered in a survey that is not open, too: some commands, «no more reminders», withdrawing."""
    if isinstance(heard, Commanded):
        return heard.command in _ALWAYS
    if isinstance(heard, Typed):
        return session.place == WITHDRAWAL
    press = read_code(heard.code) if isinstance(heard, Pressed) else None
    return press is not None and (
        press.verb in (Verb.QUIET, Verb.WITHDRAW) or press.place_key == place_key(session.seed, WITHDRAWAL)
    )


def closed_to(stored: StoredSession, now: datetime) -> Reply | None:
    """That the survey is not open, to somebody who has not finished."""
    closed = not_open(stored.survey, now)
    if closed is None or stored.session.status is Status.SUBMITTED:
        return None
    return advise(closed, tag_of(stored.session.language))


def not_open(survey: Survey, now: datetime) -> Advice | None:
    """Why nothing can be answered now, or None."""
    return {State.PLANNED: Advice.NOT_OPEN_YET, State.CLOSED: Advice.SURVEY_CLOSED}.get(survey.state(now))


def obstacle_to(invitation: Invitation, now: datetime) -> Advice | None:
    """Why nothing can be begun with an invitation, or None. That nobody can is said before that only others can."""
    closed = not_open(invitation.survey, now)
    is_foreign = invitation.standing is Standing.FOREIGN
    return closed or (Advice.FOREIGN_TOKEN if is_foreign else None)

"""Who is due in a wave, and why the others are not: one expression, with which a wave is previewed, run and sent.

So the dry run of a command, the wave itself and the last look before a message leaves cannot differ.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Case, ColumnElement, Join, and_, bindparam, case, exists, literal, or_, select, true

from conversations.protocol import Status, WaveKind
from storage.columns import Moment
from storage.tables import chats, outbox, participants, sessions, waves

LEFT_ALONE = timedelta(hours=4)
"""After somebody's last answer, rounded up to whole hours: whoever is at it need not be reminded."""

UNTIL_REOPENED = timedelta(days=1)
"""Until a message of a survey that is over is looked at again, unless it is opened before: then at once."""

ONE_A_DAY = timedelta(hours=20)
"""Between two messages of the system to the same person, so that one at the same hour of the next day is possible.

What lies further than that in the future is of a clock that has been put right since, and is not believed.
"""

TOLD_LATELY = timedelta(days=4)
"""After somebody was told that the survey is about to close, over a week-end at most: once is enough."""


class Reason(StrEnum):
    """Why somebody is not written to; the first that holds."""

    DUE = "due"
    NOT_ELIGIBLE = "not eligible"
    COMPLETED = "completed"
    DECLINED = "declined"
    STOPPED = "stopped"
    QUIET = "wants no reminders"
    UNDELIVERABLE = "undeliverable"
    BLOCKED = "blocked the bot"
    NO_ADDRESS = "no e-mail address"
    OPENED = "has opened the link"
    INVITED = "invited already"
    NOT_INVITED = "not invited yet"
    NOT_HALF_WAY = "not half-way"
    ACTIVE_LATELY = "active in the last hours"
    WRITTEN_LATELY = "written to within a day"
    TOLD_LATELY = "told lately that it closes"
    SURVEY_OVER = "the survey is not open"


class Posting(StrEnum):
    """Where a message of the outbox stands."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    CANCELLED = "cancelled"
    DEAD = "dead"
    DOUBT = "doubt"


PENDING = (Posting.QUEUED, Posting.CLAIMED, Posting.SENDING)
CORRECTED = "the address was corrected since"
"""Of a message that was sent to an address which the register has no more: what comes back from it says nothing."""

NEVER_LEFT = (Posting.CANCELLED, Posting.DEAD)

PEOPLE: Join = participants.outerjoin(sessions, sessions.c.participant_id == participants.c.id).outerjoin(
    chats, chats.c.id == sessions.c.chat_id
)
"""Everybody in the register, with the session and the chat it is bound to as far as there are any."""

_IS_TELEGRAM = and_(chats.c.channel.is_not(None), chats.c.channel == "telegram")
CHANNEL: Case[str] = case((_IS_TELEGRAM, "telegram"), else_="email")
"""How one is written to: in the chat that was opened there, by e-mail otherwise."""

_HALF_WAY = (Status.ANSWERING, Status.REVIEWING)
_OTHERS = outbox.alias("others")
_THEIR_WAVES = waves.alias("their_waves")
_NEVER_YET = bindparam("never_yet", type_=Moment)
_ACTIVE_LATELY = and_(
    sessions.c.active_at >= bindparam("active_since", type_=Moment), sessions.c.active_at < _NEVER_YET
)


def reason_of(
    kind: ColumnElement[str],
    occasion: ColumnElement[str],
    channel: ColumnElement[str],
    due_at: ColumnElement[datetime] | None = None,
) -> Case[str]:
    """A `Reason` for each row of PEOPLE; `kind` is a WaveKind, or "" for a link that somebody asked for.

    What is lately is said when it is executed, by `lately`, so that the statement can be made once. `due_at` is that
    of a message which is written already: of two that wait, the one that is due first leaves.
    """
    is_invitation = kind == WaveKind.INVITATION
    is_reminder = kind == WaveKind.REMINDER
    is_ending = kind.in_((WaveKind.LAST_DAY, WaveKind.CLOSED))
    is_reminding = kind.in_((WaveKind.REMINDER, WaveKind.LAST_DAY))
    is_wave = kind != ""
    status = sessions.c.status
    by_mail = channel == "email"
    return case(
        (participants.c.excluded != "", Reason.NOT_ELIGIBLE),
        (and_(is_wave, status == Status.SUBMITTED), Reason.COMPLETED),
        (and_(is_wave, status == Status.DECLINED), Reason.DECLINED),
        (and_(is_wave, status == Status.STOPPED), Reason.STOPPED),
        (and_(is_wave, participants.c.is_quiet), Reason.QUIET),
        (and_(by_mail, participants.c.email == ""), Reason.NO_ADDRESS),
        (and_(by_mail, participants.c.undeliverable != ""), Reason.UNDELIVERABLE),
        (and_(~by_mail, chats.c.is_blocked), Reason.BLOCKED),
        (and_(is_invitation, status.is_not(None)), Reason.OPENED),
        (and_(is_invitation, _invited(occasion)), Reason.INVITED),
        (and_(is_reminder, status.is_(None), _others_are_invited(), ~_invited(occasion)), Reason.NOT_INVITED),
        (and_(is_ending, or_(status.is_(None), status.not_in(_HALF_WAY))), Reason.NOT_HALF_WAY),
        (and_(is_reminding, _ACTIVE_LATELY), Reason.ACTIVE_LATELY),
        (and_(is_reminding, _written_lately(occasion, due_at)), Reason.WRITTEN_LATELY),
        (and_(is_reminder, _told_lately()), Reason.TOLD_LATELY),
        (
            and_(kind == WaveKind.CLOSED, _written_lately(occasion, due_at, WaveKind.CLOSED)),
            Reason.TOLD_LATELY,
        ),
        else_=Reason.DUE,
    )


def _invited(occasion: ColumnElement[str]) -> ColumnElement[bool]:
    return exists(
        select(literal(1))
        .select_from(_OTHERS.join(_THEIR_WAVES, _THEIR_WAVES.c.id == _OTHERS.c.wave_id))
        .where(
            _OTHERS.c.participant_id == participants.c.id,
            _OTHERS.c.occasion != occasion,
            _THEIR_WAVES.c.kind == WaveKind.INVITATION,
            _OTHERS.c.state.not_in(NEVER_LEFT),
        )
    )


def _others_are_invited() -> ColumnElement[bool]:
    """By the system: where it never was, everybody was invited in another way, on paper perhaps."""
    return exists(
        select(literal(1)).where(
            _THEIR_WAVES.c.survey_id == participants.c.survey_id,
            _THEIR_WAVES.c.kind == WaveKind.INVITATION,
            _THEIR_WAVES.c.ran_at.is_not(None),
        )
    )


def _written_lately(
    occasion: ColumnElement[str], due_at: ColumnElement[datetime] | None, *kinds: WaveKind
) -> ColumnElement[bool]:
    """Or about to be: a message that waits for its turn counts as well. Of these kinds only, if any are named.

    A link that somebody asked for is no reminder: it holds back none.
    """
    only = (_THEIR_WAVES.c.kind.in_(kinds),) if kinds else ()
    return exists(
        select(literal(1))
        .select_from(_OTHERS.join(_THEIR_WAVES, _THEIR_WAVES.c.id == _OTHERS.c.wave_id))
        .where(
            _OTHERS.c.participant_id == participants.c.id,
            _OTHERS.c.occasion != occasion,
            *only,
            or_(
                and_(_OTHERS.c.state.in_(PENDING), _leaves_before(occasion, due_at)),
                and_(
                    _OTHERS.c.sent_at > bindparam("written_since", type_=Moment),
                    _OTHERS.c.sent_at < _NEVER_YET,
                    _OTHERS.c.state.not_in(NEVER_LEFT),
                ),
            ),
        )
    )


def _leaves_before(occasion: ColumnElement[str], due_at: ColumnElement[datetime] | None) -> ColumnElement[bool]:
    if due_at is None:
        return true()
    return or_(_OTHERS.c.due_at < due_at, and_(_OTHERS.c.due_at == due_at, _OTHERS.c.occasion < occasion))


def _told_lately() -> ColumnElement[bool]:
    return exists(
        select(literal(1))
        .select_from(_OTHERS.join(_THEIR_WAVES, _THEIR_WAVES.c.id == _OTHERS.c.wave_id))
        .where(
            _OTHERS.c.participant_id == participants.c.id,
            _THEIR_WAVES.c.kind == WaveKind.LAST_DAY,
            _OTHERS.c.sent_at > bindparam("told_since", type_=Moment),
            _OTHERS.c.sent_at < _NEVER_YET,
            _OTHERS.c.state.not_in(NEVER_LEFT),
        )
    )


def is_put_off(kind: str, reason: Reason) -> bool:
    """Whether a message that is not due now will be: who is at it is told of the closing all the same, later.

    A survey that is over may be opened again, or was over only by a clock that has been put right since; only that it
    closes soon, or has closed, need not be said then.
    """
    if reason is Reason.SURVEY_OVER:
        return kind not in (WaveKind.LAST_DAY, WaveKind.CLOSED)
    return kind == WaveKind.LAST_DAY and reason in (Reason.ACTIVE_LATELY, Reason.WRITTEN_LATELY)


def lately(now: datetime) -> dict[str, object]:
    """The parameters of `reason_of`; the hour in which somebody was active is all that is known."""
    active = (now - LEFT_ALONE).replace(minute=0, second=0, microsecond=0)
    written, told, never = now - ONE_A_DAY, now - TOLD_LATELY, now + ONE_A_DAY
    return {"active_since": active, "written_since": written, "told_since": told, "never_yet": never}

"""The two buttons of a reminder: they work however old it is, in every status, and answer no question."""

from conversations.codes import Press, Verb
from conversations.hearing.outcome import Outcome, notice
from conversations.hearing.summary import leave_summary
from conversations.hearing.withdrawing import leave_withdrawal
from conversations.protocol import RemindersOff, Status
from conversations.walk import Walk


def hear_reminder(walk: Walk, press: Press) -> Outcome:
    """Remind no more, or ask again what is asked now; a refusal and a stop stay as they are."""
    if press.verb is Verb.QUIET:
        walk.changes.append(RemindersOff())
    elif walk.session.status is not Status.SUBMITTED:
        leave_withdrawal(walk)
        leave_summary(walk)
        return Outcome(asks_again=True)
    return notice(_what_holds_now(walk))


def _what_holds_now(walk: Walk) -> str:
    if walk.session.status is Status.SUBMITTED:
        return no_more_messages(walk)
    say = walk.phrases.say
    told = [say("You will receive no more reminders about the survey “{title}”.", title=walk.terms.title)]
    if walk.session.status not in (Status.DECLINED, Status.STOPPED):
        told.append(say("You can still answer for as long as the survey is open."))
    return " ".join(told)


def no_more_messages(walk: Walk) -> str:
    """To who has nothing left to do."""
    return walk.phrases.say(
        "You have already finished the survey “{title}”: you will receive no more messages about it.",
        title=walk.terms.title,
    )

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
    say = walk.phrases.say
    if walk.session.status is Status.SUBMITTED:
        return say("You have already finished: you will receive no more messages.")
    if walk.session.status in (Status.DECLINED, Status.STOPPED):
        return say("You will receive no more reminders.")
    return say("You will receive no more reminders. You can still answer for as long as the survey is open.")

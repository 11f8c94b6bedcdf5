"""The two buttons of a reminder: they work however old it is, in every status, and answer no question."""

from conversations.codes import Press, Verb
from conversations.hearing.outcome import Outcome, notice
from conversations.protocol import RemindersOff, Status
from conversations.walk import Walk


def hear_reminder(walk: Walk, press: Press) -> Outcome:
    """Ask again what is asked now, or remind no more; a refusal and a stop stay as they are."""
    if press.verb is Verb.QUIET:
        return _remind_no_more(walk)
    if walk.session.status is Status.SUBMITTED:
        return notice(_finished(walk))
    return Outcome(asks_again=True)


def _remind_no_more(walk: Walk) -> Outcome:
    walk.changes.append(RemindersOff())
    if walk.session.status is Status.SUBMITTED:
        return notice(_finished(walk))
    return notice(walk.phrases.say("You will receive no more reminders."))


def _finished(walk: Walk) -> str:
    return walk.phrases.say("You have finished already: you will receive no more messages.")

"""The summary when somebody asks for it: half way to look at, with a way back; once nothing is open, to submit."""

from conversations import stops
from conversations.hearing.detour import keep_place
from conversations.hearing.outcome import WALKING, Outcome, notice, over
from conversations.hearing.withdrawing import leave_withdrawal
from conversations.machine import allows
from conversations.prompts.review import listed
from conversations.protocol import Status
from conversations.walk import Walk


def hear_summary(walk: Walk) -> Outcome:
    """Show what has been answered; the question that stands, and what is written there, are kept."""
    if walk.session.status not in WALKING:
        leave_withdrawal(walk)
        return over(walk) if allows(walk.session.status, "withdraw") else _nothing_to_show(walk)
    if not listed(walk):
        return _nothing_to_show(walk)
    if walk.first_open(stops.REVIEW) is None:
        walk.review()
        return Outcome(asks_again=True)
    keep_place(walk)
    walk.go(stops.SUMMARY)
    return Outcome(asks_again=True)


def _nothing_to_show(walk: Walk) -> Outcome:
    if walk.session.status is Status.DECLINED:
        return notice(walk.phrases.say("There are no answers of yours in this survey."))
    return notice(walk.phrases.say("You have not answered any question yet."))


def leave_summary(walk: Walk) -> bool:
    """Whether the session stood at a summary half way, and is where it was before."""
    if walk.session.status is not Status.ANSWERING or walk.session.place != stops.SUMMARY:
        return False
    walk.go_on()
    return True

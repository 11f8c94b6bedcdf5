"""The summary when somebody asks for it: half way to look at, with a way back; once nothing is open, to submit."""

from conversations import stops
from conversations.hearing.outcome import WALKING, Outcome, notice, over
from conversations.prompts.review import listed
from conversations.protocol import Status
from conversations.walk import Walk


def hear_summary(walk: Walk) -> Outcome:
    """Show what has been answered; the question that stands, and what is written there, are kept."""
    if walk.session.status not in WALKING:
        return over(walk)
    if not listed(walk):
        return notice(walk.phrases.say("You have not answered any question yet."))
    if walk.first_open(stops.REVIEW) is None:
        walk.review()
        return Outcome(asks_again=True)
    if walk.stop is not None and walk.left is None:
        walk.set(left=(walk.session.place, *walk.session.draft))
    walk.go(stops.SUMMARY)
    return Outcome(asks_again=True)


def leave_summary(walk: Walk) -> bool:
    """Whether the session stood at a summary half way, and is where it was before."""
    if walk.session.status is not Status.ANSWERING or walk.session.place != stops.SUMMARY:
        return False
    walk.go_on()
    return True

"""What was said goes out of sight, on request; what was answered stays."""

from conversations.hearing.outcome import Outcome, notice
from conversations.machine import allows
from conversations.protocol import ChatCleared
from conversations.walk import Walk


def clear_chat(walk: Walk) -> Outcome:
    """Ask nothing first: no answer is lost, and all of them can be seen at the end."""
    if walk.session.filled:
        done = (stop.place for stop in walk.route.questions if not walk.is_open(stop))
        walk.set(cleared=tuple(dict.fromkeys((*walk.session.cleared, *done))))
    walk.changes.append(ChatCleared())
    say = walk.phrases.say
    has_answers = allows(walk.session.status, "withdraw")
    told = (
        say("This chat has been cleared; your answers stay saved.")
        if has_answers
        else say("This chat has been cleared.")
    )
    by_hand = say("In Telegram, messages that are older than two days can only be deleted by you.")
    return notice(f"{told} {by_hand}")

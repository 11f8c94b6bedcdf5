"""What was said goes out of sight, on request; what was answered stays."""

from conversations.hearing.outcome import Outcome, notice
from conversations.protocol import ChatCleared
from conversations.walk import Walk


def clear_chat(walk: Walk) -> Outcome:
    """Ask nothing first: no answer is lost, and all of them can be seen at the end."""
    if walk.session.filled:
        done = (stop.place for stop in walk.route.questions if not walk.is_open(stop))
        walk.set(cleared=tuple(dict.fromkeys((*walk.session.cleared, *done))))
    walk.changes.append(ChatCleared())
    return notice(
        walk.phrases.say(
            "This chat has been cleared; your answers stay saved. In Telegram, messages that are older than two days "
            "can only be deleted by you."
        )
    )

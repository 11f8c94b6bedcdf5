"""Among more choices than fit a page: a part of a label that was typed leaves those that have it."""

from conversations.answers.choosing import in_full, in_part, shortened
from conversations.hearing.outcome import Outcome, notice
from conversations.prompts.offers import is_paged, offered
from conversations.stops import Stop
from conversations.walk import Walk


def narrow(walk: Walk, stop: Stop, text: str) -> Outcome | None:
    """Show the choices that the text may mean; None where it means one, or none, and is read as an answer."""
    if not is_paged(walk, stop):
        return None
    choices = offered(walk, stop)
    found = in_part(choices, text) if not in_full(choices, text) else ()
    if len(found) <= 1:
        return None
    walk.set(part=text, page=0)
    return notice(
        walk.phrases.count("{n} choice fits “{text}”.", "{n} choices fit “{text}”.", len(found), text=shortened(text))
    )

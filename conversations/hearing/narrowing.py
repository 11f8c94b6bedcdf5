"""What is typed at a list and names none of its choices: those that it may mean are left to be pressed."""

from conversations.answers.choosing import fitting, in_full, in_part, shortened
from conversations.hearing.outcome import Outcome, notice
from conversations.prompts.offers import CHOOSING, SHORTEST_SEARCH, offered
from conversations.session import ChoiceItem
from conversations.stops import Stop
from conversations.walk import Walk


def narrow(walk: Walk, stop: Stop, text: str) -> Outcome | None:
    """Show the choices that the text may mean; None where there are none, and then none are left out any more."""
    if stop.control.kind not in CHOOSING:
        return None
    choices = offered(walk, stop)
    found = fitting(choices, text, SHORTEST_SEARCH)
    if not found:
        if walk.session.part:
            walk.set(part="", page=0)
        return None
    walk.set(part=text, page=0)
    return notice(_words(walk, choices, found, text))


def _words(walk: Walk, choices: tuple[ChoiceItem, ...], found: tuple[ChoiceItem, ...], text: str) -> str:
    phrases = walk.phrases
    if in_full(choices, text) or in_part(choices, text, SHORTEST_SEARCH):
        return phrases.count("{n} choice fits “{text}”.", "{n} choices fit “{text}”.", len(found), text=shortened(text))
    if len(found) == 1:
        return phrases.say("Did you mean “{choice}”?", choice=found[0].label)
    return phrases.say("“{text}” is not among the choices. Did you mean one of these?", text=shortened(text))

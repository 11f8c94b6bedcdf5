"""Choices that are typed while others are ticked or ranked already: they come to those, and take nothing away.

Who names a part of what is ticked changes nothing; who names all of it, or some of it and more, says the whole answer.
So does who only came back to an answer that is stored.
"""

from conversations.answers import Slip
from conversations.answers.several import find_choices
from conversations.drafts import draft_of
from conversations.forms import ControlKind
from conversations.hearing.outcome import Outcome, notice
from conversations.hearing.tapping import tick
from conversations.prompts.offers import asked_at, narrowed, offered
from conversations.session import ChoiceItem
from conversations.stops import Stop
from conversations.walk import Walk

Items = tuple[ChoiceItem, ...]


def add_typed(walk: Walk, stop: Stop, text: str) -> Outcome | None:
    """Go on with what is being put together; None where the text is an answer by itself, or no choice."""
    if stop.control.kind not in (ControlKind.SELECT_MULTIPLE, ControlKind.RANK):
        return None
    named, draft = _named(walk, stop, text), set(walk.session.draft)
    if not named:
        return None
    if stop.control.kind is ControlKind.RANK:
        return None if any(item.name in draft for item in named) else _ranked(walk, stop, named)
    if not draft or draft == set(draft_of(stop.control.kind, walk.filled.value(stop.ref) or "")):
        return None
    return _said_again(walk, stop, named) if any(item.name in draft for item in named) else _ticked(walk, stop, named)


def _said_again(walk: Walk, stop: Stop, named: Items) -> Outcome | None:
    """What is only ticked once more changes nothing, if what is ticked could stand as it is."""
    draft = walk.session.draft
    is_part = {item.name for item in named} < set(draft)
    return Outcome(asks_again=True) if is_part and walk.filled.takes(stop.ref, " ".join(draft)) else None


def _named(walk: Walk, stop: Stop, text: str) -> Items:
    """The choices that the text names, each once; among those that are shown, where they are only a part."""
    shown = find_choices(asked_at(walk, stop, narrowed(walk, stop)), text)
    found = find_choices(asked_at(walk, stop), text) if isinstance(shown, Slip) else shown
    return () if isinstance(found, Slip) else tuple(dict.fromkeys(found))


def _ranked(walk: Walk, stop: Stop, named: Items) -> Outcome | None:
    if len(named) == len(offered(walk, stop)):
        return None
    walk.set(draft=(*walk.session.draft, *(item.name for item in named)), part="")
    return Outcome(asks_again=True)


def _ticked(walk: Walk, stop: Stop, named: Items) -> Outcome:
    toasts = [tick(walk, stop, item).toast for item in named]
    walk.set(part="")
    told = next((words for words in reversed(toasts) if words), "")
    return notice(told) if told else Outcome(asks_again=True)

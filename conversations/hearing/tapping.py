"""Ticking one of several choices: who stands alone makes the others go, and one too many is not ticked.

What stands alone and how many are too many is not written anywhere but in the author's constraint, so it is tried out.
"""

from collections.abc import Iterator
from itertools import combinations

from conversations.hearing.answering import refusal_words
from conversations.hearing.outcome import NOTHING, Outcome
from conversations.prompts.offers import offered
from conversations.session import ChoiceItem, Refused
from conversations.stops import Stop
from conversations.walk import Walk

MOST_TRIED = 60
"""Choices of a question whose constraint is tried while tapping; of more it is looked at when all are chosen."""

MOST_PAIRS = 300
"""Pairs that are tried before a tick is refused, so that a tap takes no longer than a few milliseconds."""

Names = tuple[str, ...]


def tick(walk: Walk, stop: Stop, item: ChoiceItem) -> Outcome:
    """One more choice, without those that cannot stand beside it."""
    draft = walk.session.draft
    if len(offered(walk, stop)) > MOST_TRIED:
        walk.set(draft=(*draft, item.name))
        return NOTHING
    beside = _beside(walk, stop, item, draft)
    chosen = (*beside, item.name)
    if _takes(walk, stop, beside) and _leads_nowhere(walk, stop, chosen):
        return Outcome(toast=_why_not(walk, stop))
    walk.set(draft=chosen)
    return Outcome(toast=_gone(walk, item, beside)) if beside != draft else NOTHING


def _beside(walk: Walk, stop: Stop, item: ChoiceItem, draft: Names) -> Names:
    if _stands_alone(walk, stop, item.name):
        return ()
    return tuple(name for name in draft if not _stands_alone(walk, stop, name))


def _stands_alone(walk: Walk, stop: Stop, name: str) -> bool:
    """Whether it is an answer by itself and with no other choice."""
    others = (item.name for item in offered(walk, stop) if item.name != name)
    return _takes(walk, stop, (name,)) and not any(_takes(walk, stop, (name, other)) for other in others)


def _leads_nowhere(walk: Walk, stop: Stop, chosen: Names) -> bool:
    """Whether it is no answer, nor with one or two more choices: an author may want some of them together."""
    return not any(_takes(walk, stop, (*chosen, *more)) for more in _further(walk, stop, chosen))


def _further(walk: Walk, stop: Stop, chosen: Names) -> Iterator[Names]:
    left = [item.name for item in offered(walk, stop) if item.name not in chosen]
    yield ()
    yield from combinations(left, 1)
    if len(left) * (len(left) - 1) // 2 <= MOST_PAIRS:
        yield from combinations(left, 2)


def _takes(walk: Walk, stop: Stop, names: Names) -> bool:
    return bool(names) and walk.filled.takes(stop.ref, " ".join(names))


def _why_not(walk: Walk, stop: Stop) -> str:
    return refusal_words(walk, Refused("constraint", walk.filled.constraint_message(stop.ref)))


def _gone(walk: Walk, item: ChoiceItem, beside: Names) -> str:
    say = walk.phrases.say
    if not beside:
        return say("Only “{choice}” is chosen now.", choice=item.label)
    return say("“{choice}” is chosen; choices that cannot go with it have been taken out.", choice=item.label)

"""Stored answers in words, for the person who gave them: the question, the answer as it was read, the stored value.

What is withheld is named and not told. Where a label or a choice quotes it, something else stands there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from conversations.answers import show_answer
from conversations.forms import FormDefinition
from conversations.prompts.offers import asked_at
from conversations.protocol import Session, Terms
from conversations.session import FormSession
from conversations.session.engine import UnknownNode
from conversations.walk import Walk
from conversations.withheld import is_withheld, veiled, withheld_in

Given = Sequence[tuple[str, str]]
"""Refs and values."""


@dataclass(frozen=True, slots=True)
class Told:
    """`ref` is /data/group/question; `question` is "" for what is not asked but worked out."""

    ref: str
    question: str
    answer: str
    value: str


def told_draft(
    form: FormDefinition, terms: Terms, session: Session, history: Given, *, now: datetime
) -> tuple[Told, ...]:
    """Every answer in the order in which it was given or changed, then what was worked out from them."""
    walk = Walk(form, terms, session, now)
    known = {ref for ref, _ in history}
    derived = [pair for pair in walk.filled.submission_values() if pair[1] and pair[0] not in known]
    return in_words(walk, (*history, *derived))


def told_response(
    form: FormDefinition, terms: Terms, session: Session, handed_in: Given, *, now: datetime
) -> tuple[Told, ...]:
    """What was handed in, in the order of the questionnaire; `session` is what was left of the walk."""
    filled = FormSession.start(form, now=now, language=session.language, seed=session.seed)
    for ref, value in handed_in:
        _give(filled, ref, value)
    return in_words(Walk(form, terms, replace(session, filled=filled.snapshot()), now), handed_in)


def _give(filled: FormSession, ref: str, value: str) -> None:
    """So that labels which quote it and choices which hang on it are as they were; rows are made on the way."""
    for end, sign in enumerate(ref):
        if sign != "]":
            continue
        repeat, _, position = ref[:end].rpartition("[")
        while (before := filled.repeat_count(repeat)) < int(position):
            filled.add_repeat(repeat)
            if filled.repeat_count(repeat) == before:
                return
    if value and filled.value(ref) is not None:
        filled.answer(ref, value)


def in_words(walk: Walk, given: Iterable[Sequence[str]]) -> tuple[Told, ...]:
    """A secret would stand in the chat, or in a folder, for others to read."""
    withheld, say = withheld_in(walk.form), walk.phrases.say
    shown = replace(walk.session, filled=veiled(walk.filled.snapshot(), withheld, say("(not shown)")))
    seen = Walk(walk.form, walk.terms, shown, walk.now)
    hidden = say("stored, but not shown here")
    return tuple(
        Told(ref, _question(seen, ref), hidden, "")
        if value and is_withheld(walk.form, withheld, ref)
        else Told(ref, _question(seen, ref), _answer(seen, ref, value), value)
        for ref, value in given
    )


def _question(walk: Walk, ref: str) -> str:
    try:
        return walk.filled.label(ref)
    except UnknownNode:
        return ""


def _answer(walk: Walk, ref: str, value: str) -> str:
    stop = walk.route.at(ref)
    is_shown = stop is not None and stop.is_question and value
    return show_answer(asked_at(walk, stop), value) if stop is not None and is_shown else value

"""Storing an answer and going on, or saying why it cannot be stored."""

from conversations import stops
from conversations.answers import Slip, read_answer
from conversations.answers.date import years_beside
from conversations.drafts import draft_of
from conversations.forms import ControlKind
from conversations.hearing.narrowing import narrow
from conversations.hearing.outcome import NOTHING, Outcome, notice
from conversations.hearing.submitting import submit
from conversations.picked import DAY, MONTH, YEAR
from conversations.prompts.offers import asked_at, narrowed
from conversations.prompts.review import page_of
from conversations.protocol import Status
from conversations.session import Refused
from conversations.stops import Stop
from conversations.walk import Walk

NOTHING_TO_REVIEW = 1
"""A walk that has met so few questions (somebody declines in the first one) is submitted at once."""


def say_answer(walk: Walk, stop: Stop, text: str) -> Outcome:
    """An answer in the respondent's words."""
    value = _as_numbered(walk, stop, text) or read_answer(asked_at(walk, stop), text)
    if isinstance(value, Slip):
        value = _on_the_day_picked(walk, stop, text) or value
    if isinstance(value, Slip):
        return narrow(walk, stop, text) or notice(value.words)
    return give_answer(walk, stop, _in_a_year_accepted(walk, stop, text, value))


def _in_a_year_accepted(walk: Walk, stop: Stop, text: str, value: str) -> str:
    """A day without a year is the nearest that the question takes."""
    if stop.control.kind is not ControlKind.DATE or walk.filled.takes(stop.ref, value):
        return value
    beside = years_beside(asked_at(walk, stop), text)
    return next((day for day in beside if walk.filled.takes(stop.ref, day)), value)


def _on_the_day_picked(walk: Walk, stop: Stop, text: str) -> str:
    """A time alone, after the day was picked; "" where it is none."""
    digits = "".join(walk.session.draft[:1])
    if stop.control.kind is not ControlKind.DATETIME or len(digits) < DAY:
        return ""
    value = read_answer(asked_at(walk, stop), f"{digits[:YEAR]}-{digits[YEAR:MONTH]}-{digits[MONTH:DAY]} {text}")
    return "" if isinstance(value, Slip) else value


def _as_numbered(walk: Walk, stop: Stop, text: str) -> str:
    """Among choices narrowed by a part, numbers are those that are shown; "" where the text is no answer there."""
    if not walk.session.part:
        return ""
    value = read_answer(asked_at(walk, stop, narrowed(walk, stop)), text)
    return "" if isinstance(value, Slip) else value


def give_answer(walk: Walk, stop: Stop, value: str) -> Outcome:
    """An answer as it is stored; then on to the next open question."""
    refused = walk.keep(stop, value)
    if refused is None:
        return go_on(walk)
    walk.set(draft=draft_of(stop.control.kind, value))  # to be corrected rather than chosen anew
    return notice(refusal_words(walk, refused))


def go_on(walk: Walk) -> Outcome:
    """To the next open question, the review, or straight to the end where there is nothing to review."""
    here = walk.session.place
    walk.go_on()
    if walk.session.place == stops.REVIEW:
        walk.set(page=page_of(walk, here))
    met = {*walk.session.seen, *walk.session.passed}
    if walk.session.status is Status.REVIEWING and len(met) <= NOTHING_TO_REVIEW:
        return submit(walk)
    return NOTHING


def refusal_words(walk: Walk, refused: Refused) -> str:
    """The author's message, or ours where the author wrote none."""
    say = walk.phrases.say
    if refused.message:
        return refused.message
    ours = {
        "required": say("This question needs an answer."),
        "choice": say("This is not one of the choices any more. Please choose one of those shown."),
        "type": say("I could not read this answer. Please try once more."),
    }
    return ours.get(refused.reason, say("This answer is not possible here. Please check it and try once more."))

"""The end of a walk: a last look at every answer, then the response and its receipt."""

import base64
import hashlib

from conversations import stops
from conversations.hearing.hindrances import Hindrance, hindrance_of
from conversations.hearing.outcome import NOTHING, Outcome, notice
from conversations.protocol import Mode, Status, Submitted
from conversations.walk import Walk

RECEIPT_LENGTH = 8


def submit(walk: Walk) -> Outcome:
    """The response goes out, unless an answer is missing or no longer right: then that question is asked."""
    hindrance = hindrance_of(walk)
    if hindrance is not None:
        return _ask_for(walk, hindrance)
    receipt = _receipt(walk.session.seed)
    answers = walk.filled.submission_values(to_the_day=walk.terms.mode is not Mode.IDENTIFIED)
    walk.changes.append(Submitted(tuple(answers), receipt))
    walk.set(receipt=receipt)
    walk.move("submit")
    walk.go(stops.RECEIPT)
    return NOTHING


def _ask_for(walk: Walk, hindrance: Hindrance) -> Outcome:
    if walk.session.status is Status.REVIEWING:
        walk.answer_again()
    walk.go(hindrance.stop.place)
    return notice(_words(walk, hindrance))


def _words(walk: Walk, hindrance: Hindrance) -> str:
    if hindrance.reason == "constraint":
        message = walk.filled.constraint_message(hindrance.ref)
    else:
        message = walk.filled.required_message(hindrance.ref) if hindrance.stop.is_question else ""
    return message or walk.phrases.say("Before the answers can be submitted, this question needs another look.")


def _receipt(seed: int) -> str:
    digest = base64.b32encode(hashlib.sha256(f"receipt:{seed}".encode()).digest()).decode()
    return f"{digest[:4]}-{digest[4:RECEIPT_LENGTH]}"

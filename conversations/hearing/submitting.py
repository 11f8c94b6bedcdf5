"""The end of a walk: a last look at every answer, then the response and its receipt."""

import base64
import hashlib

from conversations import stops
from conversations.hearing.outcome import NOTHING, Outcome, notice
from conversations.protocol import Mode, Status, Submitted
from conversations.walk import Walk

RECEIPT_LENGTH = 8


def submit(walk: Walk) -> Outcome:
    """The response goes out, unless an answer is missing or no longer right: then that question is asked."""
    problems = walk.filled.validate()
    if problems or walk.next_open() is not None:
        return _ask_for(walk, problems)
    receipt = _receipt(walk.session.seed)
    answers = walk.filled.submission_values(to_the_day=walk.terms.mode is not Mode.IDENTIFIED)
    walk.changes.append(Submitted(tuple(answers), receipt))
    walk.set(receipt=receipt)
    walk.move("submit")
    walk.go(stops.RECEIPT)
    return NOTHING


def _ask_for(walk: Walk, problems: list[tuple[str, str]]) -> Outcome:
    stop = next((s for s in (walk.route.at(ref) for ref, _ in problems) if s is not None), None) or walk.next_open()
    if stop is None:
        return notice(walk.phrases.say("The answers cannot be submitted yet. Please check them."))
    if walk.session.status is Status.REVIEWING:
        walk.answer_again()
    walk.go(stop.place)
    return notice(_words(walk, stop.ref, dict(problems).get(stop.ref, "required")))


def _words(walk: Walk, ref: str, reason: str) -> str:
    message = walk.filled.constraint_message(ref) if reason == "constraint" else walk.filled.required_message(ref)
    return message or walk.phrases.say("Before the answers can be submitted, this question needs another look.")


def _receipt(seed: int) -> str:
    digest = base64.b32encode(hashlib.sha256(f"receipt:{seed}".encode()).digest()).decode()
    return f"{digest[:4]}-{digest[4:RECEIPT_LENGTH]}"

"""Said once to who comes back after hours: where that was, and the last answer."""

from datetime import timedelta

from conversations.hearing.outcome import WALKING
from conversations.prompts.question import is_masked
from conversations.prompts.review import answer_text, question_text, shortened
from conversations.protocol import Block, Status, Style
from conversations.walk import Walk

PAUSE = timedelta(hours=4)
"""Half a working day, or a night. When somebody was last here is known to the hour only, so it may have been three."""

LONGEST_QUOTED = 80
_BEGUN = (*WALKING, Status.STOPPED)


def is_pause(away: timedelta) -> bool:
    """Whether somebody has been away for so long that the question is out of mind."""
    return away >= PAUSE


def after_pause(walk: Walk) -> tuple[Block, ...]:
    """The sentence, for who was half way and goes on; it does not say how long that was."""
    before, now = walk.before, walk.session.status
    if not is_pause(walk.away) or before.status not in _BEGUN or now not in WALKING or not before.seen:
        return ()
    if before.status is Status.REVIEWING:
        words = walk.phrases.say("You stopped at the summary: all that is missing is to submit your answers.")
        return (Block(Style.NOTICE, words),)
    then = Walk(walk.form, walk.terms, before, walk.now)
    if before.language != walk.session.language:
        then.filled.set_language(walk.session.language)
    return (Block(Style.NOTICE, " ".join([_where(walk, then), *_last(walk, then)])),)


def _where(walk: Walk, then: Walk) -> str:
    """At which question; a place that is none has no number."""
    say, questions = walk.phrases.say, [stop.place for stop in then.route.questions]
    place = then.session.place if then.stop is not None else walk.session.place
    if place not in questions:
        done, total = then.progress()
        return say("Welcome back. You have answered {done} of about {total} questions.", done=done, total=total)
    number, total = questions.index(place) + 1, len(questions)
    if number == total:
        return say("You stopped at question {number}.", number=number)
    return say("You stopped at question {number} of about {total}.", number=number, total=total)


def _last(walk: Walk, then: Walk) -> list[str]:
    """The last answer of then, unless it is not to be seen, or no more; one that has just been given stands above."""
    say, here = walk.phrases.say, then.stop
    if here is not None and then.is_open(here) and not walk.is_open(here):
        return [say("Your answer to it is saved.")]
    stop = then.route.at(then.session.seen[-1])
    if stop is None or stop.place in then.session.cleared or is_masked(stop.control) or not then.filled.value(stop.ref):
        return []
    question = shortened(question_text(then, stop), LONGEST_QUOTED)
    answer = shortened(answer_text(then, stop), LONGEST_QUOTED)
    return [say("Your last answer, to “{question}”: {answer}", question=question, answer=answer)]

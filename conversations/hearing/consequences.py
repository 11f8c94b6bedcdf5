"""What the change of an earlier answer has led to, in words: questions asked now, answers put aside."""

from conversations.hearing.outcome import WALKING
from conversations.protocol import AnswerKept, Block, Style
from conversations.stops import Stop
from conversations.walk import Walk


def consequences(walk: Walk) -> tuple[Block, ...]:
    """Why a question is asked that was not expected, and how many answers count no longer; () after a first answer."""
    if walk.session.status not in WALKING or not _changed(walk):
        return ()
    before = Walk(walk.form, walk.terms, walk.before, walk.now)
    told = [*_asked_now(walk, before), *_put_aside(walk, before)]
    return (Block(Style.NOTICE, " ".join(told)),) if told else ()


def _changed(walk: Walk) -> bool:
    """Whether somebody has answered anew what was answered or left out before."""
    kept = {change.path for change in walk.changes if isinstance(change, AnswerKept)}
    return not kept.isdisjoint({*walk.before.seen, *walk.before.passed})


def _asked_now(walk: Walk, before: Walk) -> list[str]:
    opened = [stop for stop in walk.waiting(_before_what_was_left(walk)) if not _waited(before, stop.place)]
    if walk.session.place not in [stop.place for stop in opened]:
        return []
    again = sum(bool(before.filled.value(stop.ref)) for stop in opened)
    return [*_asked_again(walk, again), *_asked_more(walk, len(opened) - again)]


def _asked_again(walk: Walk, count: int) -> list[str]:
    words = walk.phrases.count(
        "Because of your change, {n} answer is no longer among the choices: its question is asked again.",
        "Because of your change, {n} answers are no longer among the choices: their questions are asked again.",
        count,
    )
    return [words] if count else []


def _asked_more(walk: Walk, count: int) -> list[str]:
    words = walk.phrases.count(
        "Because of your change, {n} more question is asked.",
        "Because of your change, {n} more questions are asked.",
        count,
    )
    return [words] if count else []


def _before_what_was_left(walk: Walk) -> tuple[Stop, ...]:
    left, stops = walk.left, walk.route.stops
    onward = stops if left is None else stops[: walk.route.index(left.place)]
    return tuple(stop for stop in onward if stop.is_question)


def _waited(before: Walk, place: str) -> bool:
    stop = before.route.at(place)
    return stop is not None and before.is_open(stop)


def _put_aside(walk: Walk, before: Walk) -> list[str]:
    gone = [stop for stop in before.route.questions if walk.route.at(stop.place) is None]
    answered = [stop for stop in gone if before.filled.value(stop.ref) and not before.is_open(stop)]
    if not answered:
        return []
    words = walk.phrases.count(
        "{n} answer does not count any more. It is kept aside, in case you change this again.",
        "{n} answers do not count any more. They are kept aside, in case you change this again.",
        len(answered),
    )
    return [words]

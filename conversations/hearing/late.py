"""Buttons that lead to another question: of the summary, of an offer, or of long ago."""

from dataclasses import replace

from conversations import stops
from conversations.codes import Press, Verb, make_code, place_key
from conversations.hearing.at_question import choice_of, explain
from conversations.hearing.detour import leave_for
from conversations.hearing.outcome import WALKING, Outcome, notice, over
from conversations.hearing.withdrawing import say_nothing_is_erased
from conversations.picked import digits_of
from conversations.prompts.review import question_text
from conversations.protocol import Button
from conversations.stops import Stop
from conversations.walk import Walk


def from_elsewhere(walk: Walk) -> Outcome:
    """A button that no prompt of this session has ever had."""
    return notice(walk.phrases.say("This button is from another questionnaire. Here is where you are."))


def _stop_of(walk: Walk, press: Press) -> Stop | None:
    keys = ((place_key(walk.session.seed, stop.place), stop) for stop in walk.route.stops)
    return next((stop for key, stop in keys if key == press.place_key), None)


def _over(walk: Walk, press: Press) -> Outcome:
    """After a submission the questions are gone, so that nobody can say whose button it was."""
    return replace(over(walk), is_foreign=not walk.session.filled or _stop_of(walk, press) is None)


def _gone(walk: Walk) -> Outcome:
    told = notice(walk.phrases.say("This question is no longer asked. Here is where you are."))
    return replace(told, is_foreign=True)


def hear_go(walk: Walk, press: Press) -> Outcome:
    """To the question that the button names."""
    if walk.session.status not in WALKING:
        return _over(walk, press)
    stop = _stop_of(walk, press)
    if stop is None:
        return _gone(walk)
    leave_for(walk, stop.place)
    return Outcome(asks_again=True)


def hear_late(walk: Walk, press: Press) -> Outcome:
    """A button of a prompt that is past: its answer can be changed, unless that is what is stored."""
    is_outside = press.place_key in {place_key(walk.session.seed, place) for place in stops.OUTSIDE}
    if is_outside or press.verb is Verb.WITHDRAW:  # no button of before an erasure fits any more
        return Outcome(toast=walk.phrases.say("This has already been done."), is_foreign=not is_outside)
    if press.verb in _OF_REMINDERS:
        return from_elsewhere(walk)
    if walk.session.status not in WALKING:
        return _over(walk, press)
    stop = _stop_of(walk, press)
    if stop is None:
        return _gone(walk)
    if press.verb not in _ALWAYS or not stop.is_question or _is_stored(walk, stop, press):
        return Outcome(toast=_why_nothing(walk, press))
    return explain(walk, stop, press.argument) if press.verb is Verb.EXPLAIN else _offer(walk, stop)


def _why_nothing(walk: Walk, press: Press) -> str:
    if press.verb in _AROUND_IT:
        return walk.phrases.say("This button belongs to an earlier question.")
    return walk.phrases.say("This has already been done.")


def _is_stored(walk: Walk, stop: Stop, press: Press) -> bool:
    if press.verb is Verb.PICK:
        return digits_of(stop.control, walk.filled.value(stop.ref) or "").startswith(press.argument)
    if press.verb is Verb.SKIP:
        return not walk.filled.value(stop.ref)
    item = choice_of(walk, stop, press.argument)
    stored = item is not None and item.name in (walk.filled.value(stop.ref) or "").split()
    return stored is not (press.verb in _TAKING_OUT)


def _offer(walk: Walk, stop: Stop) -> Outcome:
    if walk.session.place == stops.WITHDRAWAL:
        return say_nothing_is_erased(walk)
    words = walk.phrases.say("You have already been asked “{question}”.", question=question_text(walk, stop))
    return notice(words, way_to(walk, stop))


def way_to(walk: Walk, stop: Stop) -> Button:
    """A button that leads to a question of before."""
    return Button(walk.phrases.say("Change that answer"), make_code(walk.session.seed, stop.place, Verb.GO))


_OF_REMINDERS = (Verb.RESUME, Verb.QUIET)
_TAKING_OUT = (Verb.UNSELECT, Verb.LIFT)
_AROUND_IT = (Verb.BACK, Verb.PAGE, Verb.ALL, Verb.UNDO)
_ALWAYS = (Verb.CHOOSE, Verb.SELECT, *_TAKING_OUT, Verb.PICK, Verb.STEP, Verb.SKIP, Verb.EXPLAIN)

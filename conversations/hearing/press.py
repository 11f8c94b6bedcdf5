"""A button was pressed: on the current prompt it acts; an older one only offers to change its answer."""

from collections.abc import Callable

from conversations import stops
from conversations.codes import Press, Verb, place_key, read_code
from conversations.hearing.answering import go_on
from conversations.hearing.at_question import AT_QUESTION, AT_REPEAT
from conversations.hearing.command import go_back, resume, speak_language
from conversations.hearing.late import from_elsewhere, hear_go, hear_late
from conversations.hearing.outcome import NOTHING, Outcome
from conversations.hearing.reminder import hear_reminder
from conversations.hearing.submitting import submit
from conversations.hearing.surveys import arrive, belongs_to
from conversations.hearing.withdrawing import hear_whether
from conversations.protocol import Pressed, Status
from conversations.walk import Walk


def hear_press(walk: Walk, pressed: Pressed) -> Outcome:
    """Act, if the button was drawn for where the session stands."""
    press = read_code(pressed.code)
    if press is None:
        return from_elsewhere(walk)
    if pressed.owner is not None:
        return belongs_to(walk, pressed.owner)
    for place, act in _WHEREVER.items():
        if press.place_key == place_key(walk.session.seed, place):
            return act(walk, press)
    if press.verb is Verb.GO:
        return hear_go(walk, press)
    if press.place_key == place_key(walk.session.seed, walk.session.place):
        return _act(walk, press)
    return hear_late(walk, press)


# ---------------------------------------------------------------- on the current prompt


def _act(walk: Walk, press: Press) -> Outcome:
    around = _AROUND.get(press.verb)
    if around is not None:
        return around(walk, press)
    stop = walk.stop if walk.session.status is Status.ANSWERING else None
    if stop is None:
        return NOTHING
    act = (AT_QUESTION if stop.is_question else AT_REPEAT).get(press.verb)
    return act(walk, stop, press.argument) if act is not None else NOTHING


def _accept(walk: Walk, _press: Press) -> Outcome:
    if walk.session.status is not Status.NOTIFIED:
        return NOTHING
    walk.move("accept")
    return go_on(walk)


def _decline(walk: Walk, _press: Press) -> Outcome:
    if walk.session.status is not Status.NOTIFIED:
        return NOTHING
    walk.move("decline")
    walk.go(stops.DECLINED)
    return NOTHING


def _page(walk: Walk, press: Press) -> Outcome:
    if press.argument.isdecimal():
        walk.set(page=int(press.argument))
    return NOTHING


def _submit(walk: Walk, _press: Press) -> Outcome:
    return submit(walk) if walk.session.status is Status.REVIEWING else NOTHING


_WHEREVER: dict[str, Callable[[Walk, Press], Outcome]] = {
    stops.REMINDER: hear_reminder,
    stops.SURVEYS: lambda walk, _press: arrive(walk),
    stops.WITHDRAWAL: hear_whether,
}
"""What stands in no prompt of the walk, and works wherever it stands."""

_AROUND: dict[Verb, Callable[[Walk, Press], Outcome]] = {
    Verb.ACCEPT: _accept,
    Verb.DECLINE: _decline,
    Verb.PAGE: _page,
    Verb.SUBMIT: _submit,
    Verb.BACK: lambda walk, _press: go_back(walk),
    Verb.RESUME: lambda walk, _press: resume(walk),
    Verb.LANGUAGE: lambda walk, press: speak_language(walk, press.argument),
}

"""A button was pressed: on the current prompt it acts; an older one only offers to change its answer."""

from collections.abc import Callable

from conversations import stops
from conversations.answers.lines import LEAST
from conversations.codes import Press, Verb, choice_key, make_code, place_key, read_code
from conversations.forms import ControlKind
from conversations.hearing.answering import give_answer, go_on
from conversations.hearing.command import go_back, resume, speak_language
from conversations.hearing.outcome import NOTHING, WALKING, Outcome, notice, over
from conversations.hearing.received import finish_line
from conversations.hearing.reminder import hear_reminder
from conversations.hearing.submitting import submit
from conversations.hearing.writing import finish_text
from conversations.prompts.offers import offered
from conversations.prompts.review import question_text
from conversations.protocol import Block, Button, Pressed, Status, Style
from conversations.session import ChoiceItem
from conversations.stops import Stop
from conversations.walk import Walk


def hear_press(walk: Walk, pressed: Pressed) -> Outcome:
    """Act, if the button was drawn for where the session stands."""
    press = read_code(pressed.code)
    if press is None:
        return _from_elsewhere(walk)
    if press.place_key == place_key(walk.session.seed, stops.REMINDER):
        return hear_reminder(walk, press)
    if press.verb is Verb.GO:
        return _go(walk, press)
    if press.place_key == place_key(walk.session.seed, walk.session.place):
        return _act(walk, press)
    return _late(walk, press)


def _from_elsewhere(walk: Walk) -> Outcome:
    return notice(walk.phrases.say("This button is from another questionnaire. Here is where you are."))


# ---------------------------------------------------------------- on the current prompt


def _act(walk: Walk, press: Press) -> Outcome:
    around = _AROUND.get(press.verb)
    if around is not None:
        return around(walk, press)
    stop = walk.stop if walk.session.status is Status.ANSWERING else None
    if stop is None:
        return NOTHING
    act = (_AT_QUESTION if stop.is_question else _AT_REPEAT).get(press.verb)
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


_AROUND: dict[Verb, Callable[[Walk, Press], Outcome]] = {
    Verb.ACCEPT: _accept,
    Verb.DECLINE: _decline,
    Verb.PAGE: _page,
    Verb.SUBMIT: _submit,
    Verb.BACK: lambda walk, _press: go_back(walk),
    Verb.RESUME: lambda walk, _press: resume(walk),
    Verb.LANGUAGE: lambda walk, press: speak_language(walk, press.argument),
}


# ---------------------------------------------------------------- at a question or a repeat


def _choice(walk: Walk, stop: Stop, key: str) -> ChoiceItem | None:
    return next((item for item in offered(walk, stop) if choice_key(item.name) == key), None)


def _choose(walk: Walk, stop: Stop, key: str) -> Outcome:
    item = _choice(walk, stop, key)
    if item is None:
        return notice(walk.phrases.say("This is not one of the choices any more. Please choose one of those shown."))
    return give_answer(walk, stop, item.name)


def _select(walk: Walk, stop: Stop, key: str) -> Outcome:
    item = _choice(walk, stop, key)
    if item is not None and item.name not in walk.session.draft:
        walk.set(draft=(*walk.session.draft, item.name))
    return NOTHING


def _unselect(walk: Walk, stop: Stop, key: str) -> Outcome:
    item = _choice(walk, stop, key)
    if item is not None:
        walk.set(draft=tuple(name for name in walk.session.draft if name != item.name))
    return NOTHING


def _all(walk: Walk, _stop: Stop, _argument: str) -> Outcome:
    walk.set(part="", page=0)
    return NOTHING


def _undo(walk: Walk, stop: Stop, length: str) -> Outcome:
    if length == str(len(walk.session.draft)):
        if stop.control.kind is ControlKind.TEXT:
            walk.forget(stop.place, last_only=True)
        walk.set(draft=walk.session.draft[:-1])
    return NOTHING


def _done(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    if stop.control.kind is ControlKind.ACKNOWLEDGE:
        return give_answer(walk, stop, "OK")
    if stop.control.kind in LEAST:
        return finish_line(walk, stop)
    if stop.control.kind is ControlKind.TEXT:
        return finish_text(walk, stop)
    return give_answer(walk, stop, " ".join(walk.session.draft))


def _explain(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    text = walk.filled.guidance(stop.ref)
    return Outcome((Block(Style.HINT, text),)) if text else NOTHING


def _skip(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    return go_on(walk) if walk.skip(stop) is None else notice(walk.phrases.say("This question needs an answer."))


def _keep(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    walk.mark_seen(stop.place)
    return go_on(walk)


def _add_row(walk: Walk, stop: Stop, rows: str) -> Outcome:
    if rows != str(walk.filled.repeat_count(stop.ref)):
        return NOTHING
    walk.add_row(stop.ref)
    row = f"{stop.ref}[{walk.filled.repeat_count(stop.ref)}]/"
    first = next((inner for inner in walk.route.stops if inner.place.startswith(row)), None)
    if first is None:
        return go_on(walk)
    walk.go(first.place)
    return NOTHING


def _remove_row(walk: Walk, stop: Stop, rows: str) -> Outcome:
    if rows == str(walk.filled.repeat_count(stop.ref)):
        walk.remove_row(stop.ref)
    return NOTHING


def _no_more_rows(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    walk.mark_passed(stop.place)
    return go_on(walk)


_AT_QUESTION: dict[Verb, Callable[[Walk, Stop, str], Outcome]] = {
    Verb.CHOOSE: _choose,
    Verb.SELECT: _select,
    Verb.UNSELECT: _unselect,
    Verb.UNDO: _undo,
    Verb.ALL: _all,
    Verb.EXPLAIN: _explain,
    Verb.DONE: _done,
    Verb.SKIP: _skip,
    Verb.KEEP: _keep,
}
_AT_REPEAT: dict[Verb, Callable[[Walk, Stop, str], Outcome]] = {
    Verb.ADD_ROW: _add_row,
    Verb.REMOVE_ROW: _remove_row,
    Verb.NO_MORE_ROWS: _no_more_rows,
}


# ---------------------------------------------------------------- from the review, from an offer, from long ago


def _stop_of(walk: Walk, press: Press) -> Stop | None:
    keys = ((place_key(walk.session.seed, stop.place), stop) for stop in walk.route.stops)
    return next((stop for key, stop in keys if key == press.place_key), None)


def _go(walk: Walk, press: Press) -> Outcome:
    if walk.session.status not in WALKING:
        return over(walk)
    stop = _stop_of(walk, press)
    if stop is None:
        return notice(walk.phrases.say("This question is no longer asked. Here is where you are."))
    walk.answer_again()
    walk.go(stop.place)
    return Outcome(asks_again=True)


def _late(walk: Walk, press: Press) -> Outcome:
    if press.place_key in {place_key(walk.session.seed, place) for place in stops.OUTSIDE}:
        return Outcome(toast=walk.phrases.say("This has been done already."))
    if press.verb in _OF_REMINDERS:
        return _from_elsewhere(walk)
    if walk.session.status not in WALKING:
        return over(walk)
    stop = _stop_of(walk, press)
    if stop is None:
        return notice(walk.phrases.say("This question is no longer asked. Here is where you are."))
    if press.verb not in _ALWAYS or not stop.is_question or _is_stored(walk, stop, press):
        return Outcome(toast=walk.phrases.say("This has been done already."))
    return _explain(walk, stop, "") if press.verb is Verb.EXPLAIN else _offer(walk, stop)


def _is_stored(walk: Walk, stop: Stop, press: Press) -> bool:
    item = _choice(walk, stop, press.argument)
    stored = item is not None and item.name in (walk.filled.value(stop.ref) or "").split()
    return stored is not (press.verb is Verb.UNSELECT)


def _offer(walk: Walk, stop: Stop) -> Outcome:
    say = walk.phrases.say
    words = say("You have already been asked “{question}”.", question=question_text(walk, stop))
    code = make_code(walk.session.seed, stop.place, Verb.GO)
    return notice(words, Button(say("Change that answer"), code))


_OF_REMINDERS = (Verb.RESUME, Verb.QUIET)
_ALWAYS = (Verb.CHOOSE, Verb.SELECT, Verb.UNSELECT, Verb.EXPLAIN)

"""What the buttons of the question that is asked do, and those of a repeat that asks for another row."""

from collections.abc import Callable

from conversations.answers.lines import LEAST
from conversations.codes import Verb, choice_key
from conversations.forms import ControlKind
from conversations.hearing.answering import give_answer, go_on, refusal_words
from conversations.hearing.outcome import NOTHING, Outcome, notice
from conversations.hearing.received import finish_line
from conversations.hearing.tapping import tick
from conversations.hearing.writing import finish_text
from conversations.picked import moment_of, value_of, whole_length
from conversations.prompts.how import how_much
from conversations.prompts.legend import SCALE, steps_of
from conversations.prompts.offers import offered
from conversations.prompts.stepping import is_rung, ladder_of, rung_of
from conversations.protocol import Block, Style
from conversations.session import ChoiceItem, Refused
from conversations.stops import Stop
from conversations.walk import Walk


def choice_of(walk: Walk, stop: Stop, key: str) -> ChoiceItem | None:
    """The choice on offer that a button was drawn for."""
    return next((item for item in offered(walk, stop) if choice_key(item.name) == key), None)


def _choose(walk: Walk, stop: Stop, key: str) -> Outcome:
    item = choice_of(walk, stop, key)
    if item is None:
        return notice(walk.phrases.say("This is not one of the choices any more. Please choose one of those shown."))
    return give_answer(walk, stop, item.name)


def _select(walk: Walk, stop: Stop, key: str) -> Outcome:
    item = choice_of(walk, stop, key)
    if item is None or item.name in walk.session.draft:
        return NOTHING
    if stop.control.kind is ControlKind.SELECT_MULTIPLE:
        return tick(walk, stop, item)
    walk.set(draft=(*walk.session.draft, item.name))
    return NOTHING


def _unselect(walk: Walk, stop: Stop, key: str) -> Outcome:
    item = choice_of(walk, stop, key)
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


def explain(walk: Walk, stop: Stop, what: str) -> Outcome:
    """What the numbers of a scale mean, or the author's guidance, where there is any."""
    if what == SCALE:
        return Outcome((Block(Style.PLAIN, "\n".join(steps_of(walk, stop))),))
    text = walk.filled.guidance(stop.ref)
    return Outcome((Block(Style.HINT, text),)) if text else NOTHING


def _skip(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    """But for a text that is being written: only the question above it still has the button."""
    if stop.control.kind is ControlKind.TEXT and walk.session.draft:
        return Outcome(toast=how_much(walk))
    return go_on(walk) if walk.skip(stop) is None else notice(walk.phrases.say("This question needs an answer."))


def _keep(walk: Walk, stop: Stop, _argument: str) -> Outcome:
    walk.mark_seen(stop.place)
    return go_on(walk)


def _pick(walk: Walk, stop: Stop, digits: str) -> Outcome:
    """One part more of a date or a time, or another; the whole of one is the answer."""
    moment = moment_of(stop.control, digits)
    if moment is not None and len(digits) == whole_length(stop.control):
        return give_answer(walk, stop, value_of(stop.control, moment))
    if moment is not None or not digits:
        walk.set(draft=(digits,) if digits else ())
    return NOTHING


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


def _step(walk: Walk, stop: Stop, argument: str) -> Outcome:
    ladder = ladder_of(stop.control)
    if ladder is None or not is_rung(argument):
        return NOTHING
    value = ladder.value(rung_of(argument))
    if not walk.filled.takes(stop.ref, value):
        return Outcome(toast=refusal_words(walk, Refused("constraint", walk.filled.constraint_message(stop.ref))))
    walk.set(draft=(value,))
    return NOTHING


AT_QUESTION: dict[Verb, Callable[[Walk, Stop, str], Outcome]] = {
    Verb.CHOOSE: _choose,
    Verb.SELECT: _select,
    Verb.UNSELECT: _unselect,
    Verb.LIFT: _unselect,
    Verb.UNDO: _undo,
    Verb.STEP: _step,
    Verb.ALL: _all,
    Verb.EXPLAIN: explain,
    Verb.DONE: _done,
    Verb.SKIP: _skip,
    Verb.KEEP: _keep,
    Verb.PICK: _pick,
}
AT_REPEAT: dict[Verb, Callable[[Walk, Stop, str], Outcome]] = {
    Verb.ADD_ROW: _add_row,
    Verb.REMOVE_ROW: _remove_row,
    Verb.NO_MORE_ROWS: _no_more_rows,
}

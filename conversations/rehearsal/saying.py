"""An answer in its stored form -> how a respondent says it: a press, words, a form of check boxes."""

from datetime import date

from conversations.answers import show_answer
from conversations.answers.lines import LEAST
from conversations.codes import Verb, choice_key, make_code, read_code
from conversations.forms import ControlKind
from conversations.prompts.offers import asked_at, offered, pages_of
from conversations.prompts.question import is_gathered
from conversations.protocol import Button, Chosen, Heard, Kind, Located, Media, Pressed, Prompt, Sent, Typed
from conversations.rehearsal.dice import Dice
from conversations.stops import Stop
from conversations.walk import Walk

BY_PRESSING = (Kind.MANY, Kind.RANK, Kind.PLACES)
_PRESSED = (Kind.ONE, Kind.SCALE)


def button_for(prompt: Prompt, verb: Verb) -> Button | None:
    """The action of the prompt that means this."""
    return next((one for one in prompt.actions if (press := read_code(one.code)) and press.verb is verb), None)


def press(prompt: Prompt, verb: Verb) -> Pressed | None:
    """A press of that action, if it is there."""
    found = button_for(prompt, verb)
    return Pressed(found.code) if found else None


def say_at_once(walk: Walk, stop: Stop, prompt: Prompt, value: str, dice: Dice) -> Heard | None:
    """One thing said that gives the whole answer; None where it is put together press by press."""
    if prompt.kind in _PRESSED:
        return _one(walk, stop, prompt, value, dice)
    if prompt.kind in BY_PRESSING or is_gathered(stop.control):
        return _several(walk, stop, prompt, value, dice)
    if prompt.kind is Kind.ACKNOWLEDGE:
        return press(prompt, Verb.DONE)
    if prompt.kind is Kind.UPLOAD:
        return Sent(value, prompt.accepts or Media.FILE)
    if prompt.kind is Kind.PLACE and dice.happens(0.5):
        latitude, longitude, _, accuracy = map(float, value.split())
        return Located(latitude, longitude, accuracy)
    return Typed(words_for(walk, stop, value, dice), message=f"m{walk.session.revision}")


def parts_of(stop: Stop, value: str) -> tuple[str, ...]:
    """The choices, or the points, that an answer is put together from."""
    if stop.control.kind is ControlKind.TEXT:
        return (value,)
    return tuple(value.split(";" if stop.control.kind in LEAST else None))


def press_choice(walk: Walk, prompt: Prompt, name: str) -> Heard:
    """A press of that choice; of one on another page, as if it had been turned to."""
    shown = next((one.code for one in prompt.choices if one.name == name), "")
    return Pressed(shown or make_code(walk.session.seed, walk.session.place, Verb.CHOOSE, choice_key(name)))


def next_press(prompt: Prompt, wanted: tuple[str, ...]) -> Heard | None:
    """The next thing on the way to these choices, or points; None when there is none to do."""
    if prompt.kind is Kind.MULTILINE:
        return _next_piece(prompt, "\n".join(wanted))
    if prompt.kind is Kind.PLACES:
        return press(prompt, Verb.DONE) or Typed("\n".join(wanted))
    if prompt.kind is Kind.RANK:
        return _next_rank(prompt, wanted)
    wrong = [one for one in prompt.choices if one.chosen is not (one.name in wanted)]
    first = min(wrong, key=lambda one: not one.chosen, default=None)  # away first: there may be no room for more
    return Pressed(first.code) if first else press(prompt, Verb.DONE)


def _next_piece(prompt: Prompt, wanted: str) -> Heard | None:
    """What was written before and not taken is undone first."""
    if press(prompt, Verb.DONE) is None:
        return Typed(wanted)
    return press(prompt, Verb.DONE if prompt.value == wanted else Verb.UNDO)


def _next_rank(prompt: Prompt, wanted: tuple[str, ...]) -> Heard | None:
    missing = [one for name in wanted for one in prompt.choices if one.name == name and not one.chosen]
    return Pressed(missing[0].code) if missing else press(prompt, Verb.DONE)


def _one(walk: Walk, stop: Stop, prompt: Prompt, value: str, dice: Dice) -> Heard:
    label = show_answer(asked_at(walk, stop), value)
    on_page = any(one.name == value for one in prompt.choices)
    if dice.happens(0.1 if on_page else 0.5) or (prompt.kind is Kind.SCALE and not on_page):
        return Typed(label, message=f"m{walk.session.revision}")
    return press_choice(walk, prompt, value)


def _several(walk: Walk, stop: Stop, prompt: Prompt, value: str, dice: Dice) -> Heard | None:
    all_shown = pages_of(len(offered(walk, stop))) == 1
    drawn = dice()
    if prompt.kind in (Kind.PLACES, Kind.MULTILINE):
        return None
    is_tapped = prompt.kind is not Kind.MANY or walk.filled.takes(stop.ref, value)  # what is refused cannot be tapped
    if prompt.kind is Kind.MANY and ((all_shown and drawn < 0.6) or not is_tapped):  # noqa: PLR2004 - a share
        return Chosen(tuple(value.split()), walk.session.place)
    if drawn < 0.8 or not all_shown:  # noqa: PLR2004 - a share
        return Typed(words_for(walk, stop, value, dice), message=f"m{walk.session.revision}")
    return None


def words_for(walk: Walk, stop: Stop, value: str, dice: Dice) -> str:
    """The answer as people write it."""
    if stop.control.kind is ControlKind.TEXT:
        return value
    if stop.control.kind is ControlKind.DATE and dice.happens(0.5):
        day = date.fromisoformat(value)
        return f"{day.day}/{day.month}/{day.year:04}"
    return show_answer(asked_at(walk, stop), value)

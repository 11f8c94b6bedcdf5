"""Buttons that make a number more or less: of a range with too many values for a button each, and of a counter."""

from dataclasses import dataclass
from decimal import Decimal

from conversations.answers.numbers import show_number
from conversations.codes import Verb
from conversations.forms import Control, ControlKind
from conversations.prompts.offers import offered
from conversations.prompts.parts import button, tag
from conversations.protocol import Button, Grid
from conversations.scale import bounds_of, plain_number
from conversations.stops import Stop
from conversations.walk import Walk

MANY = 30
"""Values of a range from which on the larger step is ten of them, and not five."""

_MINUS = "m"
"""Stands in codes, which have letters and digits only."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The numbers that can be reached: `start`, and all that are whole steps away from it, up to `last` of them."""

    start: Decimal
    step: Decimal
    last: int | None

    def value(self, rung: int) -> str:
        """The number so many steps from the start, no further than the last."""
        within = rung if self.last is None else max(0, min(rung, self.last))
        return plain_number(self.start + self.step * within)

    def rung(self, value: str) -> int:
        """How many steps from the start."""
        return int((Decimal(value) - self.start) / self.step)


def ladder_of(control: Control) -> Ladder | None:
    """What the buttons of this question lead along; None of one that has none."""
    if control.kind is ControlKind.INTEGER and "counter" in control.appearance:
        return Ladder(Decimal(0), Decimal(1), None)
    bounds = bounds_of(control.parameters) if control.kind is ControlKind.RANGE else None
    return Ladder(bounds[0], bounds[2], int((bounds[1] - bounds[0]) / bounds[2])) if bounds else None


def rung_of(argument: str) -> int:
    """What the argument of a button means."""
    return -int(argument[1:]) if argument.startswith(_MINUS) else int(argument)


def is_rung(argument: str) -> bool:
    """Whether it is one that a button may have."""
    digits = argument.removeprefix(_MINUS)
    return digits.isascii() and digits.isdecimal() and len(digits) <= len("123456789")


def stepper_of(walk: Walk, stop: Stop) -> Grid | None:
    """Less, the number as it stands, more; then done. Nothing is done before something was pressed."""
    ladder = ladder_of(stop.control)
    if ladder is None or offered(walk, stop):
        return None
    say, language = walk.phrases.say, tag(walk)
    rung = ladder.rung(_value(walk, stop, ladder))
    value = show_number(ladder.value(rung), language)
    large = _large(ladder)
    row = tuple(_by(walk, ladder, rung, steps) for steps in (-large, -1, 0, 1, large))
    done = button(walk, say("Done: {value}", value=value), Verb.DONE)
    return Grid(say("Press to go up or down, or write the number."), (row, *([(done,)] if walk.session.draft else [])))


def _large(ladder: Ladder) -> int:
    return 10 if ladder.last is None or ladder.last > MANY else 5


def _value(walk: Walk, stop: Stop, ladder: Ladder) -> str:
    """What was pressed, else what is stored, else the middle of the range."""
    known = "".join(walk.session.draft[:1]) or walk.filled.value(stop.ref)
    return known or ladder.value((ladder.last or 0) // 2)


def _by(walk: Walk, ladder: Ladder, rung: int, steps: int) -> Button:
    language = tag(walk)
    amount = show_number(plain_number(abs(ladder.step * steps)), language)
    sign = "+" if ladder.step * steps > 0 else "−"
    label = f"{sign}{amount}" if steps else show_number(ladder.value(rung), language)
    there = ladder.rung(ladder.value(rung + steps))
    return button(walk, label, Verb.STEP, f"{_MINUS if there < 0 else ''}{abs(there)}")

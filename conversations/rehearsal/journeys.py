"""The shortest, the usual and the longest way through a questionnaire, found by walking it.

Only answers that conditions and row counts look at decide the way. Each is tried with the values that are named in
those conditions, one question after the other, keeping what makes the way shorter or longer; so the two ends are found
in a fraction of all combinations, and may in rare forms be a little off. The usual one is the middle of several walks
whose answers are drawn evenly, those left out that end almost at once. Rows of an open repeat: on the shortest
way those that are there from the beginning, on the others at least one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zlib import crc32

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.forms.definition import CHOOSING
from conversations.forms.dependencies import Property
from conversations.minutes import seconds_of
from conversations.rehearsal.hints import Hints, hints_of, read_by
from conversations.session import FormSession, Position, PositionKind

FRAME = 3
"""Messages around the questions: the welcome, the summary, the thanks."""

_DRAWN = 15
_MOST_LOOKED_AT = 300_000
"""Places in all walks together: a few seconds."""

_MOST_STEPS = 2_000
_MOST_OPTIONS = 6

ANOTHER = "\0"
"""Stands for a choice that no expression names."""

_NUMBERS = (ControlKind.INTEGER, ControlKind.DECIMAL, ControlKind.RANGE)
_ANY = {
    ControlKind.TEXT: ("x",),
    ControlKind.DATE: ("2026-01-01",),
    ControlKind.ACKNOWLEDGE: ("OK",),
    ControlKind.GEOPOINT: ("45 9 0 0",),
}

Choice = Callable[[str, Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Journey:
    """What is met on one way: the questions in order, and everything shown, rows of repeats as often as they come."""

    questions: int
    messages: int
    shown: tuple[Control, ...]

    def seconds(self, form: FormDefinition, language: str = "") -> float:
        """To go that way, in a language of the questionnaire."""
        return sum(seconds_of(form, control, language) for control in self.shown)


@dataclass(frozen=True, slots=True)
class Journeys:
    """The two ends and the middle."""

    shortest: Journey
    usual: Journey
    longest: Journey


def journeys_of(form: FormDefinition, now: datetime) -> Journeys:
    """Walk the questionnaire; the same arguments find the same ways. `now` is an aware moment."""
    scout = _Scout(form, now)
    drawn = [scout.walk(_drawing(0), rows=1)]
    while scout.deciding and len(drawn) < _DRAWN and not scout.is_tired:
        drawn.append(scout.walk(_drawing(len(drawn)), rows=1))
    known: Mapping[Control, float] = {control: seconds_of(form, control) for control in form.control_at.values()}

    def length(journey: Journey) -> float:
        return sum(known.get(control, 0.0) for control in journey.shown)

    ways = [*drawn, scout.furthest(length, -1), scout.furthest(length, 1)]
    enough = max(map(length, drawn)) / 4  # who declines at the first question does not say how long it takes
    usual = sorted((journey for journey in drawn if length(journey) >= enough), key=length)
    return Journeys(min(ways, key=length), usual[len(usual) // 2], max(ways, key=length))


def _drawing(number: int) -> Choice:
    return lambda ref, options: options[crc32(f"{number} {ref}".encode()) % len(options)]


class _Scout:
    """Walks with chosen answers."""

    def __init__(self, form: FormDefinition, now: datetime) -> None:
        self._form, self._now = form, now
        self._left = _MOST_LOOKED_AT

    def furthest(self, length: Callable[[Journey], float], sign: int) -> Journey:
        """The longest way that changing one answer after the other leads to; with the sign -1 the shortest."""
        chosen: dict[str, str] = {}
        rows, first = (1, 0) if sign > 0 else (0, -1)  # the last option is one that no condition names

        def walked() -> Journey:
            return self.walk(lambda ref, options: chosen.get(_generic(ref), options[first]), rows=rows)

        best = walked()
        for path, options in self._options.items():
            for option in options:
                before = chosen.get(path)
                if self.is_tired:
                    return best
                chosen[path] = option
                journey = walked()
                if sign * length(journey) > sign * length(best):
                    best = journey
                elif before is None:
                    del chosen[path]
                else:
                    chosen[path] = before
        return best

    def walk(self, choose: Choice, *, rows: int) -> Journey:
        """Go through once, answering what decides."""
        session = FormSession.start(self._form, now=self._now, language="", seed=1)
        seen: set[str] = set()
        while len(seen) < _MOST_STEPS:
            positions = session.positions()
            self._left -= len(positions)
            new = (one for one in positions if self._decides(one) and _place(one) not in seen)
            position = next(new, None)
            if position is None:
                break
            seen.add(_place(position))
            if position.kind is not PositionKind.REPEAT:
                self._answer(session, position, choose)
            elif position.count < rows:
                session.add_repeat(position.ref)
        return _journey(session)

    @property
    def is_tired(self) -> bool:
        """Whether enough has been looked at, for a questionnaire of this size."""
        return self._left <= 0

    def _decides(self, position: Position) -> bool:
        return position.kind is PositionKind.REPEAT or position.control.path in self._options

    def _answer(self, session: FormSession, position: Position, choose: Choice) -> None:
        """The chosen answer, or the first other that is taken."""
        offered = [choice.name for choice in session.choices(position.ref)]
        fitting = _fitting(self._options[position.control.path], offered)
        if session.is_readonly(position.ref) or not fitting:
            return
        first = choose(position.ref, fitting)
        for option in (first, *(other for other in fitting if other != first)):
            is_blank = not option and session.is_required(position.ref)
            if not is_blank and session.answer(position.ref, option) is None:
                return

    @property
    def deciding(self) -> bool:
        """Whether any answer decides what is asked."""
        return bool(self._options)

    @cached_property
    def _options(self) -> Mapping[str, Sequence[str]]:
        """What to try at each question that decides, by its path in document order."""
        read = set(_deciding(self._form))
        hints, controls = hints_of(self._form), self._form.control_at
        return {
            path: _options(controls[path], list(hints.get(path, Hints()).values)) for path in controls if path in read
        }


def _deciding(form: FormDefinition) -> Iterator[str]:
    """The paths that conditions and row counts look at, through calculations too."""
    wanted = (Property.RELEVANT, Property.REPEAT_COUNT)
    rules = [(rule.expression, rule.path) for rule in form.graph.rules if rule.property in wanted]
    calculations = {rule.path: rule.expression for rule in form.graph.rules if rule.property is Property.CALCULATION}
    for expression, context in rules:  # grows while it is gone through
        for path in read_by(expression, context):
            yield path
            if path in calculations:
                rules.append((calculations.pop(path), path))


def _options(control: Control, named: Sequence[str]) -> Sequence[str]:
    """Values that expressions compare it with, their neighbours, one that none names (by its place), and a blank."""
    if control.kind in CHOOSING:
        every = (" ".join(named),) if control.kind is ControlKind.SELECT_MULTIPLE and len(named) > 1 else ()
        return (*named[:_MOST_OPTIONS], *every, ANOTHER, "")
    if control.kind in _NUMBERS:
        whole = [int(text) for text in named if text.lstrip("-").isdecimal()]
        near = sorted({number + step for number in whole for step in (-1, 0, 1)}) or [0, 1]
        return (*map(str, near[-_MOST_OPTIONS:]), "")
    return (*named[:_MOST_OPTIONS], *_ANY.get(control.kind, ()), "")


def _fitting(options: Sequence[str], offered: Sequence[str]) -> list[str]:
    """The options that can be given: `ANOTHER` is the first choice that is not among them."""
    if not offered:
        return [option for option in options if option != ANOTHER]
    other = next((name for name in offered if name not in options), offered[0])
    names = (other if option == ANOTHER else option for option in options)
    return list(dict.fromkeys(name for name in names if set(name.split()) <= set(offered)))


def _generic(ref: str) -> str:
    return re.sub(r"\[\d+\]", "", ref)


def _place(position: Position) -> str:
    return f"{position.ref}+" if position.kind is PositionKind.REPEAT else position.ref


def _journey(session: FormSession) -> Journey:
    asked = messages = 0
    shown: list[Control] = []
    for position in session.positions():
        is_told = position.kind is PositionKind.NOTE or (
            position.kind is PositionKind.QUESTION and session.is_readonly(position.ref)
        )
        messages += not is_told
        asked += position.kind is PositionKind.QUESTION and not is_told
        shown.append(position.control)
    return Journey(asked, messages + FRAME, tuple(shown))

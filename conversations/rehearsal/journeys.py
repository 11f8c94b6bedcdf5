"""The shortest, the usual and the longest way through a questionnaire, found by walking it.

Only answers that conditions and row counts look at decide the way. Each is tried with the values that are named in
those conditions, one question after the other, keeping what makes the way shorter or longer; so the two ends are found
in a fraction of all combinations, and may in rare forms be a little off. The usual one is the middle of several walks
whose answers are drawn evenly, those left out that end almost at once. Rows of an open repeat: on the shortest
way those that are there from the beginning, on the others at least one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zlib import crc32

from conversations.forms import Control, FormDefinition
from conversations.forms.dependencies import is_below
from conversations.minutes import seconds_of
from conversations.rehearsal import trials
from conversations.rehearsal.hints import Hints, hints_of
from conversations.rehearsal.person import generic
from conversations.session import FormSession, Position, PositionKind

FRAME = 3
"""Messages around the questions: the welcome, the summary, the thanks."""

_DRAWN = 15
ENOUGH = 4_000_000
"""Nodes looked at, or as much work, for all walks together; the ways found by then are those that are told."""

TOO_MUCH = 8_000_000
"""When even a few walks take longer than this, nothing is told."""

_NODE, _ANSWER, _FOUND = 25, 60, 5
"""What is spent on a node that is made, an answer, a place that is found; on one that is passed 1."""

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


class TooLong(Exception):
    """To walk the questionnaire takes more than anybody wants to wait for. It has no message."""


def journeys_of(form: FormDefinition, now: datetime) -> Journeys:
    """Walk the questionnaire; the same arguments find the same ways. `now` is an aware moment. Raises TooLong."""
    scout = _Scout(form, now)
    drawn = [scout.walk(_drawing(0), rows=1)]
    while scout.options and len(drawn) < _DRAWN and not scout.is_tired:
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


@dataclass(slots=True)
class _Trip:
    """One walk: where it has been, what it answers, and to how many rows it adds others."""

    session: FormSession
    choose: Choice
    rows: int
    seen: set[str] = field(default_factory=set)


class _Scout:
    """Walks with chosen answers."""

    def __init__(self, form: FormDefinition, now: datetime) -> None:
        self._form, self._now = form, now
        self._spent = 0

    def furthest(self, length: Callable[[Journey], float], sign: int) -> Journey:
        """The longest way that changing one answer after the other leads to; with the sign -1 the shortest."""
        chosen: dict[str, str] = {}
        rows = 1 if sign > 0 else 0

        def walked() -> Journey:
            return self.walk(lambda ref, options: chosen.get(generic(ref), _usual(options, sign)), rows=rows)

        best = walked()
        for path, options in self.options.items():
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
        self._spend(_NODE * len(self._form.nodes) + session.effort.spent)
        trip = _Trip(session, choose, rows)
        seen = -1
        while seen < len(trip.seen):  # what is asked may hang on a later answer
            seen = len(trip.seen)
            for path in self._order:
                if path in self.options:
                    self._ask(trip, path)
                else:
                    self._go_through_rows(trip, path)
        return _journey(session)

    def _spend(self, cost: int) -> None:
        self._spent += cost
        if self._spent > TOO_MUCH:
            raise TooLong

    def _ask(self, trip: _Trip, ref: str) -> None:
        """A question outside of rows."""
        self._spend(1)
        if ref not in trip.seen and trip.session.is_relevant(ref):
            self._meet(trip, ref, self._form.control_at[ref])

    def _go_through_rows(self, trip: _Trip, path: str) -> None:
        """The questions of a repeat, and of repeats in it, row by row."""
        while True:
            positions = trip.session.positions()
            self._spend(len(self._form.control_at) + _FOUND * len(positions))
            new = [one for one in positions if one.ref.startswith(path) and self._is_new(trip, one)]
            if not new:
                return
            for position in new:
                self._at(trip, position)

    def _is_new(self, trip: _Trip, position: Position) -> bool:
        return self._decides(position) and _place(position) not in trip.seen

    def _at(self, trip: _Trip, position: Position) -> None:
        session, is_repeat = trip.session, position.kind is PositionKind.REPEAT
        trip.seen.add(_place(position))
        around = position.ref.rpartition("/")[0] if is_repeat else position.ref
        if session.value(around) is None or not session.is_relevant(around):  # since an answer before it
            return
        if not is_repeat:
            self._meet(trip, position.ref, position.control)
        elif position.count < trip.rows:
            session.add_repeat(position.ref)

    def _meet(self, trip: _Trip, ref: str, control: Control) -> None:
        trip.seen.add(ref)
        self._spend(_ANSWER)
        before = trip.session.effort.spent
        self._answer(trip.session, ref, control, trip.choose)
        self._spend(trip.session.effort.spent - before)

    @cached_property
    def _order(self) -> tuple[str, ...]:
        """Where a walk comes by, in the order of the questionnaire: questions that decide, and repeats as a whole."""
        repeats = [path for path, node in self._form.nodes.items() if node.repeat]
        outside = (path for path in self.options if not any(is_below(path, repeat) for repeat in repeats))
        outermost = (path for path in repeats if not any(is_below(path, one) for one in repeats if one != path))
        wanted = {*outside, *outermost}
        return tuple(path for path in self._form.control_at if path in wanted)

    @property
    def is_tired(self) -> bool:
        """Whether enough has been looked at, for a questionnaire of this size."""
        return self._spent > ENOUGH

    def _decides(self, position: Position) -> bool:
        return position.kind is PositionKind.REPEAT or position.control.path in self.options

    def _answer(self, session: FormSession, ref: str, control: Control, choose: Choice) -> None:
        """The chosen answer, or the first other that is taken."""
        offered = [choice.name for choice in session.choices(ref)]
        self._spend(len(offered))
        fitting = trials.fitting(self.options[control.path], offered)
        if session.is_readonly(ref) or not fitting:
            return
        first = choose(ref, fitting)
        for option in (first, *(other for other in fitting if other != first)):
            is_blank = not option and session.is_required(ref)
            if not is_blank and session.answer(ref, option) is None:
                return

    @cached_property
    def options(self) -> Mapping[str, Sequence[str]]:
        """What to try at each question that decides, by its path in document order."""
        read = set(trials.deciding(self._form))
        hints = hints_of(self._form)
        return {
            path: trials.options_at(control, list(hints.get(path, Hints()).values))
            for path, control in self._form.control_at.items()
            if path in read
        }


def _usual(options: Sequence[str], sign: int) -> str:
    """What is answered first on the longest way (some answer), or the shortest (the last: no condition names it)."""
    return next(filter(None, options), "") if sign > 0 else options[-1]


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

"""Where a walk can stop: questions and repeats, with the notes and section titles that go before them.

A place is the text a session remembers: a question's path, a repeat's path with `+`, or one of the
places outside the questionnaire, which begin with `~`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.session import FormSession, Position, PositionKind

WELCOME = "~welcome"
REVIEW = "~review"
SUMMARY = "~summary"
DECLINED = "~declined"
STOPPED = "~stopped"
RECEIPT = "~receipt"
REMINDER = "~reminder"
SURVEYS = "~surveys"
WITHDRAWAL = "~withdrawal"
UNTURNED = -1
"""The page of choices where somebody has only just come: that of the answer that is there."""

_NO_QUESTIONS = frozenset({ControlKind.NOTE, ControlKind.GROUP, ControlKind.REPEAT})
OUTSIDE = (WELCOME, REVIEW, SUMMARY, DECLINED, STOPPED, RECEIPT, REMINDER, SURVEYS, WITHDRAWAL)


def asked_in(form: FormDefinition) -> frozenset[str]:
    """The paths of what respondents are asked: neither notes nor calculations."""
    return frozenset(path for path, control in form.control_at.items() if control.kind not in _NO_QUESTIONS)


@dataclass(slots=True, unsafe_hash=True)
class Stop:
    """One place that waits for the respondent. Never changed; not frozen, since all are made at every turn."""

    place: str
    ref: str
    kind: PositionKind
    control: Control
    groups: tuple[str, ...]
    notes: tuple[str, ...]  # refs of the notes right before it
    on_one_screen: bool  # in a field-list group

    @property
    def is_question(self) -> bool:
        """Whether it takes an answer; otherwise it asks whether to add a row."""
        return self.kind is PositionKind.QUESTION

    @property
    def always_titled(self) -> bool:
        """Questions on one screen, or of one row, mean little without the title above them."""
        return self.on_one_screen or any(group.endswith("]") for group in self.groups)


@dataclass(frozen=True)
class Route:
    """Every relevant stop in document order, and the notes after the last."""

    stops: tuple[Stop, ...]
    last_notes: tuple[str, ...]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {stop.place: number for number, stop in enumerate(self.stops)}

    def at(self, place: str) -> Stop | None:
        """The stop of that name, if it is relevant now."""
        number = self._numbers.get(place)
        return None if number is None else self.stops[number]

    def index(self, place: str) -> int:
        """The stop's number from 0; the number of stops for a place that is none."""
        return self._numbers.get(place, len(self.stops))

    def before(self, place: str) -> Stop | None:
        """The stop that comes before; the last one for a place outside the questionnaire."""
        index = self.index(place)
        return self.stops[index - 1] if index else None

    @cached_property
    def questions(self) -> tuple[Stop, ...]:
        """The stops that take an answer."""
        return tuple(stop for stop in self.stops if stop.is_question)


def repeat_place(ref: str) -> str:
    """The place at which adding a row to the repeat `ref` is asked."""
    return f"{ref}+"


def route_of(form: FormDefinition, filled: FormSession) -> Route:
    """The route through what is relevant now."""
    together = frozenset(_field_listed(form.controls, inside=False))
    stops: list[Stop] = []
    notes: list[str] = []
    for position in filled.positions():
        if position.kind is PositionKind.NOTE:
            notes.append(position.ref)
            continue
        stops.append(_stop(position, tuple(notes), on_one_screen=position.control.path in together))
        notes = []
    return Route(tuple(stops), tuple(notes))


def _field_listed(controls: tuple[Control, ...], *, inside: bool) -> Iterator[str]:
    for control in controls:
        if control.kind is ControlKind.GROUP:
            yield from _field_listed(control.children, inside=inside or "field-list" in control.appearance)
        elif control.kind is ControlKind.REPEAT:
            yield from _field_listed(control.children, inside=inside)
        elif inside:
            yield control.path


def _stop(position: Position, notes: tuple[str, ...], *, on_one_screen: bool) -> Stop:
    is_question = position.kind is PositionKind.QUESTION
    place = position.ref if is_question else repeat_place(position.ref)
    return Stop(place, position.ref, position.kind, position.control, position.groups, notes, on_one_screen)


def controls_of(controls: tuple[Control, ...]) -> Iterator[Control]:
    """Every control of the questionnaire, groups before what is in them."""
    for control in controls:
        yield control
        if control.kind in (ControlKind.GROUP, ControlKind.REPEAT):
            yield from controls_of(control.children)

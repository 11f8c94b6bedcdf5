"""One walk of a rehearsal: a simulated respondent and the real conversation, turn by turn."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.forms import FormDefinition
from conversations.hearing.hindrances import hindrance_of
from conversations.protocol import Change, Kind, Manner, Session, Status, Terms, Turn
from conversations.rehearsal.experience import Experience
from conversations.rehearsal.person import Person, Stuck, generic
from conversations.rehearsal.plan import Plan
from conversations.session.record import from_record, to_record
from conversations.turn import begin, turn_in
from conversations.walk import Walk

IDLE = 250
"""So many things said without coming any further are a loop."""

TURNS = 300
"""A walk longer than this, and 4 times the questions, is broken off."""

PATIENCE = 3
"""After so many that were, longer than `SHORT`."""

SHORT = 60


class Ending(StrEnum):
    """How a walk ended."""

    COMPLETE = "complete"
    LEFT = "left half-way"
    STOPPED = "stopped"
    DECLINED = "declined"
    STUCK = "stuck"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """Where a walk could not go on: no "answer", a "repeat" that cannot be left, a "loop", a refused "submit", ..."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """What came of one thing said: the revision it led to, and what changed."""

    revision: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """A walk at its end: the paths of the questions met, of the notes told, and how many messages the bot has said."""

    ending: Ending
    session: Session
    said: tuple[Said, ...]
    met: tuple[str, ...]
    told: frozenset[str]
    messages: int
    dead_end: DeadEnd | None = None


_ENDINGS = {
    Status.SUBMITTED: Ending.COMPLETE,
    Status.DECLINED: Ending.DECLINED,
    Status.STOPPED: Ending.STOPPED,
}


class Walking:
    """Leads one respondent through the questionnaire."""

    def __init__(self, experience: Experience, terms: Terms, plan: Plan, person: Person, now: datetime) -> None:
        self._experience, self._terms, self._plan, self._now = experience, terms, plan, now
        self._form: FormDefinition = experience.form
        self._person = person
        self._said: list[Said] = []
        self._met: dict[str, str] = {}  # place -> path
        self._told: set[str] = set()
        self._messages = 1
        self._best = (-1, -1)
        self._idle = 0
        self._longest = TURNS + 4 * len(self._form.control_at) if experience.too_long < PATIENCE else SHORT

    def walk(self, seed: int) -> Walked:
        """From the welcome to the end."""
        turn = begin(self._form, self._terms, language=self._plan.language, seed=seed, now=self._now)
        walk = self._opened(turn.session, None)
        try:
            while len(self._said) < self._longest:
                heard = self._person.next(walk, turn.prompt)
                if heard is None:
                    return self._walked(_ENDINGS.get(turn.session.status, Ending.LEFT), turn)
                walk = self._opened(turn.session, walk)
                turn = turn_in(walk, heard)
                walk = self._after(walk, turn)
        except Stuck as stuck:
            return self._walked(Ending.STUCK, turn, DeadEnd(stuck.kind, stuck.path or _path_of(turn)))
        held_up = hindrance_of(walk) if walk.next_open() is None else None
        if held_up is not None:  # a questionnaire of one question has no summary at which to notice it sooner
            return self._walked(Ending.STUCK, turn, DeadEnd("submit", generic(held_up.ref)))
        self._experience.too_long += 1
        return self._walked(Ending.TOO_LONG, turn)

    def _opened(self, session: Session, before: Walk | None) -> Walk:
        """The walk for the next turn: from the stored record, or with the answers still at hand."""
        if self._plan.stored:
            session = from_record(json.loads(json.dumps(to_record(session))))
        walk = Walk(self._form, self._terms, session, self._now)
        if before is not None and not self._plan.stored:
            walk.take_over(before)
        return walk

    def _after(self, walk: Walk, turn: Turn) -> Walk:
        self._said.append(Said(turn.session.revision, turn.changes))
        self._messages += turn.manner is Manner.ASK
        if turn.prompt.kind in (Kind.REVIEW, Kind.RECEIPT):
            self._experience.coverage.look_at(walk)
        is_sound = self._person.hears(walk, turn)
        if walk.session.status in (Status.ANSWERING, Status.REVIEWING):
            self._meet(walk)
        self._notice_progress(turn)
        return walk if is_sound else self._opened_anew(turn)

    def _opened_anew(self, turn: Turn) -> Walk:
        return Walk(self._form, self._terms, turn.session, self._now)

    def _meet(self, walk: Walk) -> None:
        stop = walk.stop
        if stop is not None and stop.is_question and stop.place not in self._met:
            self._met[stop.place] = stop.control.path
            self._idle = 0
        if stop is not None:
            self._told.update(generic(ref) for ref in stop.notes)

    def _notice_progress(self, turn: Turn) -> None:
        if turn.session.progress > self._best or turn.changes:
            self._best = max(self._best, turn.session.progress)
            self._idle = 0 if turn.session.progress >= self._best else self._idle + 1
        else:
            self._idle += 1
        if self._idle > IDLE:
            raise Stuck("loop")

    def _walked(self, ending: Ending, turn: Turn, dead_end: DeadEnd | None = None) -> Walked:
        self._experience.coverage.asked.update(set(self._met.values()))
        self._experience.coverage.told.update(self._told)
        said, met = tuple(self._said), tuple(self._met.values())
        return Walked(ending, turn.session, said, met, frozenset(self._told), self._messages, dead_end)


def _path_of(turn: Turn) -> str:
    return generic(turn.prompt.place.removesuffix("+"))

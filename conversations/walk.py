"""One turn's working copy of a session: what has been asked, what is open, where to go next.

Opened from a session, changed while something heard is worked out, closed into the next session.
"""

from collections.abc import Container, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from conversations import stops
from conversations.drafts import draft_of
from conversations.forms import ControlKind, FormDefinition
from conversations.languages import tag_of
from conversations.machine import advance
from conversations.phrases import Phrases, phrases_for
from conversations.protocol import AnswerKept, Change, Session, Status, StatusMoved, Terms
from conversations.session import ChoiceItem, FormSession, Refused
from conversations.stops import Route, Stop, route_of

_CHOOSING = (ControlKind.SELECT_ONE, ControlKind.SELECT_MULTIPLE, ControlKind.RANK)

REMEMBERED_MESSAGES = 50
"""Typed messages whose later edit still finds its answer; older ones get a sentence."""


class Walk:
    """A session being changed; `filled` is the engine's live copy of the answers, `away` how long nothing was heard."""

    def __init__(self, form: FormDefinition, terms: Terms, session: Session, now: datetime) -> None:
        self.form = form
        self.terms = terms
        self.now = now
        self.session = session
        self.before = session
        self.changes: list[Change] = []
        self.away = timedelta()
        self._choices: dict[tuple[str, str], tuple[ChoiceItem, ...]] = {}

    @cached_property
    def filled(self) -> FormSession:
        """The answers; restored only when somebody looks."""
        return FormSession.restore(self.form, self.session.filled, now=self.now)

    @property
    def phrases(self) -> Phrases:
        """The bot's own sentences in the session's language."""
        return phrases_for(tag_of(self.session.language))

    @cached_property
    def route(self) -> Route:
        """The stops that are relevant now."""
        return route_of(self.form, self.filled)

    def _rerouted(self) -> None:
        self.__dict__.pop("route", None)
        self._choices.clear()

    def take_over(self, other: "Walk") -> None:
        """What the other one has worked out at the end of the turn before: answers, route, choices."""
        self.filled, self.route, self._choices = other.filled, other.route, other._choices  # noqa: SLF001 - of its own kind

    def choices_at(self, ref: str) -> tuple[ChoiceItem, ...]:
        """The choices of a question, each with a name and a label: a row of a repeat may have none yet."""
        key = ref, self.session.language
        if key not in self._choices:
            named = (item for item in self.filled.choices(ref) if item.name)
            self._choices[key] = tuple(item if item.label else replace(item, label=item.name) for item in named)
        return self._choices[key]

    def set(self, **fields: object) -> None:
        """Replace fields of the session."""
        self.session = replace(self.session, **fields)  # type: ignore[arg-type]

    def closed(self, before: Session) -> Session:
        """The next session: with the engine's snapshot, and one revision on if anything differs."""
        if "filled" in self.__dict__ and self.session.filled:
            self.set(filled=self.filled.snapshot())
        if self.session != before:
            self.set(revision=before.revision + 1)
            self.count_progress()
        return self.session

    def count_progress(self) -> None:
        """Remember how far the walk is; what has been handed in keeps the last count."""
        if self.session.filled:
            self.set(progress=self.progress())

    def emptied(self) -> Session:
        """The session of somebody who has submitted: the response holds the answers, so the walk forgets them."""
        return replace(self.session, filled={}, seen=(), passed=(), typed=(), cleared=(), draft=(), left=())

    # ------------------------------------------------------------ the life

    def move(self, trigger: str) -> None:
        """Go on in life, as the table allows."""
        status = advance(self.session.status, trigger)
        self.set(status=status)
        self.changes.append(StatusMoved(status))

    # ------------------------------------------------------------ answers

    def is_open(self, stop: Stop) -> bool:
        """Whether the stop still waits for the respondent."""
        return self._waits(stop, self.session.seen, self.session.passed)

    def _waits(self, stop: Stop, seen: Container[str], passed: Container[str]) -> bool:
        if stop.place not in passed and (stop.place not in seen or not stop.is_question):
            return True  # whatever is stored there
        if not stop.is_question:
            return False
        if self.filled.value(stop.ref):
            return stop.place not in seen
        return stop.place not in passed or self.filled.is_required(stop.ref)

    def keep(self, stop: Stop, value: str) -> Refused | None:
        """Store an answer; a refusal leaves everything as it was."""
        shape = self.filled.shape
        refused = self.filled.answer(stop.ref, value)
        if refused is not None:
            return refused
        if self.filled.shape != shape:
            self._rerouted()
        self.mark_seen(stop.place)
        for known in ("passed", "cleared"):
            self.set(**{known: tuple(place for place in getattr(self.session, known) if place != stop.place)})
        self.changes.append(AnswerKept(stop.ref, self.filled.value(stop.ref) or ""))
        return None

    def skip(self, stop: Stop) -> Refused | None:
        """Leave a question without an answer."""
        if self.filled.is_required(stop.ref):
            return Refused("required", self.filled.required_message(stop.ref))
        if self.filled.value(stop.ref):
            self.keep(stop, "")
        self.mark_passed(stop.place)
        return None

    def mark_seen(self, place: str) -> None:
        """Remember that the respondent stands by what is stored there."""
        if place not in self.session.seen:
            self.set(seen=(*self.session.seen, place))

    def mark_passed(self, place: str) -> None:
        """Remember that the respondent left this out, or wants no more rows."""
        if place not in self.session.passed:
            self.set(passed=(*self.session.passed, place))

    def remember(self, message: str, place: str) -> None:
        """Remember under which message a text came, for an edit of it."""
        if message:
            others = tuple(pair for pair in self.session.typed if pair[0] != message)
            self.set(typed=(*others, (message, place))[-REMEMBERED_MESSAGES:])

    def forget(self, place: str, *, last_only: bool = False) -> None:
        """Forget under which messages the text there came, or under which the last of it did."""
        known = [pair for pair in self.session.typed if pair[1] == place]
        gone = known[-1:] if last_only else known
        self.set(typed=tuple(pair for pair in self.session.typed if pair not in gone))

    # ------------------------------------------------------------ rows

    def add_row(self, ref: str) -> None:
        """One more row of an open repeat; its first question will be the next."""
        self.filled.add_repeat(ref)
        self.set(passed=tuple(place for place in self.session.passed if place != stops.repeat_place(ref)))
        self._rerouted()

    def remove_row(self, ref: str) -> None:
        """The last row of a repeat goes, with what was remembered of it."""
        row = f"{ref}[{self.filled.repeat_count(ref)}]"
        self.filled.remove_repeat(row)
        for known in ("seen", "passed", "cleared"):
            self.set(**{known: tuple(place for place in getattr(self.session, known) if not place.startswith(row))})
        self._rerouted()

    # ------------------------------------------------------------ going on

    @property
    def stop(self) -> Stop | None:
        """Where the session stands, if that is a relevant stop."""
        return self.route.at(self.session.place)

    def go(self, place: str) -> None:
        """Stand at `place`, with what is stored there as the draft."""
        is_return = self.session.left[:1] == (place,)
        draft = self._left_draft() if is_return else self._stored_draft(place)
        page = stops.UNTURNED if place.startswith("/") else 0
        self.set(place=place, page=page, part="", draft=draft, left=() if is_return else self.session.left)

    def _stored_draft(self, place: str) -> tuple[str, ...]:
        stop = self.route.at(place) if place.startswith("/") else None
        return draft_of(stop.control.kind, self.filled.value(stop.ref) or "") if stop and stop.is_question else ()

    def _left_draft(self) -> tuple[str, ...]:
        """As far as it is one still: choices may have gone with what was changed meanwhile."""
        stop, draft = self.left, self.session.left[1:]
        if stop is None or stop.control.kind not in _CHOOSING:
            return draft
        names = {item.name for item in self.choices_at(stop.ref)}
        return tuple(name for name in draft if name in names)

    @property
    def left(self) -> Stop | None:
        """What was left for a change, and is still relevant."""
        return self.route.at(self.session.left[0]) if self.session.left else None

    def first_open(self, before: str) -> Stop | None:
        """The first stop before that place that still waits for the respondent."""
        return next((stop for stop in self.route.stops[: self.route.index(before)] if self.is_open(stop)), None)

    def next_open(self) -> Stop | None:
        """The first open stop after here, or before here, or None; once all is done before it, what was left."""
        left = self.left
        if left is not None:
            return self.first_open(left.place) or left
        here = self.route.index(self.session.place)
        onward = (*self.route.stops[here:], *self.route.stops[:here])
        return next((stop for stop in onward if self.is_open(stop)), None)

    def go_on(self) -> None:
        """Stand at the next open stop; when nothing is open, at the review."""
        stop = self.next_open()
        if stop is not None:
            self.answer_again()
            self.go(stop.place)
        else:
            self.review()

    def answer_again(self) -> None:
        """From the review back among the questions."""
        if self.session.status is Status.REVIEWING:
            self.move("change")

    def review(self) -> None:
        """Stand at the review."""
        if self.session.status is Status.ANSWERING:
            self.move("finish")
        self.set(left=())
        self.go(stops.REVIEW)

    def progress(self) -> tuple[int, int]:
        """(questions done, questions relevant now)."""
        questions = self.route.questions
        return len(questions) - len(self.waiting(questions)), len(questions)

    def waiting(self, among: Sequence[Stop]) -> list[Stop]:
        """Those that still wait for the respondent."""
        seen, passed = frozenset(self.session.seen), frozenset(self.session.passed)  # a tuple is read to its end
        return [stop for stop in among if self._waits(stop, seen, passed)]

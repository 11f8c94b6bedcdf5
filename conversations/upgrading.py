"""A session put over to a newer version of its questionnaire: answers, place, and what the respondent is to be told."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from conversations.answers.lines import LEAST
from conversations.forms import FormDefinition
from conversations.forms.correspondence import Reason, correspond
from conversations.languages import language_of, tag_of
from conversations.prompts import prompt_of
from conversations.prompts.offers import offered, pages_of
from conversations.prompts.question import is_gathered, is_masked
from conversations.prompts.renewal import LONGEST_NAMED, NAMED
from conversations.prompts.review import answer_text, shortened
from conversations.protocol import Prompt, Renewal, Session, Status, Terms
from conversations.session.migration import Lost, Way, move_answers
from conversations.walk import Walk

OPEN = (Status.NOTIFIED, Status.ANSWERING, Status.REVIEWING, Status.STOPPED, Status.DECLINED)
"""Sessions that go over; what was handed in stays with its version."""

_POSITION = re.compile(r"\[\d+\]")
_BEGUN = (Status.ANSWERING, Status.REVIEWING, Status.STOPPED)


@dataclass(frozen=True, slots=True)
class Moved:
    """A session in the newer version. `lost` answers did not go over; `again` of their questions are asked now."""

    session: Session
    lost: tuple[Lost, ...]
    again: tuple[str, ...]
    returns: bool  # from the summary back among the questions


@dataclass(slots=True)
class MigrationReport:
    """What becomes of sessions, summed: counts by question (a generic path) and never who."""

    sessions: int = 0
    whole: int = 0  # all their answers go over
    returning: int = 0
    told: int = 0
    again: Counter[str] = field(default_factory=Counter)  # by path in the newer version
    dropped: Counter[str] = field(default_factory=Counter)  # by path in the older version: asked nowhere any more
    choices: Counter[str] = field(default_factory=Counter)  # by path in the newer version: a choice is gone

    def add(self, moved: Moved) -> Self:
        """One more session."""
        self.sessions += 1
        self.whole += not moved.lost
        self.returning += moved.returns
        self.told += moved.session.renewal is not None
        self.again.update(set(map(_path, moved.again)))
        self.dropped.update({_path(lost.ref) for lost in moved.lost if not lost.now})
        self.choices.update({_path(lost.now) for lost in moved.lost if lost.reason is Reason.CHOICE})
        return self


def way_between(old: FormDefinition, new: FormDefinition) -> Way:
    """What moving sessions from one version to the other needs; worked out once."""
    return Way(old, new, correspond(old, new))


def move_session(way: Way, terms: Terms, session: Session, *, now: datetime) -> Moved:
    """The session as if it had been begun with the newer version, one revision on; `OPEN` ones only.

    The respondent stays where he is as long as that is asked; from the summary he goes back if something is open.
    """
    language = language_of(way.new, tag_of(session.language) or session.language)
    if session.language in way.new.languages:
        language = session.language
    asked = {*session.seen, *session.passed}
    answers = move_answers(way, session.filled, asked=asked, now=now, language=language)
    placed = _with_places(way, session, answers.lost)
    walk = Walk(way.new, terms, replace(placed, language=language, filled=answers.filled), now)
    _stand(walk, session)
    walk.set(revision=session.revision + 1)
    walk.count_progress()
    again = tuple(lost.now for lost in answers.lost if lost.now and walk.route.at(lost.now))
    refs = {lost.now: lost.ref for lost in answers.lost if lost.now in again}
    renewal = _renewal(way, terms, session, walk, refs)
    returns = session.status is Status.REVIEWING and walk.session.status is Status.ANSWERING
    return Moved(replace(walk.session, renewal=renewal), answers.lost, again, returns)


def _with_places(way: Way, session: Session, lost: Iterable[Lost]) -> Session:
    """The places that a session remembers, as the newer version calls them; a question asked again is as if new."""
    open_again = {one.ref for one in lost}

    def places(known: Iterable[str]) -> tuple[str, ...]:
        found = (_place(way, place) for place in known if place not in open_again)
        return tuple(dict.fromkeys(place for place in found if place))

    typed = tuple((message, now) for message, place in session.typed if (now := _place(way, place)))
    return replace(
        session,
        place=_place(way, session.place),
        seen=places(session.seen),
        passed=places(session.passed),
        cleared=places(session.cleared),
        left=places(session.left[:1]),
        typed=typed,
    )


def _place(way: Way, place: str) -> str:
    if place.startswith("~"):
        return place
    ref, plus, _ = place.partition("+")
    found = way.ref(ref)
    return found + plus if found else ""


def _stand(walk: Walk, before: Session) -> None:
    """Where the walk goes on, with the draft as far as it is still one."""
    status = walk.session.status
    if status is Status.REVIEWING and walk.next_open() is not None:
        walk.go_on()
        return
    if status is not Status.ANSWERING:
        return
    stop = walk.stop
    if stop is None:
        walk.go_on()
        return
    names = [item.name for item in offered(walk, stop)]
    is_free = stop.control.kind in LEAST or is_gathered(stop.control)  # whose pieces are no choices
    walk.set(part="", draft=tuple(piece for piece in before.draft if is_free or piece in names))
    if walk.session.page >= pages_of(len(names)):
        walk.set(page=0)


def _renewal(way: Way, terms: Terms, before: Session, walk: Walk, again: Mapping[str, str]) -> Renewal | None:
    """What the respondent is to be told; None if nothing that concerns him has changed. `again`: new ref -> old."""
    has_begun = before.status in _BEGUN
    added = sum(1 for _ in _added(way, walk)) if has_begun else 0
    old = Walk(way.old, terms, replace(before, renewal=None), walk.now)
    asks_anew = _said(prompt_of(old)) != _said(prompt_of(walk))
    earlier = before.renewal or Renewal()
    known = ((place, answer) for ref, answer in earlier.named if (place := _place(way, ref)) and place not in again)
    named = (*known, *((now, _old_answer(old, ref)) for now, ref in again.items()))[:NAMED]
    renewal = Renewal(len(again) + earlier.again, added + earlier.added, asks_anew or earlier.asks_anew, named)
    return None if renewal == Renewal() else renewal


def _old_answer(old: Walk, ref: str) -> str:
    stop = old.route.at(ref)
    return "" if stop is None or is_masked(stop.control) else shortened(answer_text(old, stop), LONGEST_NAMED)


def _added(way: Way, walk: Walk) -> Iterator[str]:
    """The questions that are asked now and that the older version does not have."""
    known = set(way.same.paths.values())
    return (stop.place for stop in walk.route.questions if stop.control.path not in known and walk.is_open(stop))


def _said(prompt: Prompt) -> Prompt:
    """A prompt without what may change under it unnoticed: the version, and how many questions there are."""
    return replace(prompt, revision=0, progress=(0, 0), blocks=tuple(b for b in prompt.blocks if b.style != "progress"))


def _path(ref: str) -> str:
    return _POSITION.sub("", ref)

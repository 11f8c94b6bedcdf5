"""A second opinion on who is to be written to: in plain Python, from what people did and what left."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from conversations.protocol import WaveKind
from storage.due import Posting, Reason
from tests.field_work.journal import Act, Event, Journal, Left, Order, Ran, Returned, Stage
from tests.field_work.people import HARD

HALF_WAY = (Stage.HALF_WAY, Stage.REVIEWING)
LAST_TRY = 6
"""A message that comes back so often for the time being is given up."""

WRITTEN_TO = {
    WaveKind.INVITATION: (Reason.DUE,),
    WaveKind.REMINDER: (Reason.DUE,),
    WaveKind.LAST_DAY: (Reason.DUE, Reason.ACTIVE_LATELY, Reason.WRITTEN_LATELY),
    WaveKind.CLOSED: (Reason.DUE,),
}
"""Who gets a message of a wave; some of them later."""

OVER = {Stage.DONE: Reason.COMPLETED, Stage.DECLINED: Reason.DECLINED, Stage.STOPPED: Reason.STOPPED}


@dataclass
class Truth:
    """What is true of one person at one moment. `written`: what has arrived and when; `waiting`: what is to leave."""

    stage: Stage = Stage.ABSENT
    channel: str = "email"
    done: int = 0
    is_quiet: bool = False
    is_excluded: bool = False
    is_undeliverable: bool = False
    has_blocked: bool = False
    is_known_to_block: bool = False
    active_at: datetime | None = None
    written: dict[str, tuple[datetime, WaveKind | None]] = field(default_factory=dict)
    waiting: dict[str, WaveKind | None] = field(default_factory=dict)
    returns: Counter[str] = field(default_factory=Counter)

    @property
    def is_half_way(self) -> bool:
        """Begun and not submitted."""
        return self.stage in HALF_WAY

    @property
    def is_invited(self) -> bool:
        """Or about to be."""
        return WaveKind.INVITATION in {*self.waiting.values(), *(kind for _, kind in self.written.values())}


class Opinion:
    """What is true of everybody after some of the things of a journal; `learn` takes the next one."""

    def __init__(self, journal: Journal) -> None:
        late = {person for event in journal.events if isinstance(event, Order) for person in event.adds}
        self.people = {person: Truth() for person in journal.sorts if person not in late}
        self.closes_at: datetime | None = None
        self._postings = journal.postings
        self._is_inviting = False

    # ------------------------------------------------------------ what happens

    def learn(self, event: Event) -> None:
        """It has happened."""
        match event:
            case Act():
                self._acted(self.people[event.person], event)
            case Left():
                somebody = self.people[event.person]
                somebody.waiting.pop(event.occasion, None)
                somebody.written[event.occasion] = event.at, event.kind
            case Returned():
                self._returned(self.people[event.person], event)
            case Ran():
                self._ran(event)
            case Order():
                self._ordered(event)

    @staticmethod
    def _acted(somebody: Truth, act: Act) -> None:
        somebody.stage, somebody.done = act.stage, act.done
        somebody.is_quiet |= act.is_quiet
        somebody.has_blocked |= act.has_blocked
        if act.bound:
            somebody.channel = "telegram" if act.bound == "telegram" else "email"
        if act.is_active:
            somebody.active_at = act.at

    @staticmethod
    def _returned(somebody: Truth, returned: Returned) -> None:
        _, kind = somebody.written.pop(returned.occasion)
        somebody.returns[returned.occasion] += 1
        somebody.is_undeliverable |= returned.status == HARD
        if returned.status != HARD and somebody.returns[returned.occasion] < LAST_TRY:
            somebody.waiting[returned.occasion] = kind

    def _ran(self, ran: Ran) -> None:
        for person, somebody in self.people.items():
            if self.judges(person, ran.kind, ran.at) not in WRITTEN_TO[ran.kind]:
                continue
            somebody.is_known_to_block |= somebody.has_blocked and somebody.channel == "telegram"
            state, _ = self._postings.get((person, ran.occasion), (None, ""))
            if state in (Posting.SENT, Posting.QUEUED):
                somebody.waiting[ran.occasion] = ran.kind
        self._is_inviting |= ran.kind is WaveKind.INVITATION

    def _ordered(self, order: Order) -> None:
        self.people |= {person: Truth() for person in order.adds}
        if order.excludes:
            self.people[order.excludes].is_excluded = True
        if order.renews:
            self.people[order.renews].channel = "email"
        if order.opens_until or order.closes:
            self.closes_at = order.opens_until or order.at

    # ------------------------------------------------------------ what follows

    def judges(self, person: str, kind: WaveKind, now: datetime) -> Reason:
        """Whether this person is due in a wave of this kind now, and why not."""
        somebody = self.people[person]
        if (always := _whatever_it_is(somebody)) is not None:
            return always
        if kind is WaveKind.INVITATION:
            return _for_an_invitation(somebody)
        if kind is WaveKind.REMINDER and somebody.stage is Stage.ABSENT and self._is_inviting:
            return _just_now(somebody, kind, now) if somebody.is_invited else Reason.NOT_INVITED
        if kind is not WaveKind.REMINDER and not somebody.is_half_way:
            return Reason.NOT_HALF_WAY
        return Reason.DUE if kind is WaveKind.CLOSED else _just_now(somebody, kind, now)


def _whatever_it_is(somebody: Truth) -> Reason | None:
    if somebody.is_excluded:
        return Reason.NOT_ELIGIBLE
    if somebody.stage in OVER:
        return OVER[somebody.stage]
    if somebody.is_quiet:
        return Reason.QUIET
    if somebody.channel == "email":
        return Reason.UNDELIVERABLE if somebody.is_undeliverable else None
    return Reason.BLOCKED if somebody.is_known_to_block else None


def _for_an_invitation(somebody: Truth) -> Reason:
    if somebody.stage is not Stage.ABSENT:
        return Reason.OPENED
    return Reason.INVITED if somebody.is_invited else Reason.DUE


def _just_now(somebody: Truth, kind: WaveKind, now: datetime) -> Reason:
    """The hour in which somebody was active is all that is known."""
    since = (now - timedelta(hours=4)).replace(minute=0, second=0, microsecond=0)
    if somebody.active_at is not None and somebody.active_at >= since:
        return Reason.ACTIVE_LATELY
    lately = [kind for at, kind in somebody.written.values() if at > now - timedelta(hours=20)]
    if any(kind is not None for kind in (*lately, *somebody.waiting.values())):  # a link that was asked for is none
        return Reason.WRITTEN_LATELY
    is_told = any(at > now - timedelta(days=4) and told is WaveKind.LAST_DAY for at, told in somebody.written.values())
    return Reason.TOLD_LATELY if is_told and kind is WaveKind.REMINDER else Reason.DUE


# ---------------------------------------------------------------- the moments that matter


def waves_of(journal: Journal) -> Iterator[tuple[Left, Truth, Opinion]]:
    """The messages that left by themselves, each with what was true at the last look."""
    opinion, learnt = Opinion(journal), 0
    for left in sorted(journal.left(), key=lambda one: one.begun):
        for event in journal.events[learnt : left.begun]:
            opinion.learn(event)
        learnt = left.begun
        if left.kind is not None:
            yield left, opinion.people[left.person], opinion


def runs_of(journal: Journal) -> Iterator[tuple[Ran, Opinion]]:
    """The waves, each with what was true when it ran."""
    opinion = Opinion(journal)
    for event in journal.events:
        if isinstance(event, Ran):
            yield event, opinion
        opinion.learn(event)

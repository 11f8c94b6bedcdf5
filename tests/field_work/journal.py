"""What happened in a simulated field period, in its order: what people and the coordinator did, what left, what ran."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from conversations.protocol import Status, WaveKind
from storage.due import Posting
from storage.settling import Tally
from storage.waves import Counts


class Stage(StrEnum):
    """How far somebody is, as the person knows it."""

    ABSENT = "has not come"
    OPENED = "has opened the link"
    HALF_WAY = "is half-way"
    REVIEWING = "is at the summary"
    DONE = "has finished"
    DECLINED = "has declined"
    STOPPED = "has stopped"


@dataclass(frozen=True, slots=True)
class Act:
    """What a person did, how far that leads, and how many answers it makes in all.

    `bound` is the channel in which the conversation now is, "" if there was none; `is_active` where it went on.
    """

    at: datetime
    person: str
    words: str
    stage: Stage
    done: int
    bound: str
    is_active: bool
    is_quiet: bool = False
    has_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A message that left. `occasion` is its key in the outbox, `kind` None for a link that was asked for.

    `known` (None: never came) and the numbers are what the system knew when it looked for the last time: after `begun`
    things of this journal. `said` is in whose words; `text` is what the person reads.
    """

    at: datetime
    person: str
    occasion: str
    kind: WaveKind | None
    channel: str
    said: str
    known: Status | None
    done: int
    asked: int
    begun: int
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A message came back, with this status."""

    at: datetime
    person: str
    occasion: str
    status: str


@dataclass(frozen=True, slots=True)
class Ran:
    """A wave ran: who was due or not."""

    at: datetime
    wave: int
    kind: WaveKind
    counts: Counts

    @property
    def occasion(self) -> str:
        """The key of its messages in the outbox."""
        return f"w{self.wave}"


@dataclass(frozen=True, slots=True)
class Order:
    """What the coordinator did: people who are excluded, added, or get a new link; until when it is open, if ever."""

    at: datetime
    words: str
    excludes: str = ""
    adds: tuple[str, ...] = ()
    renews: str = ""
    opens_until: datetime | None = None
    closes: bool = False


Event = Act | Left | Returned | Ran | Order


@dataclass
class Journal:
    """One field period. `sorts` says how people are; `mails` and `chats` count what has arrived there.

    As it ended: `postings`, (person, occasion) -> state and reason, and `tallies`, as storage counts.
    """

    events: list[Event] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    postings: dict[tuple[str, str], tuple[Posting, str]] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    mails: int = 0
    chats: int = 0

    def add(self, event: Event) -> None:
        """It happens now."""
        self.events.append(event)

    def left(self) -> Iterator[Left]:
        """The messages that left."""
        return (event for event in self.events if isinstance(event, Left))

    def ran(self) -> Iterator[tuple[int, Ran]]:
        """The waves that ran, with their places in the journal."""
        return ((number, event) for number, event in enumerate(self.events) if isinstance(event, Ran))

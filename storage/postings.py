"""The words between the outbox and those who carry its messages: what is to be sent, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from conversations.letters import Occasion, OwnWords
from conversations.protocol import WaveKind
from storage.register import Participant
from storage.sessions import StoredSession
from storage.surveys import Survey


@dataclass(frozen=True, slots=True)
class Ticket:
    """A message that may leave in `wait` seconds; its key in the outbox is `participant` and `occasion`."""

    participant: str
    occasion: str
    channel: str
    wait: float

    @property
    def key(self) -> dict[str, object]:
        """What finds its row."""
        return {"of_participant": self.participant, "of_occasion": self.occasion}


@dataclass(frozen=True, slots=True)
class Errand:
    """A message that is to be sent now. `kind` is None for a link that somebody asked for.

    `attempt` counts from 1. `chat` is the address in a chat, "" by e-mail. `texts` are the coordinator's own words.
    `begun_at` tells this sending from any other of the same message. `is_open_again` if the person was told last that
    the survey has closed, and it is open again.
    """

    ticket: Ticket
    attempt: int
    kind: WaveKind | None
    survey: Survey
    participant: Participant
    session: StoredSession | None
    chat: str
    texts: Mapping[tuple[Occasion, str], OwnWords]
    begun_at: datetime
    is_open_again: bool = False


class Blame(StrEnum):
    """What a refusal says about more than this one message."""

    CHAT = "chat"  # the bot is blocked there, or the account is gone
    ADDRESS = "address"  # nobody has this e-mail address


@dataclass(frozen=True, slots=True)
class Sent:
    """It was taken over by the other side; `note` is FILED where that is only a folder."""

    note: str = ""


FILED = "written to the folder, not sent"


@dataclass(frozen=True, slots=True)
class Rejected:
    """It was refused for good; `reason` is for people."""

    reason: str
    blames: Blame | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """Not now, but in so many seconds; with `pauses_all` nothing else of the channel until then either.

    A pause says nothing against the message, so it does not count as an attempt.
    """

    reason: str
    seconds: float
    pauses_all: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It may have arrived or not, and nobody can tell."""

    reason: str


Outcome = Sent | Rejected | Later | Doubtful

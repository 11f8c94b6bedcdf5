"""How often each answer is to be given: the margins that a rehearsal is made to have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from conversations.rehearsal.plan import Fate

OF_PERSON = "@"
"""Begins an answer that is looked up in the register: "@area" is what the person's column `area` says."""


@dataclass(frozen=True, slots=True)
class Card:
    """One answer in its stored form, "" for leaving the question out; how many give it, or which share (of 1) does."""

    line: int
    value: str
    count: int | None = None
    share: float = 0.0

    @property
    def weight(self) -> float:
        """How likely it is where nothing else is known."""
        return self.share if self.count is None else self.count


@dataclass(frozen=True, slots=True)
class Deck:
    """The answers to one question; `given`: only where these other questions (paths) have these answers."""

    path: str
    given: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Margins:
    """All that is given. `outcomes`: people by how they end; `units`: those who hand in, by column and value.

    `day`: on which the field period is over, None for today. Of several decks of a question the first that fits counts.
    """

    decks: Mapping[str, tuple[Deck, ...]] = field(default_factory=dict)
    outcomes: Mapping[Fate, int] = field(default_factory=dict)
    units: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    day: date | None = None

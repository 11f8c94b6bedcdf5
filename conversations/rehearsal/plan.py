"""What one respondent is like: decided before the walk, and what he aims at."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from conversations.rehearsal.dice import Dice
from conversations.rehearsal.hints import Hints


class Fate(StrEnum):
    """How a respondent means to end."""

    COMPLETE = "complete"
    LEAVES = "leaves"  # breaks off and never comes back
    STOPS = "stops"  # says /stop half-way
    DECLINES = "declines"


LEAVING = {Fate.LEAVES: 0.10, Fate.STOPS: 0.03, Fate.DECLINES: 0.05}
"""Shares of those who come, where answers are rehearsed: about what field periods have."""

TRYING = {Fate.LEAVES: 0.0, Fate.STOPS: 0.01, Fate.DECLINES: 0.02}
"""Shares where only the questionnaire is tried."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`turns`: how many things somebody says before leaving; `stored`: whether every step goes on from JSON."""

    fate: Fate
    turns: int
    language: str
    stored: bool
    clumsy: bool  # says much that cannot be taken, goes back, corrects
    wishes: Mapping[str, Hints]


def plan_for(
    dice: Dice, shares: Mapping[Fate, float], language: str, wishes: Mapping[str, Hints], questions: int
) -> Plan:
    """Drawn by chance; somebody who leaves does so at any of so many questions."""
    return Plan(
        fate=_fate(dice, shares),
        turns=1 + int(dice() * questions),
        language=language,
        stored=dice.happens(0.2),
        clumsy=dice.happens(0.35),
        wishes=wishes,
    )


def _fate(dice: Dice, shares: Mapping[Fate, float]) -> Fate:
    drawn = dice()
    for fate, share in shares.items():
        if drawn < share:
            return fate
        drawn -= share
    return Fate.COMPLETE

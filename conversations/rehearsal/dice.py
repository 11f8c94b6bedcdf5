"""Chance in a rehearsal: every draw follows from the seed, so that the same seed gives the same report."""

from collections.abc import Sequence
from typing import TypeVar

from conversations.session.evaluation import Chance

Thing = TypeVar("Thing")


class Dice(Chance):
    """Draws that follow from a text."""

    def happens(self, share: float) -> bool:
        """Whether something that happens in this share of cases happens now."""
        return self() < share

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of them, each as likely as the others."""
        return things[int(self() * len(things))]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """All of them in an order of chance."""
        drawn = [(self(), place) for place in range(len(things))]
        return [things[place] for _, place in sorted(drawn)]

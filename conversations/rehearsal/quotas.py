"""Deals out the answers that margins ask for: exact counts, or shares of those who reach a question."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from conversations.forms.definition import CHOOSING
from conversations.prompts.offers import offered
from conversations.rehearsal.coverage import refs_of
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.margins import OF_PERSON, Card, Deck, Margins
from conversations.stops import Stop
from conversations.walk import Walk


@dataclass(frozen=True, slots=True)
class Unmet:
    """A line of the margins that did not come out: how many were wanted, and how many there are."""

    line: int
    path: str
    value: str
    wanted: int
    dealt: int


class Quotas:
    """What is left of the margins, while one respondent after the other is dealt answers."""

    def __init__(self, margins: Margins, seed: int) -> None:
        self._margins, self._seed = margins, seed
        self._dice: dict[int, Dice] = {}  # by the first line of the deck, so that no question disturbs another
        self._dealt: Counter[int] = Counter()  # by line
        self.refused: set[int] = set()  # lines with an answer that the questionnaire did not take

    def deal(self, walk: Walk, stop: Stop, person: Mapping[str, str], *, counts: bool) -> Card | None:
        """An answer for this question; None without margins. Unless it `counts`, it takes nothing away."""
        deck = next((deck for deck in self._margins.decks.get(stop.control.path, ()) if _holds(deck, walk, stop)), None)
        if deck is None:
            return None
        cards = [card for card in deck.cards if _is_possible(walk, stop, value_for(card, person))]
        first = deck.cards[0].line
        dice = self._dice.setdefault(first, Dice(f"{self._seed}:quotas:{first}"))
        card = _drawn(cards, self._needs(deck, cards), dice())
        if counts and card is not None:
            self._dealt[card.line] += 1
        return card

    def _needs(self, deck: Deck, cards: Sequence[Card]) -> list[float]:
        """How much each is wanted: what is left of a count, or how far a share has fallen behind."""
        reached = 1 + sum(self._dealt[card.line] for card in deck.cards)
        wanted = [card.share * reached if card.count is None else card.count for card in cards]
        needs = [max(0.0, want - self._dealt[card.line]) for want, card in zip(wanted, cards, strict=True)]
        return needs if any(needs) else [card.weight for card in cards]

    def unmet(self) -> Iterator[Unmet]:
        """The counts that are not what they should be; of shares, those that are off by more than one person."""
        for path, decks in self._margins.decks.items():
            for deck in decks:
                reached = sum(self._dealt[card.line] for card in deck.cards)
                for card in deck.cards:
                    off = abs(self._dealt[card.line] - (card.share * reached if card.count is None else card.count))
                    if off > (1 if card.count is None else 0):
                        wanted = round(card.share * reached) if card.count is None else card.count
                        yield Unmet(card.line, path, card.value, wanted, self._dealt[card.line])


class Hand:
    """What one respondent was dealt: the same answer to the same question, however often it is asked."""

    def __init__(self, quotas: Quotas, person: Mapping[str, str], *, counts: bool) -> None:
        self._quotas, self._person, self._counts = quotas, person, counts
        self._cards: dict[str, Card | None] = {}

    def answer_to(self, walk: Walk, stop: Stop) -> str | None:
        """The answer, "" to leave the question out; None where there are no margins for it."""
        if stop.ref not in self._cards:
            self._cards[stop.ref] = self._quotas.deal(walk, stop, self._person, counts=self._counts)
        card = self._cards[stop.ref]
        return None if card is None else value_for(card, self._person)

    def was_refused(self, ref: str, value: str) -> None:
        """The questionnaire does not take this answer, which may be the one that was dealt."""
        card = self._cards.get(ref)
        if card is not None and value == value_for(card, self._person):
            self._quotas.refused.add(card.line)


def _drawn(cards: Sequence[Card], needs: Sequence[float], drawn: float) -> Card | None:
    sums = list(accumulate(needs, initial=0.0))
    return next((card for card, end in zip(cards, sums[1:], strict=True) if drawn * sums[-1] < end), None)


def value_for(card: Card, person: Mapping[str, str]) -> str:
    """The answer of this person."""
    return person.get(card.value[1:], "") if card.value.startswith(OF_PERSON) else card.value


def _is_possible(walk: Walk, stop: Stop, value: str) -> bool:
    if stop.control.kind not in CHOOSING:
        return True
    return set(value.split()) <= {item.name for item in offered(walk, stop)}


def _holds(deck: Deck, walk: Walk, stop: Stop) -> bool:
    return all(value in _value_near(walk, stop, path) for path, value in deck.given)


def _value_near(walk: Walk, stop: Stop, path: str) -> tuple[str, ...]:
    """The answer to another question, of the same row where both are in one: as a whole, and its choices."""
    row = stop.ref.rpartition("/")[0]
    refs = refs_of(walk.form, walk.filled, path)
    same = [ref for ref in refs if ref.rpartition("/")[0] == row] or refs
    value = (walk.filled.value(same[0]) if same else None) or ""
    return (value, *value.split())

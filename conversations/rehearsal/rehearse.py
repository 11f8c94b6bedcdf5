"""Many walks, one after the other, each learning from those before; then what all of them together have found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from conversations.forms import FormDefinition
from conversations.minutes import asked_kinds
from conversations.protocol import Terms
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.experience import Experience
from conversations.rehearsal.person import Person
from conversations.rehearsal.plan import TRYING, Fate, Plan, plan_for
from conversations.rehearsal.quotas import Hand, Quotas
from conversations.rehearsal.quoted import Quoted
from conversations.rehearsal.walking import Walked, Walking


@dataclass(frozen=True, slots=True)
class Guest:
    """Who walks: in this language, "" for any; at this moment, None for that of the rehearsal.

    With margins also how it ends, None for chance, and what the register says of the person.
    """

    language: str = ""
    at: datetime | None = None
    fate: Fate | None = None
    person: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """A questionnaire being walked: `walks` gives one walk after the other, `experience` grows with them."""

    experience: Experience
    terms: Terms
    seed: int
    now: datetime
    shares: Mapping[Fate, float]
    quotas: Quotas | None = None

    def walks(self, guests: Iterable[Guest]) -> Iterator[Walked]:
        """One walk for each."""
        for place, guest in enumerate(guests):
            dice = Dice(f"{self.seed}:{place}")
            language = guest.language or self._language(dice)
            plan = plan_for(dice, self.shares, language, self.experience.wishes(place), self._questions)
            if self.quotas is not None:
                plan = replace(plan, fate=guest.fate or plan.fate, clumsy=False)
            person = self._person(guest, plan, dice)
            yield Walking(self.experience, self.terms, plan, person, guest.at or self.now).walk(
                seed_of(self.seed, place)
            )

    def _person(self, guest: Guest, plan: Plan, dice: Dice) -> Person:
        if self.quotas is None:
            return Person(self.experience, plan, dice)
        hand = Hand(self.quotas, guest.person, counts=plan.fate is Fate.COMPLETE)
        return Quoted(self.experience, plan, dice, hand)

    @property
    def _questions(self) -> int:
        """How many questions somebody meets, at most; rows of repeats count once."""
        return len(asked_kinds(self.experience.form))

    def _language(self, dice: Dice) -> str:
        """Mostly the questionnaire's own, now and then another of its languages."""
        spoken = self.experience.form.languages or ("",)
        return self.experience.form.default_language if dice.happens(0.7) else dice.pick(spoken)


def rehearsing(
    form: FormDefinition,
    terms: Terms,
    *,
    seed: int,
    now: datetime,
    shares: Mapping[Fate, float] = TRYING,
    quotas: Quotas | None = None,
) -> Rehearsing:
    """Ready to walk. The same arguments give the same walks; `now` is an aware moment."""
    return Rehearsing(Experience(form), terms, seed, now, shares, quotas)


def seed_of(seed: int, place: int) -> int:
    """The seed of one respondent's session: another one for each, the same each time."""
    return int(Dice(f"{seed}:session:{place}")() * (1 << 53))

"""Many walks, one after the other, each learning from those before; then what all of them together have found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from conversations.forms import FormDefinition
from conversations.protocol import Terms
from conversations.rehearsal.dice import Dice
from conversations.rehearsal.experience import Experience
from conversations.rehearsal.plan import TRYING, Fate, plan_for
from conversations.rehearsal.walking import Walked, Walking


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """A questionnaire being walked: `walks` gives one walk after the other, `experience` grows with them."""

    experience: Experience
    terms: Terms
    seed: int
    now: datetime
    shares: Mapping[Fate, float]

    def walks(self, number: int, languages: tuple[str, ...] = ()) -> Iterator[Walked]:
        """So many walks, in the languages given in turn, or in all of the questionnaire."""
        spoken = languages or self.experience.form.languages or ("",)
        for place in range(number):
            dice = Dice(f"{self.seed}:{place}")
            language = spoken[0] if dice.happens(0.7) else dice.pick(spoken)
            plan = plan_for(dice, self.shares, language, self.experience.wishes(place))
            walking = Walking(self.experience, self.terms, plan, dice, self.now)
            yield walking.walk(seed_of(self.seed, place))


def rehearsing(
    form: FormDefinition, terms: Terms, *, seed: int, now: datetime, shares: Mapping[Fate, float] = TRYING
) -> Rehearsing:
    """Ready to walk. The same arguments give the same walks; `now` is an aware moment."""
    return Rehearsing(Experience(form), terms, seed, now, shares)


def seed_of(seed: int, place: int) -> int:
    """The seed of one respondent's session: another one for each, the same each time."""
    return int(Dice(f"{seed}:session:{place}")() * (1 << 53))

"""What is hidden is hidden in all that follows from it: nobody may learn it from how many were asked further."""

from dataclasses import dataclass, field

from admin_scripts.disclosure.leads import Leads
from admin_scripts.disclosure.telltale import tells
from admin_scripts.microdata.variables import Variable


@dataclass(frozen=True, slots=True)
class Untold:
    """What is not told of one question: all of it, some of the finest groups, the numbers of some codes."""

    is_hidden: bool = False
    groups: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    is_multiple: bool = False

    def __or__(self, other: "Untold") -> "Untold":
        return Untold(
            self.is_hidden or other.is_hidden,
            self.groups | other.groups,
            self.codes | other.codes,
            self.is_multiple or other.is_multiple,
        )


@dataclass(slots=True)
class Following:
    """The questions that were looked at so far, each after all on which it depends."""

    leads: Leads
    untold: dict[str, Untold] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)

    def rank(self, name: str) -> int:
        """Smaller for whatever another one depends on."""
        return len(self.leads.all.get(name, ()))

    def hidden(self) -> frozenset[str]:
        """The questions of which nothing is told."""
        return frozenset(name for name, one in self.untold.items() if one.is_hidden)

    def groups_before(self, name: str) -> frozenset[int]:
        """The groups that are hidden in any question on which this one depends."""
        return frozenset().union(*(self._of(lead).groups for lead in self.leads.all.get(name, ())))

    def is_given_away(self, variable: Variable) -> bool:
        """Whether how many were asked this, or what was made of answers, would tell what is hidden of another."""
        leads = self.leads.all.get(variable.name, frozenset())
        if any(self._of(lead).is_hidden for lead in leads):
            return True
        return any(self.gives_away(variable, lead, self._of(lead)) for lead in leads)

    def gives_away(self, variable: Variable, lead: str, untold: Untold) -> bool:
        """Whether these numbers of what it depends on could be told by it."""
        leads = self.leads.all.get(variable.name, frozenset())
        filtered = self.leads.filtered.get(variable.name, frozenset())
        calculated = filtered.union(self._made_of(variable.name), *map(self._made_of, leads | filtered))
        if untold.codes and lead in calculated:
            return True
        return tells(variable.relevant, lead, untold.codes, is_multiple=untold.is_multiple)

    def _made_of(self, name: str) -> frozenset[str]:
        return self.leads.made_of.get(name, frozenset())

    def is_of_few_more(self, name: str, asked: int, k: int) -> bool:
        """Whether it was asked of 1 to k - 1 people fewer than something that it depends on together with more."""
        leads = self.leads.all.get(name, frozenset())
        known = (number for other, number in self.asked.items() if self.leads.all.get(other, leads) <= leads)
        return any(0 < abs(number - asked) < k for number in known)

    def remember(self, name: str, untold: Untold) -> None:
        """What is not told of a question; a ranking passes it on to its questions, an opening one nothing."""
        if name not in self.leads.opening:
            self.untold[name] = self._of(name) | untold

    def _of(self, name: str) -> Untold:
        return self.untold.get(name, _NOTHING)


_NOTHING = Untold()

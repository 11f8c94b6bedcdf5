"""What has become of a group of people as AAPOR's rates, and of each unit as far as it may be told.

The only file that knows the formulas.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.dispositions import Counts, Disposition
from storage.small_groups import Told, joined, protected, rate_told

DECIMALS_FROM = 100

CODES: Mapping[Disposition, tuple[str, str]] = {
    Disposition.COMPLETE: ("1.1", "I"),
    Disposition.PARTIAL: ("1.2", "P"),
    Disposition.BREAK_OFF: ("2.12", "R"),
    Disposition.REFUSAL: ("2.11", "R"),
    Disposition.OPENED: ("2.11", "R"),
    Disposition.NON_CONTACT: ("2.20", "NC"),
    Disposition.UNDELIVERABLE: ("3.30", "UO"),
    Disposition.NOT_ELIGIBLE: ("4.0", "NE"),
}
"""Code and class of each disposition."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A response rate: `part` of `whole`, which is no whole number where eligibility is estimated."""

    name: str
    formula: str
    part: int
    whole: float


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The people of a group by what has become of them."""

    counts: Counts

    def number(self, *classes: str) -> int:
        """The people of these classes: I, P, R, NC, UO, NE."""
        return sum(n for disposition, n in self.counts.items() if CODES[disposition][1] in classes)

    @property
    def people(self) -> int:
        """Everybody."""
        return sum(self.counts.values())

    @property
    def base(self) -> int:
        """Everybody but the not eligible."""
        return self.people - self.number("NE")

    @property
    def complete(self) -> int:
        """Those who have handed in."""
        return self.number("I")

    @property
    def known(self) -> int:
        """Those of whom it is known that they are eligible."""
        return self.number("I", "P", "R", "NC")

    @property
    def eligible(self) -> float:
        """AAPOR's e: the share of the eligible among those of whom it is known (proportional allocation, CASRO)."""
        judged = self.known + self.number("NE")
        return self.known / judged if judged else 1.0

    def rates(self) -> tuple[Rate, ...]:
        """RR1 to RR6."""
        estimated = self.known + self.eligible * self.number("UO")
        wholes = {"all": float(self.base), "estimated": estimated, "known": float(self.known)}
        return tuple(
            Rate(name, formula, self.number(*classes), wholes[whole]) for name, formula, classes, whole in _RATES
        )


_RATES = (
    ("RR1", "I / (I+P + R+NC + UO)", ("I",), "all"),
    ("RR2", "(I+P) / (I+P + R+NC + UO)", ("I", "P"), "all"),
    ("RR3", "I / (I+P + R+NC + e*UO)", ("I",), "estimated"),
    ("RR4", "(I+P) / (I+P + R+NC + e*UO)", ("I", "P"), "estimated"),
    ("RR5", "I / (I+P + R+NC)", ("I",), "known"),
    ("RR6", "(I+P) / (I+P + R+NC)", ("I", "P"), "known"),
)


def share(part: float, whole: float) -> str:
    """A percentage; no decimals when there are too few people for them, a dash of nobody."""
    return f"{part / whole:.{int(whole >= DECIMALS_FROM)}%}" if whole else "–"


def together(groups: Mapping[str, Counts]) -> Outcomes:
    """All groups as one."""
    total: Counter[Disposition] = Counter()
    for counts in groups.values():
        total.update(counts)
    return Outcomes(total)


# ---------------------------------------------------------------- by unit


@dataclass(frozen=True, slots=True)
class Unit:
    """A group of the register with its rate as far as it is told; or so many groups `joined` as one, without a name."""

    name: str
    joined: int
    outcomes: Outcomes
    told: Told


def units_of(groups: Mapping[str, Counts]) -> list[Unit]:
    """By name, the joined ones last; empty if even what is told in ranges would tell too much."""
    alone, rest = joined({name: Outcomes(counts).base for name, counts in groups.items()})
    found = [(name, 0, Outcomes(groups[name])) for name in sorted(alone)]
    if rest:
        found.append(("", len(rest), together({name: groups[name] for name in rest})))
    told = _told([outcomes for _, _, outcomes in found])
    if told is None or len(found) < 2:  # noqa: PLR2004 - one group is everybody
        return []
    return [Unit(*one, cell) for one, cell in zip(found, told, strict=True)]


def _told(units: Sequence[Outcomes]) -> list[Told] | None:
    """When nobody at all has answered, or everybody, there is nothing to protect."""
    told = [rate_told(one.complete, one.base) for one in units]
    is_plain = sum(one.complete for one in units) in (0, sum(one.base for one in units))
    return told if is_plain else protected(told)

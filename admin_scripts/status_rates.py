"""Response rates as AAPOR defines them, of any group of people; the only file that knows the formulas."""

from collections.abc import Mapping
from dataclasses import dataclass

from admin_scripts.status_section import Section
from storage.dispositions import Counts, Disposition
from storage.surveys import State

SOURCE = "AAPOR, Standard Definitions, 10th edition (2023), internet surveys"
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


# ---------------------------------------------------------------- shown

_WORDS = {
    Disposition.COMPLETE: "complete",
    Disposition.PARTIAL: "partial: half or more is done",
    Disposition.BREAK_OFF: "break-off: less, or said stop",
    Disposition.REFUSAL: "refusal: said no",
    Disposition.OPENED: "refusal: came, answered nothing",
    Disposition.NON_CONTACT: "non-contact: never came",
    Disposition.UNDELIVERABLE: "undeliverable",
    Disposition.NOT_ELIGIBLE: "not eligible",
}
_SO_FAR = {
    State.PLANNED: "The survey is not open yet.",
    State.OPEN: "The survey is open: these are dispositions so far; people may still go on.",
    State.CLOSED: "The survey is closed: these are the final dispositions, unless it opens again.",
}
_PARTIAL = "An export holds what was handed in only: of the partial ones (RR2, RR4, RR6) it has nothing."
_SAID_NO = (
    "Said no: also who handed in after a single question, the questionnaire having more: a No to taking part.",
    "Their response is exported all the same, and counted by day, wave and language.",
)
_DEFINITIONS = (
    "RR1: the complete ones of everybody who is eligible or may be. The lowest rate.",
    "RR2: the complete and the partial ones, of the same people.",
    "RR3: the complete ones, where of the undeliverable only the share e is counted.",
    "RR4: the complete and the partial ones, of the same people.",
    "RR5: the complete ones, where the undeliverable are not counted at all.",
    "RR6: the complete and the partial ones, of the same people.",
)


def in_a_sentence(outcomes: Outcomes) -> str:
    """For who only wants to know how many have answered."""
    counts = outcomes.counts
    begun = counts.get(Disposition.PARTIAL, 0) + counts.get(Disposition.BREAK_OFF, 0)
    rest = {
        "half-way": begun,
        "only looked": counts.get(Disposition.OPENED, 0),
        "said no": counts.get(Disposition.REFUSAL, 0),
        "undeliverable": counts.get(Disposition.UNDELIVERABLE, 0),
        "never came": counts.get(Disposition.NON_CONTACT, 0),
    }
    told = ", ".join(f"{number} {what}" for what, number in rest.items() if number)
    share = f"{outcomes.complete / outcomes.base:.0%}"
    first = f"{outcomes.complete} of {outcomes.base} have answered ({share})."
    return f"{first}\n{told}." if told else first


def dispositions_section(outcomes: Outcomes, state: State) -> Section:
    """Everybody of the register, once."""
    counts = {disposition: outcomes.counts.get(disposition, 0) for disposition in Disposition}
    rows = [(_WORDS[one], *CODES[one], str(n), share(n, outcomes.people)) for one, n in counts.items()]
    rows.append(("register", "", "", str(outcomes.people), share(outcomes.people, outcomes.people)))
    return Section(
        "Dispositions", ("Disposition", "AAPOR", "Class", "People", "Share"), rows, (_SO_FAR[state], *_SAID_NO)
    )


def rates_section(outcomes: Outcomes) -> Section:
    """RR1 to RR6 with their definitions."""
    rows = [
        (rate.name, share(rate.part, rate.whole), str(rate.part), f"{round(rate.whole, 1):g}", rate.formula)
        for rate in outcomes.rates()
    ]
    e = f"e = {outcomes.eligible:.3f}: the eligible among those of whom it is known (CASRO's estimate)."
    notes = (*_DEFINITIONS, _PARTIAL, e, f"Source: {SOURCE}.")
    return Section("Response rates", ("", "Rate", "n", "of", "Computed as"), rows, notes)

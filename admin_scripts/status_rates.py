"""Dispositions and response rates, as they are shown."""

from admin_scripts.status_section import Section
from storage.dispositions import Disposition
from storage.response_rates import CODES, Outcomes, share
from storage.surveys import State

SOURCE = "AAPOR, Standard Definitions, 10th edition (2023), internet surveys"

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

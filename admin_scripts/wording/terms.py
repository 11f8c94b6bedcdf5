"""The field's terms in a language: reasons, hidden figures, names of figures and tests, dispositions."""

import re
from collections.abc import Mapping

from admin_scripts.publication import Comparison, Hidden, Panel, Table, TableKind
from admin_scripts.wording import N_, Wording

_NUMBER = re.compile(r"\d+")
MISSING = "missing:"
"""What the code of a line begins with that is no answer but the reason why there is none."""

PERCENTAGES = frozenset({"top2", "bottom2", "first", "top3", "promoters", "passives", "detractors"})
"""Figures that are a share of those who answered."""

_REASONS = {
    "not_asked": N_("not asked"),
    "skipped": N_("no answer"),
    "prefer_not": N_("preferred not to answer"),
    "broke_off": N_("stopped before"),
    "dont_know": N_("don't know"),
    "withheld": N_("withheld"),
}
_KINDS = {
    TableKind.CHOICE: N_("one answer"),
    TableKind.SCALE: N_("scale"),
    TableKind.MULTIPLE: N_("several answers"),
    TableKind.NUMBER: N_("number"),
    TableKind.NPS: N_("0 to 10"),
    TableKind.RANK: N_("order of importance"),
    TableKind.TEXT: N_("open answer"),
}
_FIGURES = {
    "median": N_("median"),
    "mean": N_("mean"),
    "q1": N_("first quartile"),
    "q3": N_("third quartile"),
    "top2": N_("top two steps"),
    "bottom2": N_("bottom two steps"),
    "net": N_("net agreement"),
    "nps": N_("promoters minus detractors"),
    "promoters": N_("promoters (9–10)"),
    "passives": N_("passives (7–8)"),
    "detractors": N_("detractors (0–6)"),
    "borda": N_("points"),
    "first": N_("named first"),
    "top3": N_("among the first three"),
    "duels": N_("duels won minus lost"),
    "agreement": N_("agreement on the order (Kendall's W, 0 to 1)"),
}
_TESTS = {
    "fisher": N_("Fisher's exact test"),
    "permutation chi-square": N_("permutation test on chi-square"),
    "mann-whitney": N_("Mann-Whitney test"),
    "kruskal-wallis (permutation)": N_("permutation test on Kruskal-Wallis"),
}
_DISPOSITIONS = {
    "complete": N_("complete"),
    "partial": N_("partial"),
    "break-off": N_("broken off"),
    "refusal": N_("refused"),
    "opened": N_("opened, nothing answered"),
    "non-contact": N_("never came"),
    "undeliverable": N_("undeliverable"),
    "not eligible": N_("not eligible"),
}
_LEFT_OUT = (
    N_("not a question with one answer"),
    N_("{a} values of the register are not choices of the question"),
    N_("{a} classes have fewer than {b} responses"),
    N_("it has only one class"),
    N_("somebody chose what nobody of the register has"),
)
_MODES = {
    "anonymous": N_("anonymous"),
    "confidential": N_("confidential"),
    "identified": N_("identified"),
}


def text_in(texts: Mapping[str, str], wording: Wording | str) -> str:
    """A text of the questionnaire in a language, else in the first one that has it; "" if none has."""
    tag = wording if isinstance(wording, str) else wording.tag
    primary = tag.partition("-")[0]
    for wanted in (tag, primary):
        if texts.get(wanted):
            return texts[wanted]
    near = (text for key, text in texts.items() if text and key.partition("-")[0] == primary)
    return next(near, next((text for text in texts.values() if text), ""))


def reason(wording: Wording, code: str) -> str:
    """Why there is no answer: of "missing:skipped" or "skipped"."""
    return _named(wording, _REASONS, code.removeprefix(MISSING))


def kind(wording: Wording, of: TableKind) -> str:
    """How a question is counted."""
    return wording.say(_KINDS[of])


def figure_name(wording: Wording, name: str) -> str:
    """What a figure is called, without the choice that "borda:norme" is about."""
    return _named(wording, _FIGURES, name.partition(":")[0])


def name_of_test(wording: Wording, comparison: Comparison) -> str:
    """The test by which groups were compared."""
    return _named(wording, _TESTS, comparison.test)


def disposition(wording: Wording, outcome: str) -> str:
    """The outcome of a participant."""
    return _named(wording, _DISPOSITIONS, outcome)


def left_out_words(wording: Wording, why: str) -> str:
    """Why a margin of the register was not used for weights; the numbers in it stay."""
    numbers = dict(zip("ab", _NUMBER.findall(why), strict=False))
    found = next((known for known in _LEFT_OUT if known.format(**{"a": "", "b": "", **numbers}) == why), "")
    return wording.say(found, **numbers) if found else why


def mode(wording: Wording, name: str) -> str:
    """The privacy mode."""
    return _named(wording, _MODES, name)


def hidden_words(wording: Wording, hidden: Hidden, k: int) -> str:
    """Why a figure is not shown, short enough for a cell."""
    if hidden is Hidden.FEW:
        return wording.say("fewer than {k}", k=k)
    if hidden is Hidden.ALIKE:
        return wording.say("almost all alike")
    return wording.say("not shown")


def group_words(wording: Wording, panel: Panel) -> str:
    """Whom a panel is about."""
    if not panel.group.codes:
        return wording.say("Everybody")
    return text_in(panel.group.labels, wording)


def asked_words(wording: Wording, table: Table) -> str:
    """Who was asked."""
    words = text_in(table.relevant_words, wording)
    return words or (table.relevant or wording.say("everybody"))


def asked_sentence(wording: Wording, table: Table) -> str:
    """Who was asked, as a sentence: "Asked: those who..."."""
    whom = asked_words(wording, table)
    return wording.say("Asked: {whom}", whom=whom[:1].lower() + whom[1:])


def base_words(wording: Wording, panel: Panel) -> str:
    """The base of a panel in one line: how many answered, of how many asked, with the margin of error."""
    said = wording.say("n = {n} of {asked} asked", n=wording.whole(panel.answered), asked=wording.whole(panel.asked))
    if panel.answered == panel.asked:
        said = wording.say("n = {n}", n=wording.whole(panel.answered))
    if panel.margin is None:
        return said
    return wording.say("{base}; margin of error {margin} points", base=said, margin=wording.margin(panel.margin))


def capitalised(text: str) -> str:
    """As the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _named(wording: Wording, names: Mapping[str, str], key: str) -> str:
    """The word for it; what has none is said as it is."""
    return wording.say(names[key]) if key in names else key

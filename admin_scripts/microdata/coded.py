"""Codes that people gave to open answers -> variables beside the questions, answered as with several choices."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from admin_scripts.microdata.missing import BROKEN_OFF
from admin_scripts.microdata.plan import Place
from admin_scripts.microdata.variables import CODED, Choice, Dictionary, Disclosure, Measure, Variable
from storage.codings import Code, Coding

ENDING = "_coded"
FINAL = "final"
"""The coder whose codes hold wherever there are any: what was agreed on after the coders differed."""

UNFIT = "no_code"
UNFIT_LABELS = {"it": "Nessun codice adatto", "en": "No code fits"}
Key = tuple[str, str]
"""Of a text: the id of its response and its place in the repeats around it."""


@dataclass(frozen=True, slots=True)
class Coded:
    """The codes of one question: by text, joined by a space as choices are."""

    question: str
    codes: Mapping[Key, str]

    def texts(self, said: pa.StringArray | None, keys: Iterable[Key], count: int) -> pa.StringArray:
        """Null where the question was not asked, "" where nothing was said or nobody has coded it."""
        if said is None:
            return pa.nulls(count, pa.string())
        found = zip(said.to_pylist(), keys, strict=True)
        is_none = (None, "", BROKEN_OFF)
        return pa.array([text if text in is_none else self.codes.get(key, "") for text, key in found], pa.string())


def with_coded(
    dictionary: Dictionary, frames: Mapping[str, Sequence[Code]], codings: Iterable[Coding]
) -> tuple[Dictionary, dict[Place, Coded]]:
    """The dictionary with a variable QUESTION_coded behind each question that was coded, and its codes."""
    agreed = agreed_codes(codings)
    coded: dict[Place, Coded] = {}
    tables = {}
    for table, variables in dictionary.tables.items():
        names = {variable.name for variable in variables}
        longer = []
        for variable in variables:
            longer.append(variable)
            if agreed.get(variable.name) and variable.name in frames:
                made = _variable(variable, frames[variable.name], agreed[variable.name], names)
                coded[table, made.name] = Coded(variable.name, agreed[variable.name])
                longer.append(made)
        tables[table] = tuple(longer)
    return replace(dictionary, tables=tables), coded


def agreed_codes(codings: Iterable[Coding]) -> dict[str, dict[Key, str]]:
    """By question and text: the codes that more than half of its coders gave; those of FINAL where there are any."""
    by_text: dict[tuple[str, Key], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for one in codings:
        by_text[one.variable, (one.response_id, one.row)][one.coder] = one.codes
    agreed: dict[str, dict[Key, str]] = defaultdict(dict)
    for (variable, key), given in by_text.items():
        coders = {FINAL: given[FINAL]} if FINAL in given else given
        times = Counter(code for codes in coders.values() for code in codes)
        agreed[variable][key] = " ".join(code for code in times if 2 * times[code] > len(coders)) or UNFIT
    return dict(agreed)


def _variable(question: Variable, frame: Sequence[Code], codes: Mapping[Key, str], names: set[str]) -> Variable:
    name = question.name + ENDING
    while name in names:
        name += "_"
    named = [(code.name, code.labels) for code in frame]
    if UNFIT in codes.values():
        named.append((UNFIT, UNFIT_LABELS))
    return replace(
        question,
        name=name,
        kind=CODED,
        measure=Measure.NOMINAL,
        disclosure=Disclosure.NONE,
        choices=tuple(Choice(code, place, labels) for place, (code, labels) in enumerate(named, start=1)),
    )

"""The steps of a scale in words: a median is one of them, or lies between two."""

from collections.abc import Mapping

from admin_scripts.publication import Table, TableKind
from admin_scripts.wording import Wording
from admin_scripts.wording.terms import text_in

Steps = Mapping[float, str]


def steps_of(table: Table, wording: Wording) -> Steps:
    """The labels of a scale by what its steps count as: their number, else their place. Empty of what is no scale."""
    lines = [line for line in table.panels[0].lines if line.is_answer]
    if table.kind is not TableKind.SCALE:
        return {}
    has_numbers = all(line.code.lstrip("-").isdigit() for line in lines)
    labels = [text_in(line.labels, wording) or line.code for line in lines]
    places = [line.code if has_numbers else place for place, line in enumerate(lines, 1)]
    return {float(place): label for place, label in zip(places, labels, strict=True)}


def step_words(value: float, steps: Steps, wording: Wording) -> str:
    """The step, or the two that the value lies between."""
    if value in steps:
        return steps[value]
    below, above = max(one for one in steps if one < value), min(one for one in steps if one > value)
    return wording.say("between “{below}” and “{above}”", below=steps[below], above=steps[above])

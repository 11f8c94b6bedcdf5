"""Which answers decide the way through a questionnaire, and what is worth trying there."""

from collections.abc import Iterator, Sequence

from conversations.forms import Control, ControlKind, FormDefinition
from conversations.forms.definition import CHOOSING
from conversations.forms.dependencies import Property
from conversations.rehearsal.hints import read_by

_MOST_OPTIONS = 6

ANOTHER = "\0"
"""Stands for a choice that no expression names."""

_NUMBERS = (ControlKind.INTEGER, ControlKind.DECIMAL, ControlKind.RANGE)
_ANY = {
    ControlKind.TEXT: ("x",),
    ControlKind.DATE: ("2026-01-01",),
    ControlKind.ACKNOWLEDGE: ("OK",),
    ControlKind.GEOPOINT: ("45 9 0 0",),
}


def deciding(form: FormDefinition) -> Iterator[str]:
    """The paths that conditions and row counts look at, through calculations too."""
    wanted = (Property.RELEVANT, Property.REPEAT_COUNT)
    rules = [(rule.expression, rule.path) for rule in form.graph.rules if rule.property in wanted]
    calculations = {rule.path: rule.expression for rule in form.graph.rules if rule.property is Property.CALCULATION}
    for expression, context in rules:  # grows while it is gone through
        for path in read_by(expression, context):
            yield path
            if path in calculations:
                rules.append((calculations.pop(path), path))


def options_at(control: Control, named: Sequence[str]) -> Sequence[str]:
    """Values that expressions compare it with, their neighbours, one that none names (by its place), and a blank."""
    if control.kind in CHOOSING:
        every = (" ".join(named),) if control.kind is ControlKind.SELECT_MULTIPLE and len(named) > 1 else ()
        return (*named[:_MOST_OPTIONS], *every, ANOTHER, "")
    if control.kind in _NUMBERS:
        whole = [int(text) for text in named if text.lstrip("-").isdecimal()]
        near = sorted({number + step for number in whole for step in (-1, 0, 1)}) or [0, 1]
        return (*map(str, near[-_MOST_OPTIONS:]), "")
    return (*named[:_MOST_OPTIONS], *_ANY.get(control.kind, ()), "")


def fitting(options: Sequence[str], offered: Sequence[str]) -> list[str]:
    """The options that can be given: `ANOTHER` is the first choice that is not among them."""
    if not offered:
        return [option for option in options if option != ANOTHER]
    other = next((name for name in offered if name not in options), offered[0])
    names = (other if option == ANOTHER else option for option in options)
    return list(dict.fromkeys(name for name in names if set(name.split()) <= set(offered)))

"""How long a questionnaire takes: an estimate from its questions, told before the first one."""

from collections.abc import Iterable

from conversations.forms import ControlKind, FormDefinition
from conversations.stops import controls_of

SECONDS = {
    ControlKind.TEXT: 25,
    ControlKind.SELECT_MULTIPLE: 20,
    ControlKind.RANK: 30,
}
"""Reading and answering in a chat; half of the questions of a branching form are met by everybody."""

OTHER_SECONDS = 12
UNTIMED = {ControlKind.NOTE, ControlKind.GROUP, ControlKind.REPEAT}


def estimated_minutes(form: FormDefinition) -> int:
    """Minutes, at least 1, for somebody who meets every question once."""
    return _minutes(_seconds(asked_kinds(form)))


def minutes_left(form: FormDefinition, open_kinds: Iterable[ControlKind], met_kinds: Iterable[ControlKind]) -> int:
    """Minutes, at least 1, still to go for somebody who meets questions of these kinds, of which some are open.

    A share of `estimated_minutes`, so that who was told ten minutes is not told four after the first answer.
    """
    share = _seconds(open_kinds) / max(1, _seconds(met_kinds))
    return _minutes(_seconds(asked_kinds(form)) * share)


def asked_kinds(form: FormDefinition) -> list[ControlKind]:
    """The kind of every question of the questionnaire, in order; rows of repeats count once."""
    return [control.kind for control in controls_of(form.controls) if control.kind not in UNTIMED]


def _seconds(kinds: Iterable[ControlKind]) -> int:
    """To answer questions of these kinds; what is only read takes none."""
    return sum(SECONDS.get(kind, OTHER_SECONDS) for kind in kinds if kind not in UNTIMED)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))

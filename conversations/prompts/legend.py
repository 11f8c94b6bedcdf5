"""The words of a scale whose buttons are numbers: said once, with the first of the questions that share it."""

from conversations.answers import Asked
from conversations.prompts.offers import asked_at
from conversations.stops import Stop
from conversations.walk import Walk

SCALE = "scale"
"""The argument of a button that explains the scale rather than the question."""


def legend_of(walk: Walk, stop: Stop) -> tuple[str, ...]:
    """A line for each step; of a scale that has just been explained only what its ends mean."""
    whole = steps_of(walk, stop)
    return (f"{whole[0]} … {whole[-1]}",) if whole and is_known(walk, stop) else whole


def steps_of(walk: Walk, stop: Stop) -> tuple[str, ...]:
    """Every number with its words; () where the words stand on the buttons."""
    asked = asked_at(walk, stop)
    return tuple(f"{sign}. {one.label}" for sign, one in zip(asked.signs, asked.choices, strict=False) if sign)


def is_known(walk: Walk, stop: Stop) -> bool:
    """Whether the question before it, on the same page of the author's, has the same scale, and can still be seen."""
    questions = walk.route.questions
    at = questions.index(stop)
    before = questions[at - 1] if at else None
    if (
        before is None
        or before.place in walk.session.cleared
        or _page(before) != _page(stop)
        or not _is_one_page(walk, stop)
    ):
        return False
    return _scale(asked_at(walk, before)) == _scale(asked_at(walk, stop))


def _scale(asked: Asked) -> tuple[tuple[str, ...], list[str]]:
    return asked.signs, [choice.label for choice in asked.choices]


def _page(stop: Stop) -> str:
    return stop.ref.rpartition("/")[0]


def _is_one_page(walk: Walk, stop: Stop) -> bool:
    if "list-nolabel" in stop.control.appearance:
        return True
    group = walk.form.control_at.get(stop.control.path.rpartition("/")[0])
    return group is not None and "field-list" in group.appearance

"""Answers to select questions: names joined by spaces."""

from math import isinf, isnan

from conversations.forms.xpath.context import Frame
from conversations.forms.xpath.functions.specification import Function
from conversations.forms.xpath.values import Value, number_of, string_of


def _selected(_frame: Frame, answer: Value, name: Value) -> bool:
    """Whether the name is among those chosen; nothing is chosen where nothing is asked for."""
    return string_of(name).strip() in (string_of(answer).split() or [""])


def _count_selected(_frame: Frame, answer: Value) -> float:
    return float(len(string_of(answer).split()))


def _selected_at(frame: Frame, answer: Value, place: Value) -> str:
    names = string_of(answer).split()
    index = number_of(place, frame.zone)
    if isnan(index) or isinf(index) or not 0 <= int(index) < len(names):
        return ""
    return names[int(index)]


FUNCTIONS = {
    "count-selected": Function(_count_selected, 1, 1),
    "is-selected": Function(_selected, 2, 2),
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
}

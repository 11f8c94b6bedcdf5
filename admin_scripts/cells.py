"""One stored value -> the cells of its variable. The only file that knows what kinds of values look like in a table."""

from collections.abc import Callable, Iterator
from datetime import date

from admin_scripts.columns import NUMBER, Variable
from conversations.forms import ControlKind

Cell = str | int | float | date | None
BETWEEN_LABELS = "; "


def cells_of(variable: Variable, value: str, labels: str | None) -> Iterator[tuple[str, Cell]]:
    """Header and cell. `labels` is the language of the choices' labels, None for their names."""
    names = value.split()
    yield variable.name, _shown(variable, value, names, labels) if value else None
    for choice, header in variable.spread.items():
        yield header, SPREADING[variable.question.kind](choice, names) if value else None


def _shown(variable: Variable, value: str, names: list[str], labels: str | None) -> Cell:
    kind = variable.question.kind
    if kind in READING:
        return READING[kind](value)
    if labels is None or not variable.question.choices:
        return number(value) if variable.has_numeric_codes else value
    chosen = names if variable.spread else [value]
    return BETWEEN_LABELS.join(label_of(variable, name, labels) for name in chosen)


def label_of(variable: Variable, choice: str, language: str) -> str:
    """The label of a choice, or its name when it has none in that language."""
    return variable.question.choices.get(choice, {}).get(language) or choice


def number(value: str) -> Cell:
    """The number a text means, or the text."""
    if not NUMBER.fullmatch(value):
        return value
    return float(value) if "." in value else int(value)


def _date(value: str) -> Cell:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _chosen(choice: str, names: list[str]) -> int:
    return int(choice in names)


def _position(choice: str, names: list[str]) -> int | None:
    return names.index(choice) + 1 if choice in names else None


READING: dict[str, Callable[[str], Cell]] = {
    ControlKind.INTEGER: number,
    ControlKind.DECIMAL: number,
    ControlKind.RANGE: number,
    ControlKind.DATE: _date,
}
SPREADING: dict[str, Callable[[str, list[str]], int | None]] = {
    ControlKind.SELECT_MULTIPLE: _chosen,
    ControlKind.RANK: _position,
}

"""How each question is counted, and which questions are one ranking together."""

import re
from collections.abc import Iterable, Mapping, Sequence

from admin_scripts.microdata.dataset import Column
from admin_scripts.microdata.variables import CALCULATION, Choice, Measure, Variable
from admin_scripts.publication import TableKind
from admin_scripts.tabulation.item import MARKS
from conversations.forms import ControlKind, FormDefinition

NUMBERED = re.compile(r"(.+)_([1-9])")
ENDING = re.compile(r"\$\{([^}]+)\}\s*!=\s*['\"]([^'\"]+)['\"]")
BETWEEN = re.compile(r"\.\s*>=\s*(\d+)\s+and\s+\.\s*<=\s*(\d+)")
WHOLE = re.compile(r"\d+")
FEWEST_RANKED = 2


def kind_of(column: Column, limits: tuple[str, str] | None = None) -> TableKind | None:
    """How it is counted; None of what no table shows: dates, places, files. `limits`: the ends of the answers."""
    variable = column.variable
    if variable.is_ranking:
        return TableKind.RANK
    if variable.is_multiple:
        return TableKind.MULTIPLE
    if variable.choices:
        return _kind_of_choices(variable)
    if variable.kind == CALCULATION and variable.measure is not Measure.SCALE:
        return TableKind.CHOICE
    if column.values.dtype.kind == "f":
        return TableKind.NPS if limits == (str(MARKS[0]), str(MARKS[-1])) else TableKind.NUMBER
    return TableKind.TEXT if variable.kind == ControlKind.TEXT else None


def _kind_of_choices(variable: Variable) -> TableKind:
    if {choice.name for choice in counting(variable)} == {str(mark) for mark in MARKS}:
        return TableKind.NPS
    return TableKind.SCALE if variable.measure is Measure.ORDINAL else TableKind.CHOICE


def counting(variable: Variable) -> tuple[Choice, ...]:
    """The choices that are answers; not "don't know"."""
    return tuple(choice for choice in variable.choices if choice.missing is None)


def limits_of(variable: Variable, forms: Sequence[FormDefinition]) -> tuple[str, str] | None:
    """The ends of a range that goes by ones, or of whole numbers between two, of the newest version that has it.

    Numbers are asked "from 0 to 10" if the question says so: how many, up to ten, is a number.
    """
    for form in forms:
        control = form.control_at.get(variable.path)
        if control is not None and control.kind is ControlKind.RANGE:
            said = control.parameters
            return (said.get("start", ""), said.get("end", "")) if said.get("step", "1") == "1" else None
        if control is not None and control.kind is ControlKind.INTEGER:
            constraint = form.nodes[variable.path].bind.constraint
            found = BETWEEN.fullmatch(constraint.text.strip()) if constraint else None
            return (found[1], found[2]) if found and _says(variable, *found.groups()) else None
    return None


def _says(variable: Variable, *ends: str) -> bool:
    """Whether the question has these numbers in its words."""
    return any(set(ends) <= set(WHOLE.findall(text)) for text in variable.wording.values())


def rankings_among(variables: Iterable[Variable]) -> Mapping[str, tuple[Variable, ...]]:
    """Questions name_1, name_2, ... with one answer each of the same list, by the name they share."""
    found: dict[str, list[Variable]] = {}
    for variable in variables:
        named = NUMBERED.fullmatch(variable.name)
        if named and variable.kind == ControlKind.SELECT_ONE and variable.measure is not Measure.ORDINAL:
            together = found.setdefault(named[1], [])
            is_next = int(named[2]) == len(together) + 1
            if is_next and (not together or _names(variable) == _names(together[0])):
                together.append(variable)
    return {name: tuple(ranking) for name, ranking in found.items() if len(ranking) >= FEWEST_RANKED}


def _names(variable: Variable) -> list[str]:
    return [choice.name for choice in variable.choices]


def endings_of(ranking: Sequence[Variable]) -> frozenset[str]:
    """The choices after which nothing more is asked, as "none" and "no further one": they are not ranked."""
    names = {variable.name for variable in ranking}
    said = [pair for variable in ranking for pair in ENDING.findall(variable.relevant)]
    return frozenset(choice for name, choice in said if name in names)

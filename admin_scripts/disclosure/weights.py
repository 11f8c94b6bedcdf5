"""Weights that bring the respondents to the register's margins: of which questions, and why not of others."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from admin_scripts.disclosure.rules import Rules
from admin_scripts.microdata.dataset import Column, Dataset
from admin_scripts.publication import Weighting
from admin_scripts.statistics.raking import Margin, rake
from conversations.forms import ControlKind


def weights_of(dataset: Dataset, rules: Rules) -> tuple[NDArray[np.float64], Weighting]:
    """One weight a response, 1 on average, and what is told of how they were made."""
    used: dict[str, Margin] = {}
    left_out: dict[str, str] = {}
    for name, people in dataset.register.items():
        found = _margin(dataset.tables[""].columns[name], people, rules)
        if isinstance(found, str):
            left_out[name] = found
        else:
            used[name] = found
    raked = rake(list(used.values()), len(dataset.tables[""].response))
    effect = raked.design_effect
    told = Weighting(
        margins=tuple(used),
        left_out=left_out,
        iterations=raked.rounds,
        design_effect=effect,
        effective=len(raked.weights) / effect,
        trimmed=raked.trimmed,
        ratio=raked.ratio,
    )
    return raked.weights, told


def _margin(column: Column, people: Mapping[str, int], rules: Rules) -> Margin | str:
    """The margin, or why there is none."""
    variable = column.variable
    if variable.kind != ControlKind.SELECT_ONE:
        return "not a question of one choice"
    places = [(choice.code, people[choice.name]) for choice in variable.choices if people.get(choice.name)]
    classes = np.full(len(column.missing), -1, dtype=np.int64)
    for place, (code, _) in enumerate(places):
        classes[np.asarray(column.values == code)] = place
    sizes = np.bincount(classes[classes >= 0], minlength=len(places))
    small = int((sizes < rules.k).sum())
    if small or len(places) < 2:  # noqa: PLR2004 - one class is everybody
        return f"{small} classes have fewer than {rules.k} responses" if small else "it has only one class"
    return Margin(classes, np.array([number for _, number in places], dtype=np.float64))

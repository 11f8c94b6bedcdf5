"""Weights of the responses: raked to the register's margins of the questions that are also its columns."""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.dataset import Column, Dataset
from admin_scripts.publication import Weighting
from admin_scripts.statistics.raking import Margin, rake
from admin_scripts.tabulation.kinds import counting

Weights = NDArray[np.float64]


def weights_of(dataset: Dataset, fewest: int) -> tuple[Weights, Weighting]:
    """A weight for each response, 1 on average, and how they came about; all of them 1 where no margin can be used.

    `fewest`: a class with fewer responses would have its few people speak for many.
    """
    columns, margins, left_out = dataset.tables[""].columns, {}, {}
    for name, people in dataset.register.items():
        margin, reason = margin_of(columns[name], people, fewest)
        if margin is None:
            left_out[name] = reason
        else:
            margins[name] = margin
    raked = rake(list(margins.values()), len(dataset.tables[""].response))
    effect = raked.design_effect
    told = Weighting(
        margins=tuple(margins),
        left_out=left_out,
        iterations=raked.rounds,
        design_effect=effect,
        effective=len(raked.weights) / effect,
        trimmed=raked.trimmed,
        ratio=raked.ratio,
    )
    return raked.weights, told


def margin_of(column: Column, people: Mapping[str, int], fewest: int) -> tuple[Margin | None, str]:
    """The margin of one question by how many people of the register have each choice, or why it is not used."""
    choices = {choice.name: choice.code for choice in counting(column.variable)}
    reason = next(_objections(column, people, fewest), "")
    if reason:
        return None, reason
    classes = np.full(len(column.missing), -1, dtype=np.int64)
    for place, name in enumerate(people):
        classes[column.values == choices[name]] = place
    return Margin(classes, np.array(list(people.values()), dtype=np.float64)), ""


def _objections(column: Column, people: Mapping[str, int], fewest: int) -> Iterator[str]:
    choices = {choice.name: choice.code for choice in counting(column.variable)}
    if not choices or column.variable.is_multiple or column.variable.is_ranking:
        yield "not a question with one answer"
        return
    if strange := sum(name not in choices for name in people):
        yield f"{strange} values of the register are not choices of the question"
    sizes = {name: int((column.values == code).sum()) for name, code in choices.items()}
    if small := sum(sizes[name] < fewest for name in people if name in sizes):
        yield f"{small} classes have fewer than {fewest} responses"
    if len(people) == 1:
        yield "it has only one class"
    if any(size for name, size in sizes.items() if name not in people):
        yield "somebody chose what nobody of the register has"

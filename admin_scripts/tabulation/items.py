"""A dataset -> the items of its tables: which categories each has, and who is in which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from admin_scripts.microdata.dataset import Column, Dataset
from admin_scripts.microdata.variables import Texts, Variable
from admin_scripts.publication import TableKind
from admin_scripts.tabulation.classes import classes_of
from admin_scripts.tabulation.item import MARKS, Category, Item
from admin_scripts.tabulation.kinds import counting, endings_of, kind_of, limits_of, rankings_among

MOST_VALUES = 12
"""A calculation with more different results is no table."""

Flags = NDArray[np.bool_]


def items_of(dataset: Dataset, table: str = "") -> tuple[Item, ...]:
    """Everything that has a table, in the order of the questionnaire; a ranking before its first question."""
    columns, variables = dataset.tables[table].columns, dataset.dictionary.tables[table]
    rankings = rankings_among(variables)
    first = {ranking[0].name: name for name, ranking in rankings.items()}
    later = {variable.name for ranking in rankings.values() for variable in ranking[1:]}
    items: list[Item | None] = []
    for variable in variables:
        name = variable.name
        if name in first:
            items.append(ranking_of(first[name], [columns[one.name] for one in rankings[first[name]]]))
        if name not in later:
            items.append(
                item_of(columns[name], limits_of(variable, dataset.forms), tuple(dataset.dictionary.languages))
            )
    return tuple(item for item in items if item is not None)


def item_of(column: Column, limits: tuple[str, str] | None = None, tags: Sequence[str] = ("",)) -> Item | None:
    """The item of one question. `limits`: of a range its ends; `tags`: the languages that classes are labelled in."""
    kind = kind_of(column, limits)
    if kind is None:
        return None
    if kind in (TableKind.NUMBER, TableKind.NPS) and not column.variable.choices:
        return _of_numbers(column, kind, tags)
    return MAKING[kind](column, kind, tags)


def _of_one_choice(column: Column, kind: TableKind, tags: Sequence[str]) -> Item | None:
    variable = column.variable
    if not variable.choices:
        return _of_results(column, kind, tags)
    choices = counting(variable)
    if kind is not TableKind.CHOICE:
        choices = tuple(sorted(choices, key=lambda choice: choice.code))
    chosen = np.asarray(column.values)[:, None] == np.array([choice.code for choice in choices])
    categories = tuple(Category(choice.name, choice.labels) for choice in choices)
    numbers = None if kind is TableKind.CHOICE else column.values.astype(np.float64)
    is_numbered = all(choice.name == str(choice.code) for choice in choices)
    return Item(variable, kind, categories, chosen, column.missing, numbers, is_numbered=is_numbered)


def _of_results(column: Column, kind: TableKind, tags: Sequence[str]) -> Item | None:
    """What a calculation came to, if it sorts people into a few groups."""
    found = np.unique(column.values[column.missing == 0])
    if len(found) > MOST_VALUES:
        return None
    categories = tuple(_same(f"{value:g}" if found.dtype.kind == "f" else str(value), tags) for value in found)
    return Item(column.variable, kind, categories, column.values[:, None] == found, column.missing)


def _of_several(column: Column, kind: TableKind, _tags: Sequence[str]) -> Item:
    variable = column.variable
    kept = [place for place, choice in enumerate(variable.choices) if choice.missing is None]
    values = column.values[:, kept].astype(np.int16)
    categories = tuple(Category(choice.name, choice.labels) for choice in counting(variable))
    places = values if kind is TableKind.RANK else None
    return Item(variable, kind, categories, np.asarray(values > 0), column.missing, places=places)


def _of_text(column: Column, kind: TableKind, _tags: Sequence[str]) -> Item:
    return Item(column.variable, kind, (), np.zeros((len(column.missing), 0), dtype=np.bool_), column.missing)


MAKING: Mapping[TableKind, Callable[[Column, TableKind, Sequence[str]], Item | None]] = {
    TableKind.CHOICE: _of_one_choice,
    TableKind.SCALE: _of_one_choice,
    TableKind.NPS: _of_one_choice,
    TableKind.MULTIPLE: _of_several,
    TableKind.RANK: _of_several,
    TableKind.TEXT: _of_text,
}


def _of_numbers(column: Column, kind: TableKind, tags: Sequence[str]) -> Item:
    numbers = column.values.astype(np.float64)
    if kind is TableKind.NPS:
        categories = tuple(_same(str(mark), tags) for mark in MARKS)
        return Item(column.variable, kind, categories, numbers[:, None] == np.array(MARKS), column.missing, numbers)
    classes = classes_of(numbers)
    if classes is None:
        nobody = np.zeros((len(numbers), 0), dtype=np.bool_)
        return Item(column.variable, kind, (), nobody, column.missing, numbers)
    inside = classes.place(numbers)[:, None] == np.arange(len(classes.edges) + 1)
    chosen = inside & (column.missing == 0)[:, None]
    named = zip(classes.codes(), classes.labels(), strict=True)
    categories = tuple(replace(_same(label, tags), code=code) for code, label in named)
    return Item(column.variable, kind, categories, chosen, column.missing, numbers)


def _same(text: str, tags: Sequence[str]) -> Category:
    """What is written alike in every language."""
    return Category(text, dict.fromkeys(tags, text))


def ranking_of(name: str, columns: Sequence[Column]) -> Item:
    """Questions for the first, the second, ... as one order. What ends it ("none") is named, but has no place."""
    ranking = [column.variable for column in columns]
    endings = endings_of(ranking)
    chosen = np.stack([_of_one_choice_flags(column) for column in columns])
    is_first = np.asarray(chosen[0].any(axis=0))
    choices = counting(ranking[0])
    places = (chosen * np.arange(1, len(columns) + 1)[:, None, None]).max(axis=0).astype(np.int16)
    ends = np.array([choice.name in endings for choice in choices])
    places[:, ends] = 0
    kept = np.asarray(~ends | is_first)
    categories = [Category(choice.name, choice.labels) for choice in choices]
    return Item(
        replace(ranking[0], name=name, wording=_one_after_the_other(ranking)),
        TableKind.RANK,
        tuple(category for category, keep in zip(categories, kept, strict=True) if keep),
        np.asarray(chosen.any(axis=0))[:, kept],
        columns[0].missing,
        places=places[:, kept],
    )


def _of_one_choice_flags(column: Column) -> Flags:
    codes = np.array([choice.code for choice in counting(column.variable)])
    return np.asarray(column.values[:, None] == codes)


def _one_after_the_other(ranking: Sequence[Variable]) -> Texts:
    return {tag: " ".join(one.wording.get(tag, "") for one in ranking).strip() for tag in ranking[0].wording}

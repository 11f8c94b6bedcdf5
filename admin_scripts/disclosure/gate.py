"""The gate: a survey's answers come in, what may be published together goes out. Pure; nothing else makes tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from admin_scripts.disclosure.appendix import asked_of
from admin_scripts.disclosure.breakdown import Breakdown, breakdown_of
from admin_scripts.disclosure.cell_rule import with_cells
from admin_scripts.disclosure.crossing import Crossed, cross, hidden_before
from admin_scripts.disclosure.field_told import field_of
from admin_scripts.disclosure.fingerprint import data_hash, seed_of
from admin_scripts.disclosure.leads import leading_to
from admin_scripts.disclosure.quotes import quotes_of
from admin_scripts.disclosure.rules import Rules
from admin_scripts.disclosure.tempering import coarse
from admin_scripts.microdata.dataset import Dataset
from admin_scripts.microdata.variables import Disclosure
from admin_scripts.publication import Publication, Table, TableKind, Texts
from admin_scripts.relevance_words import words_of
from admin_scripts.tabulation.comparing import adjusted, compare
from admin_scripts.tabulation.item import Item
from admin_scripts.tabulation.items import items_of
from admin_scripts.tabulation.panels import Frame
from admin_scripts.tabulation.weighting import weights_of

DIGITS = 4
"""Of a probability: with all of them it could be searched which numbers it comes from."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `cells`: for open data; `names`: of the register's people, to find in texts."""

    by: str = ""
    weights: bool = False
    cells: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class _Matter:
    dataset: Dataset
    wanted: Wanted
    rules: Rules
    frame: Frame
    breakdown: Breakdown | None
    seed: int
    leads: Mapping[str, frozenset[str]]

    def words(self, expression: str) -> Texts:
        """A condition in every language of the questionnaire."""
        dictionary = self.dataset.dictionary
        return {tag: words_of(expression, dictionary, tag) for tag in dictionary.languages} if expression else {}


def publish(dataset: Dataset, wanted: Wanted, rules: Rules | None = None) -> Publication:
    """All that may be told of these answers together. BreakdownRefused if it cannot be by `wanted.by`."""
    rules = rules or Rules()
    responses = len(dataset.tables[""].response)
    weights, weighting = weights_of(dataset, rules.k) if wanted.weights and responses else (None, None)
    breakdown = breakdown_of(dataset, wanted.by, rules.k) if wanted.by else None
    frame = Frame(dataset.population, responses, weights)
    matter = _Matter(dataset, wanted, rules, frame, breakdown, seed_of(dataset), leading_to(dataset))
    survey, form = dataset.survey, dataset.forms[0]
    return Publication(
        name=survey.name,
        title=survey.title,
        mode=survey.mode.value,
        is_synthetic=survey.is_synthetic,
        sender=survey.sender,
        contact=survey.contact,
        population=dataset.population,
        responses=responses,
        k=rules.k,
        k_text=rules.k_text,
        by=wanted.by,
        languages=dataset.dictionary.languages,
        tables=_compared(list(_tables(matter))),
        quotes=tuple(quotes_of(dataset, rules, wanted.names)),
        field=field_of(dataset, wanted.by, rules),
        weighting=coarse(weighting, responses),
        questionnaire=asked_of(form, dataset.dictionary, matter.words),
        version=form.version,
        form_hash=form.hash,
        data_hash=data_hash(dataset),
        seed=matter.seed,
        merged=_merged(breakdown, responses, rules),
    )


def _tables(matter: _Matter) -> Iterator[Table]:
    hidden: dict[str, frozenset[int]] = {}
    for name, rows in matter.dataset.tables.items():
        frame = replace(matter.frame, weights=None, is_people=False) if name else matter.frame
        items = items_of(matter.dataset, name)
        ranked = {f"{item.variable.name}_1" for item in items if item.kind is TableKind.RANK}
        for item in (one for one in items if one.variable.disclosure is not Disclosure.ID):
            before = hidden_before(matter.leads, item.variable.name, hidden)
            people = len(np.unique(rows.response[item.answered]))
            breakdown = None if item.variable.name in ranked else matter.breakdown  # its ranking tells it already
            crossed = cross(item, frame, breakdown, matter.rules, before, people)
            hidden[item.variable.name] = crossed.hidden
            yield _table(matter, item, crossed)


def _table(matter: _Matter, item: Item, crossed: Crossed) -> Table:
    variable, panels, comparison = item.variable, crossed.panels, None
    if matter.wanted.cells or variable.disclosure is Disclosure.QUASI:
        panels = with_cells(panels, item.kind, matter.rules.k)
    elif len(crossed.shown) > 1:
        comparison = compare(item, crossed.shown, matter.seed, crossed.left_out)
    return Table(
        variable=variable.name,
        kind=item.kind,
        wording=variable.wording,
        section=variable.section,
        relevant=variable.relevant,
        relevant_words=matter.words(variable.relevant),
        panels=tuple(panels),
        by=matter.wanted.by if len(panels) > 1 else "",
        comparison=comparison,
        repeat=variable.table,
    )


def _compared(tables: Sequence[Table]) -> tuple[Table, ...]:
    """With their probabilities adjusted for being so many, and rounded."""
    return tuple(
        table
        if (found := table.comparison) is None
        else replace(table, comparison=replace(found, p=round(found.p, DIGITS), adjusted=round(found.adjusted, DIGITS)))
        for table in adjusted(tables)
    )


def _merged(breakdown: Breakdown | None, responses: int, rules: Rules) -> Mapping[str, tuple[str, ...]]:
    if breakdown is None:
        return {}
    nodes = breakdown.cut(np.ones(responses, dtype=np.bool_), rules.k)
    groups = [breakdown.group(node) for node in nodes if len(node) > 1]
    return {" + ".join(group.codes): group.codes for group in groups}

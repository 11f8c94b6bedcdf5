"""The gate: a survey's answers come in, what may be published together goes out. Pure; nothing else makes tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from admin_scripts.disclosure.appendix import asked_of
from admin_scripts.disclosure.breakdown import Breakdown, breakdown_of
from admin_scripts.disclosure.field_told import field_of
from admin_scripts.disclosure.fingerprint import data_hash, seed_of
from admin_scripts.disclosure.following import Following
from admin_scripts.disclosure.leads import leading_to
from admin_scripts.disclosure.question_tables import Matter, tables_of
from admin_scripts.disclosure.quotes import quotes_of
from admin_scripts.disclosure.rules import Rules
from admin_scripts.disclosure.tempering import coarse
from admin_scripts.microdata.dataset import Dataset
from admin_scripts.publication import Publication, Table
from admin_scripts.tabulation.comparing import adjusted
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


def publish(dataset: Dataset, wanted: Wanted, rules: Rules | None = None) -> Publication:
    """All that may be told of these answers together. BreakdownRefused if it cannot be by `wanted.by`."""
    rules = rules or Rules()
    responses = len(dataset.tables[""].response)
    weights, weighting = weights_of(dataset, rules.k) if wanted.weights and responses else (None, None)
    breakdown = breakdown_of(dataset, wanted.by, rules.k) if wanted.by else None
    frame = Frame(dataset.population, responses, weights)
    matter = Matter(dataset, wanted.by, wanted.cells, rules, frame, breakdown, seed_of(dataset))
    following = Following(leading_to(dataset))
    tables = _compared(tables_of(matter, following))
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
        tables=tables,
        quotes=tuple(quotes_of(dataset, rules, wanted.names, following.hidden())),
        field=field_of(dataset, wanted.by, rules),
        weighting=coarse(weighting, responses),
        questionnaire=asked_of(form, dataset.dictionary, matter.words),
        version=form.version,
        form_hash=form.hash,
        data_hash=data_hash(dataset),
        seed=matter.seed,
        merged=_merged(breakdown, responses, rules),
        opening=tuple(sorted(following.leads.opening)),
        cells=wanted.cells,
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

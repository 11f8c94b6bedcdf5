"""How the survey went, as far as it may be told: dispositions and rates of all, and of units that are large enough."""

from collections.abc import Mapping

from admin_scripts.disclosure.rules import Rules
from admin_scripts.microdata.dataset import Dataset
from admin_scripts.publication import FieldWork, Texts, Unit
from storage.dispositions import MOST_GROUPS, SMALLEST_GROUP, Counts, Disposition
from storage.response_rates import Outcomes, together
from storage.small_groups import Told, joined, percentage_in_words, protected, rate_told

FEWEST_UNITS = 2


def field_of(dataset: Dataset, by: str, rules: Rules) -> FieldWork:
    """Days, dispositions, rates; units by the column `by` of the register, else by the first that is good for it."""
    outcomes = Outcomes(dataset.dispositions[""].get("", {}))
    column = by if by in dataset.dispositions else _parting(dataset)
    units = _units(dataset, column) if column else ()
    return FieldWork(
        first_day=dataset.first_day,
        last_day=dataset.last_day,
        dispositions={one.value: outcomes.counts[one] for one in Disposition if outcomes.counts.get(one)},
        rates=tuple((rate.name, rate.part, rate.whole) for rate in outcomes.rates()),
        units=units,
        unit_name=column if units else "",
        languages=_told(dataset.languages, rules),
        versions=_told(dataset.versions, rules),
    )


def _told(counts: Mapping[str, int], rules: Rules) -> Mapping[str, int] | None:
    """All of them, or none where one is of few people."""
    there = {name: number for name, number in counts.items() if number}
    return None if min(there.values(), default=0) < rules.k else there


def _parting(dataset: Dataset) -> str:
    """The first column that parts the eligible into 2 to 20 groups of at least 5."""
    for column, groups in dataset.dispositions.items():
        sizes = [Outcomes(counts).base for counts in groups.values()]
        if column and 1 < len(sizes) <= MOST_GROUPS and min(sizes) >= SMALLEST_GROUP:
            return column
    return ""


def _units(dataset: Dataset, column: str) -> tuple[Unit, ...]:
    groups = dataset.dispositions[column]
    alone, rest = joined({name: Outcomes(counts).base for name, counts in groups.items()})
    found: list[tuple[tuple[str, ...], Counts]] = [((name,), groups[name]) for name in sorted(alone)]
    if rest:
        found.append((tuple(sorted(rest)), together({name: groups[name] for name in rest}).counts))
    outcomes = [Outcomes(counts) for _, counts in found]
    plain = sum(one.complete for one in outcomes) in (0, sum(one.base for one in outcomes))
    told = [rate_told(one.complete, one.base) for one in outcomes]
    kept = told if plain else protected(told)
    if kept is None or len(found) < FEWEST_UNITS:
        return ()
    labels = _labels(dataset, column)
    return tuple(
        _unit(codes, labels, outcome, one) for (codes, _), outcome, one in zip(found, outcomes, kept, strict=True)
    )


def _unit(codes: tuple[str, ...], labels: Mapping[str, Texts], outcome: Outcomes, told: Told) -> Unit:
    tags = next(iter(labels.values()), {"": ""}).keys()
    named = {tag: " + ".join(labels.get(code, {}).get(tag, code) for code in codes) for tag in tags}
    if told.is_exact:
        return Unit(
            codes, named, outcome.base, outcome.complete, f"{outcome.complete / outcome.base:.0%}".replace("%", " %")
        )
    words = percentage_in_words(told)
    signs = words.replace("<=", "≤").replace(">=", "≥").replace("%", " %")
    return Unit(codes, named, outcome.base, None, "–" if words == "not shown" else signs)


def _labels(dataset: Dataset, column: str) -> Mapping[str, Texts]:
    """The labels of the question of the same name, if there is one."""
    for variable in dataset.dictionary.tables[""]:
        if variable.name == column:
            return {choice.name: choice.labels for choice in variable.choices}
    return {"": dict.fromkeys(dataset.dictionary.languages, "")}

"""Who must be looked at again when an answer changes: a static graph over generic paths, and its cycles.

Relevance, calculations and row counts are ordered so that what is read comes first. Filters of choices come
last and are not part of any cycle: three questions may well exclude each other's choices.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter

from conversations.forms.xpath import CompiledExpression, Reference, references

MOST_CYCLES = 20
"""So many are told; a questionnaire with any is refused, so what order its rules are in does not matter."""


class Property(StrEnum):
    """What a rule keeps up to date, by the name of its XLSForm column."""

    RELEVANT = "relevant"
    CALCULATION = "calculation"
    REPEAT_COUNT = "repeat_count"
    CHOICE_FILTER = "choice_filter"


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One expression bound to the nodes at `path`. `also` are expressions whose change matters to it as well."""

    property: Property
    path: str
    expression: CompiledExpression
    also: tuple[CompiledExpression, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule (by its place in the order) that reads something; `other_rows`: of rows that are not its own, too."""

    order: int
    other_rows: bool


@dataclass(frozen=True, slots=True, eq=False)
class DependencyGraph:
    """`rules` in the order of evaluation; `readers` by the path read; `row_readers` by the repeat whose rows count.

    `rules_at` are the places in the order of the rules of a path; `spoken` of those that depend on the language.
    `cycles` are paths that lead back to themselves: a questionnaire with any is refused.
    """

    rules: tuple[Rule, ...]
    readers: Mapping[str, tuple[Reading, ...]]
    row_readers: Mapping[str, tuple[Reading, ...]]
    rules_at: Mapping[str, tuple[int, ...]]
    spoken: tuple[int, ...]
    cycles: tuple[tuple[str, ...], ...]


def build_graph(rules: Sequence[Rule], paths: Sequence[str], repeats: Sequence[str]) -> DependencyGraph:
    """The graph of `rules` in a questionnaire with nodes at `paths`, those at `repeats` having rows."""
    read = {rule: _read_by(rule, paths, repeats) for rule in rules}
    order, cycles = _ordered(rules, read, repeats)
    readers: dict[str, list[Reading]] = defaultdict(list)
    row_readers: dict[str, list[Reading]] = defaultdict(list)
    rules_at: dict[str, list[int]] = defaultdict(list)
    for place, rule in enumerate(order):
        rules_at[rule.path].append(place)
        for reference in read[rule]:
            _enter(Reading(place, reference.other_rows), rule, reference, readers=readers)
            for repeat in repeats:
                if _depends_on_rows(rule, reference, repeat):
                    _add(row_readers[repeat], Reading(place, other_rows=True))
    return DependencyGraph(
        rules=tuple(order),
        readers=_frozen(readers),
        row_readers=_frozen(row_readers),
        rules_at={path: tuple(places) for path, places in rules_at.items()},
        spoken=tuple(place for place, rule in enumerate(order) if _is_spoken(rule)),
        cycles=tuple(cycles),
    )


def is_below(path: str, top: str) -> bool:
    """Whether `path` is `top` or inside it."""
    return path == top or path.startswith(top + "/")


def _enter(reading: Reading, rule: Rule, reference: Reference, *, readers: dict[str, list[Reading]]) -> None:
    if not reference.structural or rule.property is Property.REPEAT_COUNT:
        _add(readers[reference.path], reading)


def _add(readings: list[Reading], reading: Reading) -> None:
    if reading not in readings:
        readings.append(reading)


def _frozen(readers: Mapping[str, list[Reading]]) -> dict[str, tuple[Reading, ...]]:
    return {path: tuple(readings) for path, readings in readers.items()}


def _depends_on_rows(rule: Rule, reference: Reference, repeat: str) -> bool:
    if not is_below(reference.path, repeat):
        return False
    return reference.structural or reference.other_rows or not is_below(rule.path, repeat)


def _is_spoken(rule: Rule) -> bool:
    return references(rule.expression.tree, rule.path).language


def _read_by(rule: Rule, paths: Sequence[str], repeats: Sequence[str]) -> list[Reference]:
    """What a rule reads, wildcards replaced by the paths they can mean."""
    found = [
        one
        for expression in (rule.expression, *rule.also)
        for reference in references(expression.tree, rule.path, repeats).paths
        for one in _spelled_out(reference, paths)
    ]
    return list(dict.fromkeys(found))


def _spelled_out(reference: Reference, paths: Sequence[str]) -> Iterable[Reference]:
    if not reference.path.endswith("*"):
        return [reference]
    top, _, _ = reference.path.partition("/*") if "//*" not in reference.path else reference.path.partition("//*")
    deep = reference.path.endswith("//*")
    return [
        Reference(path, structural=reference.structural, other_rows=reference.other_rows)
        for path in paths
        if path.startswith(top + "/") and (deep or "/" not in path[len(top) + 1 :])
    ]


def _ordered(
    rules: Sequence[Rule], read: Mapping[Rule, list[Reference]], repeats: Sequence[str]
) -> tuple[list[Rule], list[tuple[str, ...]]]:
    first = [rule for rule in rules if rule.property is not Property.CHOICE_FILTER]
    settling = _settling(first)
    before = {rule: _needed_first(rule, read[rule], settling, repeats) for rule in first}
    cycles: list[tuple[str, ...]] = []
    while True:
        try:
            order = list(TopologicalSorter(before).static_order())
        except CycleError as error:
            cycle: list[Rule] = error.args[1]
            if len(cycles) == MOST_CYCLES:
                return list(rules), cycles
            cycles.append(tuple(dict.fromkeys(rule.path for rule in reversed(cycle))))
            del before[cycle[1]][cycle[0]]
        else:
            return order + [rule for rule in rules if rule.property is Property.CHOICE_FILTER], cycles


def _settling(rules: Sequence[Rule]) -> dict[tuple[Property, str], list[Rule]]:
    found: dict[tuple[Property, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.property, rule.path].append(rule)
    return found


def _needed_first(
    rule: Rule,
    reads: Sequence[Reference],
    settling: Mapping[tuple[Property, str], list[Rule]],
    repeats: Sequence[str],
) -> dict[Rule, None]:
    """The rules that settle what `rule` reads. Reading another row of the same repeat is no cycle: rows end."""
    return dict.fromkeys(
        other
        for reference in reads
        if not reference.structural
        for other in _settlers(reference.path, settling)
        if not (reference.other_rows and _share_a_repeat(rule.path, other.path, repeats))
    )


def _settlers(path: str, settling: Mapping[tuple[Property, str], list[Rule]]) -> Iterable[Rule]:
    yield from settling.get((Property.CALCULATION, path), ())
    while path:
        yield from settling.get((Property.RELEVANT, path), ())
        path = path.rpartition("/")[0]


def _share_a_repeat(path: str, other: str, repeats: Iterable[str]) -> bool:
    return any(is_below(path, repeat) and is_below(other, repeat) for repeat in repeats)

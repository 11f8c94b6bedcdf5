"""The tables of all questions: each is looked at after those on which it depends, and told in the form's order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from admin_scripts.disclosure.breakdown import Breakdown
from admin_scripts.disclosure.cell_rule import with_cells
from admin_scripts.disclosure.crossing import Crossed, cross, untold
from admin_scripts.disclosure.following import Following, Untold
from admin_scripts.disclosure.rules import Rules
from admin_scripts.disclosure.said import counted_by_person, fewest_behind
from admin_scripts.microdata.dataset import Dataset, Rows
from admin_scripts.microdata.variables import CALCULATION, Disclosure, Texts, Variable
from admin_scripts.publication import Panel, Table, TableKind
from admin_scripts.relevance_words import words_of
from admin_scripts.tabulation.comparing import compare
from admin_scripts.tabulation.item import Item
from admin_scripts.tabulation.items import items_of
from admin_scripts.tabulation.panels import Frame


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """The answers, by what they are broken down, and by which rules they are told."""

    dataset: Dataset
    by: str
    cells: bool
    rules: Rules
    frame: Frame
    breakdown: Breakdown | None
    seed: int

    def words(self, expression: str) -> Texts:
        """A condition in every language of the questionnaire."""
        dictionary = self.dataset.dictionary
        return {tag: words_of(expression, dictionary, tag) for tag in dictionary.languages} if expression else {}


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    place: int
    variable: Variable
    item: Item | None
    rows: Rows


def tables_of(matter: Matter, following: Following) -> list[Table]:
    """What may be told of every question; `following` knows afterwards what is not."""
    found: dict[int, Table] = {}
    for asked in sorted(_all(matter.dataset), key=lambda one: following.rank(one.variable.name)):
        table, hidden = _told(matter, following, asked)
        following.remember(asked.variable.name, hidden)
        if table is not None:
            found[asked.place] = table
    variables = {asked.place: asked.variable for asked in _all(matter.dataset)}
    return [_unless_told(found, variables, following, found[place]) for place in sorted(found)]


def _unless_told(
    tables: Mapping[int, Table], variables: Mapping[int, Variable], following: Following, table: Table
) -> Table:
    """Of what describes people no numbers, where those hidden follow from who was asked something else."""
    whole = table.panels[0]
    untold = Untold(codes=_codes_hidden((whole,)), is_multiple=table.kind in (TableKind.MULTIPLE, TableKind.RANK))
    others = (place for place, one in tables.items() if one.panels[0].hidden is None)
    if untold.codes and any(following.gives_away(variables[place], table.variable, untold) for place in others):
        return replace(table, panels=(replace(whole, lines=(), figures=()),), by="", comparison=None)
    return table


def _all(dataset: Dataset) -> Iterator[_Asked]:
    """Every variable; a ranking before the first of its questions."""
    place = 0
    for name, rows in dataset.tables.items():
        items = {item.variable.name: item for item in items_of(dataset, name)}
        ranked = {f"{item.variable.name}_1": item for item in items.values() if _is_made_of_several(item)}
        for variable in dataset.dictionary.tables[name]:
            if variable.name in ranked:
                ranking = ranked[variable.name]
                yield _Asked(place, ranking.variable, ranking, rows)
            yield _Asked(place + 1, variable, items.get(variable.name), rows)
            place += 2


def _is_made_of_several(item: Item) -> bool:
    return item.kind is TableKind.RANK and not item.variable.is_ranking


def _told(matter: Matter, following: Following, asked: _Asked) -> tuple[Table | None, Untold]:
    item = asked.item
    gives_away = following.is_given_away(asked.variable)
    if item is None or not _has_table(matter, following, asked.variable):
        return None, Untold(is_hidden=gives_away)
    crossed = untold() if gives_away else _crossed(matter, following, asked, item)
    panels = _within_cells(matter, following, asked, item, crossed)
    if matter.cells and not item.variable.table and panels[0].hidden is None:
        if following.is_of_few_more(item.variable.name, panels[0].asked, matter.rules.k):
            panels = untold().panels
        else:
            following.asked[item.variable.name] = panels[0].asked
    return _table(matter, item, crossed, panels), _untold(matter, item, crossed, panels)


def _has_table(matter: Matter, following: Following, variable: Variable) -> bool:
    """Nothing that tells who somebody is; what is calculated of texts, of a group, or of one beside others neither."""
    if variable.kind != CALCULATION:
        return variable.disclosure is not Disclosure.ID
    sources = following.leads.made_of.get(variable.name, frozenset())
    words = {_disclosure(matter, name) for name in sources}
    is_cross = Disclosure.QUASI in words and len(words) > 1 and variable.disclosure is Disclosure.QUASI
    tells = variable.disclosure in (Disclosure.ID, Disclosure.FREETEXT)
    return not (tells or is_cross or (matter.by and matter.by in sources))


def _disclosure(matter: Matter, name: str) -> Disclosure:
    variables = (one for some in matter.dataset.dictionary.tables.values() for one in some if one.name == name)
    return next((one.disclosure for one in variables), Disclosure.NONE)


def _crossed(matter: Matter, following: Following, asked: _Asked, item: Item) -> Crossed:
    name = item.variable.name
    if not item.variable.table:
        breakdown = matter.breakdown if _may_be_crossed(matter, following, asked, item) else None
        return cross(item, matter.frame, breakdown, matter.rules, following.groups_before(name))
    frame = replace(matter.frame, weights=None, is_people=False)
    return cross(item, frame, None, matter.rules, persons=counted_by_person(item, asked.rows.response))


def _may_be_crossed(matter: Matter, following: Following, asked: _Asked, item: Item) -> bool:
    """Not what is told by its ranking; nor what is asked of some kinds of people: its base is a cross with them."""
    leads = following.leads
    name = asked.variable.name
    is_ranked = any(f"{lead}_1" == name for lead in leads.all.get(name, ()))
    kinds = {lead for lead in leads.all.get(name, ()) if _disclosure(matter, lead) is Disclosure.QUASI}
    return not is_ranked and name not in leads.opening and kinds <= {matter.by} and item.variable.table == ""


def _within_cells(
    matter: Matter, following: Following, asked: _Asked, item: Item, crossed: Crossed
) -> tuple[Panel, ...]:
    if not matter.cells and item.variable.disclosure is not Disclosure.QUASI:
        return crossed.panels
    panels = with_cells(crossed.panels, item.kind, matter.rules.k)
    is_of_few = bool(item.variable.table) and fewest_behind(item, asked.rows.response) < matter.rules.k
    if is_of_few or (item.variable.name in following.leads.opening and _codes_hidden(panels[:1])):
        return (replace(panels[0], lines=(), figures=()),)
    return panels


def _codes_hidden(panels: tuple[Panel, ...]) -> frozenset[str]:
    return frozenset(line.code for panel in panels for line in panel.lines if line.share is None)


def _untold(matter: Matter, item: Item, crossed: Crossed, panels: tuple[Panel, ...]) -> Untold:
    """With the cell rule, numbers too, and all groups where one number of one is hidden or none is told."""
    groups, codes = crossed.hidden, frozenset[str]()
    if matter.cells:
        codes = _codes_hidden(panels[:1])
        if matter.breakdown is not None and (len(panels) < len(crossed.panels) or _codes_hidden(panels[1:])):
            groups = frozenset(range(len(matter.breakdown.parts)))
    is_multiple = item.kind in (TableKind.MULTIPLE, TableKind.RANK)
    return Untold(panels[0].hidden is not None, groups, codes, is_multiple)


def _table(matter: Matter, item: Item, crossed: Crossed, panels: tuple[Panel, ...]) -> Table:
    variable, comparison = item.variable, None
    if panels is crossed.panels and len(crossed.shown) > 1:
        comparison = compare(item, crossed.shown, matter.seed, crossed.left_out)
    return Table(
        variable=variable.name,
        kind=item.kind,
        wording=variable.wording,
        section=variable.section,
        relevant=variable.relevant,
        relevant_words=matter.words(variable.relevant),
        panels=tuple(panels),
        by=matter.by if len(panels) > 1 else "",
        comparison=comparison,
        repeat=variable.table,
    )

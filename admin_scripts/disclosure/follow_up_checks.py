"""Whether something that is hidden in one question can be read off who was asked another."""

from collections.abc import Iterator

from admin_scripts.disclosure.findings import Finding, place_of
from admin_scripts.disclosure.telltale import tells
from admin_scripts.publication import Panel, Publication, Table, TableKind
from admin_scripts.relevance_names import names_in


def check_follow_ups(publication: Publication) -> Iterator[Finding]:
    """Every question whose base tells what is hidden of one that led to it."""
    tables = {table.variable: table for table in publication.tables}
    opening = {name for name in publication.opening if _opens(name, publication)}
    for table in publication.tables:
        for name in sorted(names_in(table.relevant) & tables.keys() - opening):
            yield from _check(publication, table, tables[name])


def _opens(name: str, publication: Publication) -> bool:
    """Whether every question that not everybody was asked depends on it, and it on none: it is about taking part."""
    own = next((table.relevant for table in publication.tables if table.variable == name), "")
    others = (table.relevant for table in publication.tables if table.variable != name and table.relevant)
    return not own and all(name in names_in(relevant) for relevant in others)


def _check(publication: Publication, table: Table, lead: Table) -> Iterator[Finding]:
    shown = [panel for panel in table.panels if panel.hidden is None]
    if not shown or table.panels[0].hidden is not None:
        return
    codes = [line.code for line in lead.panels[0].lines if line.share is None]
    is_multiple = lead.kind in (TableKind.MULTIPLE, TableKind.RANK)
    if lead.panels[0].hidden is not None or tells(table.relevant, lead.variable, codes, is_multiple=is_multiple):
        yield Finding(
            "worked out", place_of(publication, table), f"who was asked tells what is hidden of {lead.variable}"
        )
    for panel in shown:
        if panel.group.codes and table.by == lead.by and _is_hidden(lead, panel):
            what = f"who was asked tells what is hidden of this group in {lead.variable}"
            yield Finding("worked out", place_of(publication, table, panel.group), what)


def _is_hidden(lead: Table, panel: Panel) -> bool:
    codes = set(panel.group.codes)
    return any(codes & set(one.group.codes) for one in lead.panels if one.hidden is not None)
